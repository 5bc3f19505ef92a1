// The end of a block as people read it. Pure.

const MINUTE_MS = 60_000;

/** With its day and zone; the next whole minute: whoever comes at the time they were told finds the door open. */
export function blockEndOf(untilMs: number, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  return format.format(Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS);
}
