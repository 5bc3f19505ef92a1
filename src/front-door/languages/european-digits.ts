// Digits as keyboards of Arabic and Persian type them, as those of Europe: a code and a sum are the same in either. Pure.

/** Arabic-Indic, and Eastern Arabic-Indic (Unicode U+0660 and U+06F0). Nothing else is touched. */
export function europeanDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
