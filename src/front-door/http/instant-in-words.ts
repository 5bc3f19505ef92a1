// Writes an instant out for a page: with its day, in the page's language, and with the time zone it is meant in.

const FORMAT = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

/** `timeZone`: an IANA name. */
export function instantInWords(atMs: number, where: { readonly locale: string; readonly timeZone: string }): string {
  return new Intl.DateTimeFormat(where.locale, { ...FORMAT, timeZone: where.timeZone }).format(atMs);
}
