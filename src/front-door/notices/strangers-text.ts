// What somebody typed whom nobody knows, made fit to stand in a mail of ours: it stays readable, and stays what it is. Pure.

/** Text for a header line: control characters and line breaks become spaces, and a cut never leaves half a character. */
export function onOneLine(text: string, unitsMax: number): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  if (line.length <= unitsMax) return line;
  return `${line.slice(0, unitsMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Whatever some reader breaks a line at; and no other sign that is not seen, or turns what stands beside it around. */
export function strangersLines(text: string): string[] {
  return text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/u).map(strangersText);
}

/** The same of several lines, which end in line feeds. */
export function strangersTextInLines(text: string): string {
  return strangersLines(text).join('\n');
}

/**
 * What somebody typed whom nobody knows: without control characters, and without those by which text runs the other way (UAX #9), so that
 * an address is read as it is.
 */
export function strangersText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
