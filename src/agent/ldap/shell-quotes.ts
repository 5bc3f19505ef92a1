// Text as one word of a POSIX shell. Pure.

/** Nothing between single quotes means anything to a shell but the quote itself (POSIX.1-2017, Shell 2.2.2). */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
