// The audit chain by property: intact when nothing was touched, broken exactly where something was.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditEntry,
  CHAIN_START,
  type ChainedEntry,
  chainEntry,
  verifyChain,
} from '../../../src/protocol/audit-chain.js';

const text = fc.string({ maxLength: 12 });
const entry: fc.Arbitrary<AuditEntry> = fc.record({
  atMs: fc.nat(),
  event: text,
  requestId: fc.option(text, { nil: undefined }),
  fields: fc.dictionary(text, text, { maxKeys: 4 }),
});

function chain(entries: readonly AuditEntry[]): ChainedEntry[] {
  const chained: ChainedEntry[] = [];
  for (const one of entries) chained.push(chainEntry(chained.at(-1) ?? CHAIN_START, one));
  return chained;
}

describe('the audit chain', () => {
  it('is intact when nothing was touched, from the start or from any link of it', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), fc.nat({ max: 8 }), (entries, cut) => {
        const whole = chain(entries);
        const head = whole.at(-1) ?? CHAIN_START;
        expect(verifyChain(CHAIN_START, whole)).toEqual({
          kind: 'intact',
          head: { sequence: head.sequence, hash: head.hash },
        });
        const start = whole[cut - 1];
        if (start !== undefined) expect(verifyChain(start, whole.slice(cut)).kind).toBe('intact');
      }),
    );
  });

  it('breaks where an entry was altered, dropped or moved', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 2, maxLength: 8 }), entry, fc.nat(), (entries, other, seed) => {
        const whole = chain(entries);
        const at = seed % whole.length;
        const touched = whole[at];
        fc.pre(touched !== undefined && hashAlone(other) !== hashAlone(touched.entry));
        const altered = whole.map((link, index) => (index === at ? { ...link, entry: other } : link));
        expect(verifyChain(CHAIN_START, altered)).toEqual({ kind: 'broken', atSequence: at + 1 });
        if (at < whole.length - 1) {
          expect(verifyChain(CHAIN_START, whole.toSpliced(at, 1)).kind).toBe('broken');
          expect(verifyChain(CHAIN_START, whole.toReversed()).kind).toBe('broken');
        }
      }),
    );
  });

  it('has the same hash whatever order the fields were given in', () => {
    const one = { atMs: 1, event: 'reset-answered', requestId: undefined, fields: { a: '1', b: '2' } };
    const other = { ...one, fields: { b: '2', a: '1' } };
    expect(chainEntry(CHAIN_START, one)).toMatchObject({ hash: chainEntry(CHAIN_START, other).hash });
  });

  it('tells a missing request id from an empty one, and a field name from its value', () => {
    const base = { atMs: 1, event: 'e', fields: {} };
    const hashes = [
      { ...base, requestId: undefined },
      { ...base, requestId: '' },
      { ...base, requestId: undefined, fields: { a: 'b' } },
      { ...base, requestId: undefined, fields: { b: 'a' } },
    ].map(hashAlone);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

function hashAlone(one: AuditEntry): string {
  return chainEntry(CHAIN_START, one).hash;
}
