// What is kept of a word: it tells words apart, also those that are nearly the same, and nobody can foresee it.

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { WHOLE_WORD_UNITS } from '../../../../src/agent/sync/fingerprint.js';
import { KEPT_WORD_BYTES, keptWordOf } from '../../../../src/agent/sync/kept-word.js';

const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const wordArbitrary = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: WHOLE_WORD_UNITS, maxLength: WHOLE_WORD_UNITS })
  .map((characters) => characters.join(''));

test('of one word is the same each time, and fits in its bytes', () => {
  fc.assert(
    fc.property(wordArbitrary, wordArbitrary, (word, other) => {
      const kept = keptWordOf(word);
      keptWordOf(other);
      expect(keptWordOf(word)).toBe(kept);
      expect(kept).toBeGreaterThanOrEqual(0);
      expect(kept).toBeLessThan(2 ** (8 * KEPT_WORD_BYTES) - 1);
    }),
  );
});

test('of words that differ in a single bit, or in the order of their parts, is another', () => {
  fc.assert(
    fc.property(wordArbitrary, fc.nat(WHOLE_WORD_UNITS - 1), fc.nat(5), (word, at, bit) => {
      const character = CHARACTERS[CHARACTERS.indexOf(word[at] ?? '') ^ (1 << bit)];
      expect(keptWordOf(`${word.slice(0, at)}${character}${word.slice(at + 1)}`)).not.toBe(keptWordOf(word));
      const turned = word.slice(8) + word.slice(0, 8);
      if (turned !== word) expect(keptWordOf(turned)).not.toBe(keptWordOf(word));
    }),
  );
});

test('of thousands that count up is never that of another', () => {
  const kept = new Set<number | undefined>();
  const bytes = Buffer.alloc((WHOLE_WORD_UNITS * 6) / 8);
  for (let at = 0; at < 2_000; at += 1) {
    bytes.writeUInt32LE(at, 4);
    kept.add(keptWordOf(bytes.toString('base64url')));
  }
  expect(kept.size).toBe(2_000);
});

test('of thousands that have the same characters in another order is never that of another', () => {
  const words = new Set(
    Array.from({ length: 4_000 }, (_, at) => inSomeOrder(CHARACTERS.slice(0, WHOLE_WORD_UNITS), at)),
  );
  expect(words.size).toBeGreaterThan(3_900);
  expect(new Set(Array.from(words, keptWordOf)).size).toBe(words.size);
});

/** The same one for the same seed. */
function inSomeOrder(characters: string, seed: number): string {
  const places = createHash('sha256').update(String(seed)).digest();
  return [...characters].toSorted((one, other) => placeOf(one) - placeOf(other)).join('');
  function placeOf(character: string): number {
    return places[characters.indexOf(character)] ?? 0;
  }
}

test.each([undefined, '', 'a', 'a'.repeat(WHOLE_WORD_UNITS + 1), `${'a'.repeat(WHOLE_WORD_UNITS - 1)}!`])(
  'there is none of %j',
  (word) => {
    expect(keptWordOf('b'.repeat(WHOLE_WORD_UNITS))).toBeDefined();
    expect(keptWordOf(word)).toBeUndefined();
  },
);

test('of one word is another in each process', async () => {
  const word = 'b'.repeat(WHOLE_WORD_UNITS);
  vi.resetModules();
  const anew = await import('../../../../src/agent/sync/kept-word.js');
  expect(anew.keptWordOf(word)).not.toBe(keptWordOf(word));
});
