// Who may go from the mirror: what the guard lets pass, and above all what it does not.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRemovals, removalPlanId } from '../../../../src/agent/sync/removal-guard.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';

const LIMITS = { countMax: 500, shareMax: 0.05 };

describe('the guard', () => {
  test.each<[string, number, number, 'clear' | 'count' | 'share' | 'everybody']>([
    ['nobody is gone', 0, 100, 'clear'],
    ['nobody is gone of nobody', 0, 0, 'clear'],
    ['the only person there is', 1, 1, 'clear'],
    ['everybody, of two', 2, 2, 'everybody'],
    ['everybody, of a million', 1_000_000, 1_000_000, 'everybody'],
    ['a few of a small directory', 10, 12, 'clear'],
    ['more than a few of a small directory', 11, 100, 'share'],
    ['exactly the share', 50, 1000, 'clear'],
    ['one more than the share', 51, 1000, 'share'],
    ['exactly the count', 500, 100_000, 'clear'],
    ['one more than the count', 501, 100_000, 'count'],
  ])('%s', (_, gone, present, expected) => {
    const verdict = judgeRemovals({ gone, present }, LIMITS);
    expect(verdict.kind === 'held' ? verdict.because : verdict.kind).toBe(expected);
  });

  test('never lets more go than its count, whatever the directory', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), fc.nat(1000), fc.double({ min: 0, max: 1 }), (...given) => {
        const [gone, present, countMax, shareMax] = given;
        if (judgeRemovals({ gone, present }, { countMax, shareMax }).kind === 'clear') {
          expect(gone).toBeLessThanOrEqual(countMax);
          expect(gone <= 1 || gone < present).toBe(true);
          expect(gone <= 10 || gone <= present * shareMax).toBe(true);
        }
      }),
    );
  });
});

test('a limit that is no number lets nobody pass', () => {
  expect(judgeRemovals({ gone: 1, present: 100 }, { countMax: Number.NaN, shareMax: 1 }).kind).toBe('held');
  expect(judgeRemovals({ gone: 11, present: 100 }, { countMax: 500, shareMax: Number.NaN }).kind).toBe('held');
});

describe('the id of a plan', () => {
  const [ada, bob, eve] = ['ada', 'bob', 'eve'].map(parseAccountAnchor) as [never, never, never];

  test('is the same for the same people, in whatever order', () => {
    expect(removalPlanId('corp', [ada, bob])).toMatch(/^[0-9a-f]{12}$/);
    expect(removalPlanId('corp', [bob, ada])).toBe(removalPlanId('corp', [ada, bob]));
  });

  test('is another for anybody more or less, and in another directory', () => {
    const ids = [[ada], [ada, bob], [ada, bob, eve], [ada, eve]].map((gone) => removalPlanId('corp', gone));
    expect(new Set([...ids, removalPlanId('staff', [ada, bob])]).size).toBe(5);
  });
});
