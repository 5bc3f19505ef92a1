// What a pass knows of the mirror: found again exactly, and never more than it was told.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINGERPRINT_UNITS, WHOLE_WORD_UNITS } from '../../../../src/agent/sync/fingerprint.js';
import { keptWordOf } from '../../../../src/agent/sync/kept-word.js';
import { MirrorContents, seenIn } from '../../../../src/agent/sync/mirror-contents.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';
import type { MirroredEntry } from '../../../../src/protocol/mirror-listing.js';

const uuidArbitrary = fc.uuid().map(parseAccountAnchor);
/** As 389-DS prints them. */
const partedInFours = (uuid: string) => uuid.replaceAll('-', '').replace(/(.{8})(.{8})(.{8})(.{8})/, '$1-$2-$3-$4');
const fourPartsArbitrary = fc.uuid().map((uuid) => parseAccountAnchor(partedInFours(uuid)));
/** Of any form, and such as are nearly UUIDs. */
const anchorArbitrary = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/),
    fc.uuid(),
    fc.uuid().map((uuid) => uuid.toUpperCase()),
    fc.uuid().map((uuid) => `${uuid.slice(0, 12)}-${uuid.slice(13)}`),
    fc.uuid().map((uuid) => uuid.replaceAll('-', '')),
    fc.uuid().map(partedInFours),
  )
  .map(parseAccountAnchor);
const entryOf = (anchor: typeof anchorArbitrary) =>
  fc.record({
    anchor,
    fingerprint: fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${FINGERPRINT_UNITS}}$`)),
    isAbsent: fc.boolean(),
  });
const entriesOf = (anchor: typeof anchorArbitrary) =>
  fc
    .uniqueArray(entryOf(anchor), { selector: (entry) => entry.anchor, maxLength: 60 })
    .map((entries) => entries.toSorted((one, other) => (one.anchor < other.anchor ? -1 : 1)));
/** UUIDs of one form alone, others alone, and all of them beside each other. */
const entriesArbitrary = fc.oneof(entriesOf(uuidArbitrary), entriesOf(fourPartsArbitrary), entriesOf(anchorArbitrary));

function contentsOf(entries: readonly Parameters<MirrorContents['add']>[0][]): MirrorContents {
  const contents = new MirrorContents();
  for (const entry of entries) contents.add(entry);
  return contents;
}

function seenAs({ fingerprint, isAbsent }: Pick<MirroredEntry, 'fingerprint' | 'isAbsent'>) {
  return { kind: 'known', word: keptWordOf(fingerprint.slice(0, WHOLE_WORD_UNITS)), isAbsent };
}

const fingerprintFor = (anchor: string) => `f${anchor.length}`.padEnd(FINGERPRINT_UNITS, '-');

describe('what the mirror holds', () => {
  test('finds what was added, knows nobody else, and tells who was not seen', () => {
    fc.assert(
      fc.property(entriesArbitrary, fc.array(anchorArbitrary), fc.array(fc.nat()), (entries, strangers, seen) => {
        const contents = contentsOf(entries);
        const known = new Map(entries.map((entry) => [entry.anchor, entry]));
        expect([contents.size, contents.last]).toEqual([entries.length, entries.at(-1)?.anchor]);
        expect(contents.present).toBe(entries.filter(({ isAbsent }) => !isAbsent).length);
        const chosen = seen.flatMap((at) => entries[at % Math.max(1, entries.length)] ?? []);
        for (const anchor of [...chosen.map((entry) => entry.anchor), ...strangers]) {
          const entry = known.get(anchor);
          const seen = entry === undefined ? { kind: 'new' } : seenAs(entry);
          expect(contents.see(anchor)).toEqual(seen);
          expect(seenIn(entry)).toEqual(seen);
        }
        const wasSeen = new Set<string>([...chosen.map((entry) => entry.anchor), ...strangers]);
        const left = entries.filter(({ anchor, isAbsent }) => !isAbsent && !wasSeen.has(anchor));
        expect(contents.unseen()).toEqual(left.map(({ anchor }) => anchor));
      }),
    );
  });

  test.each<[string, (at: number) => string]>([
    ['of any form', (at) => `${String(at).padStart(4, '0')}-${'x'.repeat(at % 100)}`],
    ['that are UUIDs', (at) => `f000${String(at).padStart(4, '0')}-0000-4000-8000-ffffffffffff`],
    [
      'that are UUIDs up to the last',
      (at) => (at < 4_999 ? `f000${String(at).padStart(4, '0')}-0000-4000-8000-ffffffffffff` : 'g'),
    ],
  ])('grows with what it is told: anchors %s', (_, anchorAt) => {
    const anchors = Array.from({ length: 5_000 }, (_each, at) => parseAccountAnchor(anchorAt(at)));
    const contents = contentsOf(
      anchors.map((anchor) => ({ anchor, fingerprint: fingerprintFor(anchor), isAbsent: false })),
    );
    for (const anchor of anchors)
      expect(contents.see(anchor)).toEqual(seenAs({ fingerprint: fingerprintFor(anchor), isAbsent: false }));
    expect(contents.unseen()).toEqual([]);
  });

  test.each(['', 'f', 'f'.repeat(FINGERPRINT_UNITS - 1), 'f'.repeat(FINGERPRINT_UNITS + 1), 'f'.repeat(64)])(
    'takes a fingerprint that is none of ours (%j) for one that is not known',
    (fingerprint) => {
      const anchor = parseAccountAnchor('ada');
      const contents = contentsOf([{ anchor, fingerprint, isAbsent: true }]);
      expect(contents.see(anchor)).toEqual({ kind: 'known', word: undefined, isAbsent: true });
    },
  );

  test.each([
    ['the same again', 'b', 'b'],
    ['an earlier one', 'b', 'a'],
    ['a longer one before a shorter', 'bb', 'b'],
  ])('refuses %s: such a list might never end', (_, first, second) => {
    const entry = (anchor: string) => ({ anchor: parseAccountAnchor(anchor), fingerprint: '', isAbsent: false });
    const contents = contentsOf([entry(first)]);
    expect(() => contents.add(entry(second))).toThrow(expect.objectContaining({ code: 'mirror-unsound' }));
  });
});
