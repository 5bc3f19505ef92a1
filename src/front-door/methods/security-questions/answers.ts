// Answers to security questions as they are compared: what people and keyboards put in between is forgiven, what they say is not.
// Pure: same text, same answer. Keeps nothing, and puts no answer into an error.

import { canonicalBytes } from '../../../protocol/canonical-bytes.js';
import { europeanDigits } from '../../languages/european-digits.js';
import type { AccountRef } from '../method-store.js';

/** Of an answer as it is compared, in code points. */
export const ANSWER_LENGTH = { min: 3, max: 40 } as const;
/** More was typed than any answer has, whatever of it is forgiven: not looked at. */
const TYPED_UNITS_MAX = 400;
/** Folding once may bring together what folds further; it never took more than three rounds. */
const ROUNDS_MAX = 8;

/**
 * Forgiven: capital or small letters, how a character is composed or how wide it is (NFKC), how many spaces and which, signs that are
 * not seen, digits of Arabic and Persian keyboards, which quotation mark or hyphen a phone puts in, and punctuation at either end.
 * Kept: accents, words and their order, punctuation inside. Empty for what has no letter and no digit, or is much too long.
 */
export function comparedAnswer(typed: string): string {
  if (typed.length > TYPED_UNITS_MAX) return '';
  let answer = typed;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const folded = foldOnce(answer);
    if (folded === answer) break;
    answer = folded;
  }
  return answer;
}

function foldOnce(text: string): string {
  return (
    europeanDigits(text.normalize('NFKC'))
      .replaceAll(/\p{Cf}/gu, '')
      .replaceAll(/[‘’‚‛ʼ`´′]/g, "'")
      .replaceAll(/[“”„‟″]/g, '"')
      .replaceAll(/\p{Pd}/gu, '-')
      // By way of capital letters: ß and SS, and both forms of the Greek sigma, meet.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .replaceAll(/^[\p{P}\p{Z}]+|[\p{P}\p{Z}]+$/gu, '')
  );
}

export type AnswerProblem =
  | 'missing'
  | 'answer-too-short'
  | 'answer-too-long'
  | 'answer-in-question'
  | 'answer-is-name';

/** `asked`: the question in every language it is there in. `names`: what anybody knows of the person. */
export function problemOfAnswer(
  typed: string,
  { asked, names }: { readonly asked: readonly string[]; readonly names: readonly string[] },
): AnswerProblem | undefined {
  if (typed.trim() === '') return 'missing';
  if (typed.length > TYPED_UNITS_MAX) return 'answer-too-long';
  const answer = comparedAnswer(typed);
  const { length } = [...answer];
  if (length < ANSWER_LENGTH.min) return 'answer-too-short';
  if (length > ANSWER_LENGTH.max) return 'answer-too-long';
  if (asked.some((question) => comparedAnswer(question).includes(answer))) return 'answer-in-question';
  return names.some((name) => comparedAnswer(name) === answer) ? 'answer-is-name' : undefined;
}

/** Whether it can be right at all. */
export function canBeAnswer(compared: string): boolean {
  const { length } = [...compared];
  return length >= ANSWER_LENGTH.min && length <= ANSWER_LENGTH.max;
}

/** What is hashed: the answer to this question of this account, and of no other. The caller's to zero. */
export function bytesOfAnswer({ tenantId, anchor }: AccountRef, questionId: string, compared: string): Uint8Array {
  return canonicalBytes('drawbridge/security-answer/1', [tenantId, anchor, questionId, compared]);
}
