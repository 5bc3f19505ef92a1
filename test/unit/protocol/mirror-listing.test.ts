// A page of what the mirror holds: read back as it was written, and refused wherever it is none.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IDENTIFIER_PATTERNS, parseAccountAnchor } from '../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import {
  entriesIn,
  lastEntryIn,
  listingOf,
  listingSchema,
  MalformedListing,
  type MirroredEntry,
} from '../../../src/protocol/mirror-listing.js';

const anEntry: fc.Arbitrary<MirroredEntry> = fc.record({
  anchor: fc.stringMatching(IDENTIFIER_PATTERNS.AccountAnchor).map(parseAccountAnchor),
  fingerprint: fc.stringMatching(/^[A-Za-z0-9_-]{0,64}$/),
  isAbsent: fc.boolean(),
});

test('is read back as it was written, and its last line alone too', () => {
  fc.assert(
    fc.property(fc.array(anEntry, { maxLength: 20 }), (entries) => {
      expect([...entriesIn(listingOf(entries))]).toEqual(entries);
      expect(lastEntryIn(listingOf(entries))).toEqual(entries.at(-1));
    }),
  );
});

test('of the longest lines there may be is taken, and no longer one', () => {
  const longest = `${'a'.repeat(128)} +${'f'.repeat(LIMITS.fingerprintUnitsMax)}`;
  const page = Array.from({ length: LIMITS.mirroredPerPageMax }, () => longest).join('\n');
  expect(listingSchema.safeParse(page).success).toBe(true);
  expect(listingSchema.safeParse(`${page}\n${longest}\n`).success).toBe(false);
  expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(LIMITS.frameBytesMax);
});

test.each([
  'ada',
  'ada +',
  ' +f',
  'ada ?f',
  'ada  +f',
  'ada +f\n',
  'ada +f\n\nbob +f',
  'ada +f g',
  'ada +é',
  '-ada +f',
  `ada +${'f'.repeat(65)}`,
  `${'a'.repeat(129)} +f`,
  'ada\u2028 +f',
])('%j is read or refused, and never more than lines make', (listing) => {
  const isSound = listing === 'ada +' || listing === 'ada +f\n';
  if (isSound) expect([...entriesIn(listing)]).toHaveLength(1);
  else expect(() => [...entriesIn(listing)]).toThrow(MalformedListing);
});

test('whatever arrives is read as accounts, or refused', () => {
  const anyLine = fc.oneof(
    fc.string(),
    anEntry.map((entry) => listingOf([entry])),
  );
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      try {
        for (const { anchor } of entriesIn(lines.join('\n'))) expect(anchor).toMatch(IDENTIFIER_PATTERNS.AccountAnchor);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedListing);
      }
    }),
  );
});
