// Which addresses may stand in a link that came from configuration: a web address, never a `javascript:` one.

/** The address, or undefined if it is not an absolute http(s) address. */
export function webAddress(text: string): string | undefined {
  const scheme = URL.parse(text)?.protocol;
  return scheme === 'https:' || scheme === 'http:' ? text : undefined;
}
