// FILETIME, intervals and the bits of account control.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readAccountControl,
  readComputedControl,
} from '../../../../../src/agent/ldap/active-directory/account-control.js';
import { accountExpiryMs, intervalMs } from '../../../../../src/agent/ldap/active-directory/filetime.js';

describe('FILETIME', () => {
  test.each([
    ['absent', undefined],
    ['0', 0n],
    ['the largest number', 0x7fffffffffffffffn],
    ['negative', -1n],
  ])('%s: the account never ends', (_, value) => {
    expect(accountExpiryMs(value)).toBeUndefined();
  });

  test('counts 100 ns since 1601', () => {
    expect(accountExpiryMs(116_444_736_000_000_000n)).toBe(0);
    expect(accountExpiryMs(133_801_632_000_000_000n)).toBe(Date.UTC(2025, 0, 1));
  });

  test('gives every date back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1602-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(accountExpiryMs((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n)).toBe(date.getTime());
        },
      ),
    );
  });

  test.each([
    [undefined, 0],
    [0n, 0],
    [-0x8000000000000000n, 0],
    [5n, 0],
    [-864_000_000_000n, 86_400_000],
  ])('an interval of %s is %s ms', (value, ms) => {
    expect(intervalMs(value)).toBe(ms);
  });
});

describe('account control', () => {
  const nothing = {
    isDisabled: false,
    isSmartcardRequired: false,
    doesPasswordNeverExpire: false,
    isMachineOrTrust: false,
  };

  test.each([
    [0x200, {}],
    // The stored lock bit means nothing, nor does the one for "cannot change".
    [0x200 | 0x10 | 0x40, {}],
    [0x202, { isDisabled: true }],
    [0x10200, { doesPasswordNeverExpire: true }],
    [0x40200, { isSmartcardRequired: true }],
    [0x800, { isMachineOrTrust: true }],
    [0x1000, { isMachineOrTrust: true }],
    [0x2000, { isMachineOrTrust: true }],
    [0x4001000, { isMachineOrTrust: true }],
  ])('%i', (bits, different) => {
    expect(readAccountControl(bits)).toEqual({ ...nothing, ...different });
  });

  test.each([
    [0, false, false],
    [0x10, true, false],
    [0x800000, false, true],
    [0x800010, true, true],
  ])('computed %i', (bits, isLocked, isPasswordExpired) => {
    expect(readComputedControl(bits)).toEqual({ isLocked, isPasswordExpired });
  });
});
