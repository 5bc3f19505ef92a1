// When an answer to a challenge is the right one. Forgiving in form (case, spaces, hyphens), never in content. Pure.

import { europeanDigits } from '../languages/european-digits.js';

/** Longest answer looked at, in UTF-16 code units; longer ones are wrong. */
export const ANSWER_UNITS_MAX = 64;

/** True if what was typed is one of the accepted answers. */
export function matchesAnswer(accepted: readonly string[], typed: string): boolean {
  if (typed.length > ANSWER_UNITS_MAX) return false;
  const given = normaliseAnswer(typed);
  return given !== '' && accepted.some((answer) => formsOf(answer).some((form) => normaliseAnswer(form) === given));
}

/** As it is, with ä, ö and ü as they are spelt out, and without the article of Arabic. */
function formsOf(answer: string): readonly string[] {
  const spelt = answer.replaceAll(/[äöü]/gi, (letter) => `${letter.normalize('NFD').charAt(0)}e`);
  return [answer, spelt, answer.replace(/^ال/, '')];
}

/**
 * The form in which answers are compared, and may be stored or hashed: compatible forms made one, lower case, without accents, spaces,
 * hyphens, full stops and what is not seen; what a keyboard may not have, or writes in two ways, as one: ß, Arabic digits and endings.
 */
export function normaliseAnswer(text: string): string {
  return (
    europeanDigits(text)
      .normalize('NFKD')
      // Up first: ß is ss for whoever has no such key.
      .toUpperCase()
      .toLowerCase()
      .replace(/[\s\p{M}\p{Pd}\p{Cf}.\u0640]/gu, '')
      // Two endings of Arabic words that many keyboards write in one way.
      .replaceAll('ة', 'ه')
      .replaceAll('ى', 'ي')
  );
}
