// What an account that was read back says of a write whose answer was lost.

import { describe, expect, test } from 'vitest';
import type { AccountState } from '../../../../src/agent/directory/directory-account.js';
import type { AccountChange } from '../../../../src/agent/directory/ports.js';
import { settlementOf } from '../../../../src/agent/ldap/ldap-writer.js';
import { aPerson } from '../../../support/fake-directory.js';

describe('settles a lost answer', () => {
  const settle = (
    kind: AccountChange['kind'],
    state: Partial<AccountState>,
    before = 1000n,
    reading: Partial<{ revision: string; mustChange: boolean; times: 'exact' | 'whole-seconds'; nowMs: number }> = {},
  ) => {
    const { revision, mustChange = false, times = 'exact', nowMs = 0 } = reading;
    const account = aPerson({ state, revision });
    const { anchor } = account;
    return settlementOf(
      { anchor, domainController: 'dc1', kind, passwordLastSetBefore: before, revisionBefore: '77', mustChange },
      account,
      { times, nowMs },
    );
  };

  test.each([
    [1000n, 1001n, 'applied'],
    [1000n, 1000n, 'not-applied'],
    [1000n, 999n, 'cannot-tell'],
    [0n, 1001n, 'applied'],
    // Must change, before or after: when the password was set is hidden then.
    [1000n, 0n, 'cannot-tell'],
    [0n, 0n, 'cannot-tell'],
  ])('of a reset or a change: from %s to %s, %s', (before, after, settlement) => {
    expect(settle('reset', { passwordLastSet: after }, before)).toBe(settlement);
    expect(settle('change', { passwordLastSet: after }, before)).toBe(settlement);
  });

  test.each([
    [1000n, 1000n, 'not-applied'],
    // One of its two writes, or both: the account looks the same.
    [1000n, 1001n, 'cannot-tell'],
    [1000n, 0n, 'cannot-tell'],
  ])('of a reset after a compromise: from %s to %s, %s', (before, after, settlement) => {
    expect(settle('reset-after-compromise', { passwordLastSet: after }, before)).toBe(settlement);
  });

  test.each(['reset', 'reset-after-compromise', 'change', 'unlock'] as const)(
    'of a %s as not applied where the entry was not written to at all',
    (kind) => {
      expect(settle(kind, { passwordLastSet: 0n, isLocked: false }, 0n, { revision: '77' })).toBe('not-applied');
    },
  );

  test('of an unlock by the lock alone', () => {
    expect(settle('unlock', { isLocked: false })).toBe('applied');
    expect(settle('unlock', { isLocked: true })).toBe('not-applied');
  });

  test('of a reset that the person was to change, only when they have to', () => {
    const after = { passwordLastSet: 1001n };
    expect(settle('reset', { ...after, mustChange: true }, 1000n, { mustChange: true })).toBe('applied');
    expect(settle('reset', { ...after, mustChange: false }, 1000n, { mustChange: true })).toBe('cannot-tell');
    expect(settle('reset', { passwordLastSet: 1000n }, 1000n, { mustChange: true })).toBe('not-applied');
  });

  test.each([
    // Two writes within one second have one time; what was over long before cannot be one of them.
    ['just now', 1_000_000n, 'cannot-tell'],
    ['half an hour ago', 1_000_000n - 1801n, 'not-applied'],
  ] as const)('in whole seconds, of a password that was set %s', (_, secondsBefore, settlement) => {
    const nowMs = 1_000_000_000;
    const settled = (after: bigint) =>
      settle('reset', { passwordLastSet: after }, secondsBefore, { times: 'whole-seconds', nowMs });
    expect(settled(secondsBefore)).toBe(settlement);
    expect(settled(secondsBefore + 1n)).toBe('applied');
  });
});
