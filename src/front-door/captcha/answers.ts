// When an answer to a challenge is the right one. Forgiving in form (case, spaces, hyphens), never in content. Pure.

/** Longest answer looked at, in UTF-16 code units; longer ones are wrong. */
export const ANSWER_UNITS_MAX = 64;

/** True if what was typed is one of the accepted answers. */
export function matchesAnswer(accepted: readonly string[], typed: string): boolean {
  if (typed.length > ANSWER_UNITS_MAX) return false;
  const given = normaliseAnswer(typed);
  return given !== '' && accepted.some((answer) => normaliseAnswer(answer) === given);
}

/** The form in which answers are compared, and may be stored or hashed: NFKC, lower case, without spaces, hyphens and a full stop. */
export function normaliseAnswer(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}.]/gu, '');
}
