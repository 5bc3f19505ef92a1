// How names are filed: beside each other for one person, and never two of them as one.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filedName } from '../../../../src/front-door/sqlite/account-rows.js';

describe('a name as it is filed', () => {
  test('has its domain behind it, so that it lies with the others of its person', () => {
    expect(['corp\\ada', 'ada@example.com', 'ada', 'bob'].map(filedName).toSorted()).toEqual([
      'ada',
      'ada@example.com',
      'ada\\corp',
      'bob',
    ]);
  });

  test('is no other name’s', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '@', '\\'), maxLength: 6 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(filedName(one) === filedName(other)).toBe(one === other);
      }),
      { numRuns: 2000 },
    );
  });
});
