// What a pass keeps of the word for a whole account while it compares: 48 bits of its 96, so that millions fit. Knows nothing of accounts.

import { randomInt } from 'node:crypto';
import { WHOLE_WORD_UNITS } from './fingerprint.js';

declare const brand: unique symbol;

/** Below 2^48, and of no meaning outside this process. Those of two words are alike once in 2^48 times, whoever chose the words. */
export type KeptWord = number & { readonly [brand]: true };

export const KEPT_WORD_BYTES = 6;

/** Of the word at hand, which is in base64url. */
const digits = new Uint16Array((WHOLE_WORD_UNITS * 6) / 16);
const bytes = Buffer.from(digits.buffer);

/** The largest prime of 24 bits: a half of what is kept is less, and what is multiplied stays far below 2^53. */
const PRIME = 2 ** 24 - 3;
const HALF = 2 ** 24;
/** Nobody else has them: whoever may write accounts could otherwise seek two that are alike in so few bits, and would find them at once. */
const keys = Array.from(digits, () => ({ upper: randomInt(PRIME), lower: randomInt(PRIME) }));

/**
 * Universal hashing (Carter and Wegman 1979): the sum of the word's digits, each times a key, modulo a prime; twice, by keys of their own.
 * `wholeWord`: see fingerprint.ts. Undefined for what is none.
 */
export function keptWordOf(wholeWord: string | undefined): KeptWord | undefined {
  if (wholeWord?.length !== WHOLE_WORD_UNITS || bytes.write(wholeWord, 'base64url') !== bytes.length) return undefined;
  let [upper, lower] = [0, 0];
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits[at] ?? 0;
    const key = keys[at];
    upper += digit * (key?.upper ?? 0);
    lower += digit * (key?.lower ?? 0);
  }
  return ((upper % PRIME) * HALF + (lower % PRIME)) as KeptWord;
}
