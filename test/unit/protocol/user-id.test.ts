// The one canonical form of what a person types as their user ID.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/protocol/limits.js';
import { canonicalUserId } from '../../../src/protocol/user-id.js';
import { anyCharacter } from '../../support/any-text.js';

describe('a user ID', () => {
  it.each([
    ['Ada@Example.com', 'ada@example.com'],
    ['  ada ', 'ada'],
    ['ADA\u00A0 EXAMPLE', 'ada example'],
    ['EXAMPLE\\Ada', 'example\\ada'],
    ['Zoe\u0308@example.com', 'zo\u00EB@example.com'],
    ['ÄRZTIN', 'ärztin'],
  ])('%j is looked up, throttled and audited as %j', (typed, canonical) => {
    expect(canonicalUserId(typed)).toBe(canonical);
  });

  it.each([
    '',
    '   ',
    'a\u0000da',
    'ada\u200B',
    'a\u202Eda',
    'a\uD800',
    'x'.repeat(LIMITS.userIdUnitsMax + 1),
    'x'.repeat(100_000),
  ])('%j is none', (typed) => {
    expect(canonicalUserId(typed)).toBeUndefined();
  });

  it('that is canonical stays as it is, so that a limit cannot be walked around by writing it anew', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), (typed) => {
        const canonical = canonicalUserId(typed);
        if (canonical === undefined) return;
        expect(canonicalUserId(canonical)).toBe(canonical);
        expect(canonicalUserId(` ${canonical}  `)).toBe(canonical);
        expect(canonical.length).toBeLessThanOrEqual(LIMITS.userIdUnitsMax);
      }),
      { numRuns: 2000 },
    );
  });
});
