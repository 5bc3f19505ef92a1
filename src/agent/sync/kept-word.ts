// What a pass keeps of the word for a whole account while it compares: 40 bits of its 96, so that millions fit. Knows nothing of accounts.

import { randomInt } from 'node:crypto';
import { WHOLE_WORD_UNITS } from './fingerprint.js';

declare const brand: unique symbol;

/**
 * Below 2^40, and of no meaning outside this process. Those of two words are alike once in 2^40 times, whoever chose the words: of a hundred
 * thousand accounts that change every day one is taken for unchanged in thirty thousand years.
 */
export type KeptWord = number & { readonly [brand]: true };

export const KEPT_WORD_BYTES = 5;

/** Of each character of base64url, by its code; undefined where it is none. */
const VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(String.fromCharCode(code));
  return value === -1 ? undefined : value;
});

/** The largest prime of 20 bits: a half of what is kept is less. */
const PRIME = 2 ** 20 - 3;
const HALF = 2 ** 20;
/** Nobody else has them: whoever may write accounts could otherwise seek two that are alike in so few bits, and would find them at once. */
const keys = Array.from({ length: WHOLE_WORD_UNITS }, () => ({ upper: randomInt(PRIME), lower: randomInt(PRIME) }));

/**
 * Universal hashing (Carter and Wegman 1979): the sum of the word's characters, each times a key, modulo a prime; twice, by keys of their own.
 * `wholeWord`: see fingerprint.ts. Undefined for what is none.
 */
export function keptWordOf(wholeWord: string | undefined): KeptWord | undefined {
  if (wholeWord?.length !== WHOLE_WORD_UNITS) return undefined;
  let [upper, lower] = [0, 0];
  for (let at = 0; at < keys.length; at += 1) {
    const value = VALUES[wholeWord.charCodeAt(at)];
    const key = keys[at];
    if (value === undefined || key === undefined) return undefined;
    upper += value * key.upper;
    lower += value * key.lower;
  }
  return ((upper % PRIME) * HALF + (lower % PRIME)) as KeptWord;
}
