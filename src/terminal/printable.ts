// Text of others – a directory, a journal – made fit for a terminal: what could move the cursor or hide is shown escaped. Pure.

export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16) ?? ''}}`);
}
