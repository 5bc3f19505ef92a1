// The one byte form of what is signed, sealed and hashed: two different lists of fields never look the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CanonicalField, canonicalBytes } from '../../../src/protocol/canonical-bytes.js';
import { anyCharacter } from '../../support/any-text.js';

// Texts and bytes share one form on purpose; fields are compared as the bytes they stand for.
const text = fc.string({ unit: anyCharacter, maxLength: 6 }).filter((candidate) => candidate.isWellFormed());
const fields = fc.array(text, { maxLength: 4 });

describe('canonical bytes', () => {
  it('are each field behind its length, label first', () => {
    const bytes = canonicalBytes('ab', ['ü', Uint8Array.of(9), 258n, '']);
    expect([...bytes]).toEqual([
      ...[0, 0, 0, 2, 97, 98],
      ...[0, 0, 0, 2, 0xc3, 0xbc],
      ...[0, 0, 0, 1, 9],
      ...[0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2],
      ...[0, 0, 0, 0],
    ]);
  });

  it('are the same only for the same label and the same fields', () => {
    fc.assert(
      fc.property(text, fields, text, fields, (label, ours, otherLabel, theirs) => {
        const isSame = JSON.stringify([label, ...ours]) === JSON.stringify([otherLabel, ...theirs]);
        const areEqual = Buffer.from(canonicalBytes(label, ours)).equals(canonicalBytes(otherLabel, theirs));
        expect(areEqual).toBe(isSame);
      }),
    );
  });

  it('change when a boundary between two fields is moved', () => {
    fc.assert(
      fc.property(text, fc.nat(), (whole, seed) => {
        fc.pre(whole.length > 0);
        const at = seed % whole.length;
        const cut: CanonicalField[] = [whole.slice(0, at), whole.slice(at)].map((part) => Buffer.from(part));
        const uncut: CanonicalField[] = [Buffer.from(whole), new Uint8Array(0)];
        expect(Buffer.from(canonicalBytes('l', cut)).equals(canonicalBytes('l', uncut))).toBe(false);
      }),
    );
  });
});
