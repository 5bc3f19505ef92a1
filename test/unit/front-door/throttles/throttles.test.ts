// When a throttle shuts and opens, and whose attempts count together.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockEnd,
  decideAttempt,
  NO_ATTEMPTS,
  withdrawAttempt,
} from '../../../../src/front-door/throttles/decide-throttle.js';
import { THROTTLE_RULES } from '../../../../src/front-door/throttles/throttle-rules.js';
import { addressKey, typedKey } from '../../../../src/front-door/throttles/throttles.js';

const rule = { attemptsMax: 3, windowMs: 1000, blockMs: 5000 };
const attempts = (atMs: readonly number[]) =>
  atMs.reduce(
    ({ state, allowed }, nowMs) => {
      const decision = decideAttempt(rule, state, nowMs);
      return { state: decision.state, allowed: [...allowed, decision.isAllowed] };
    },
    { state: NO_ATTEMPTS, allowed: [] as boolean[] },
  );

describe('a throttle', () => {
  test('shuts with the attempt that reaches the limit, and opens after its time', () => {
    const { state, allowed } = attempts([0, 10, 20, 30]);
    expect(allowed).toEqual([true, true, true, false]);
    expect(blockEnd(state, 5019)).toBe(5020);
    expect(blockEnd(state, 5020)).toBeUndefined();
  });

  test('forgets what lies outside its window', () => {
    expect(attempts([0, 600, 1001, 1100]).allowed).toEqual([true, true, true, true]);
  });

  test('an attempt while it is shut does not prolong it', () => {
    const { state } = attempts([0, 10, 20, 4000]);
    expect(blockEnd(state, 4000)).toBe(5020);
  });

  test('remembers no more than it needs, and survives a clock that jumps back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), { maxLength: 200 }), (times) => {
        expect(attempts(times).state.attemptsMs.length).toBeLessThanOrEqual(rule.attemptsMax);
      }),
    );
  });

  test('an attempt that is taken back counts no more, and opens what it had shut', () => {
    const withdrawn = withdrawAttempt(rule, attempts([0, 10, 20]).state);
    expect(withdrawn).toEqual({ attemptsMs: [0, 10], blockedUntilMs: undefined });
    expect(withdrawAttempt(rule, NO_ATTEMPTS)).toEqual(NO_ATTEMPTS);
    expect(decideAttempt(rule, withdrawn, 30)).toEqual(decideAttempt(rule, attempts([0, 10]).state, 30));
  });

  test('the fifth wrong proof in a day is the last for a day', () => {
    const failed = THROTTLE_RULES['failed-proofs'];
    expect(failed).toEqual({ attemptsMax: 5, windowMs: 86_400_000, blockMs: 86_400_000 });
  });
});

describe('the key of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, expected) => expect(addressKey(address)).toBe(expected));
});

test('the key of a typed user ID does not contain it, and depends on the key', () => {
  const [one32, two32] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const one = typedKey(one32, undefined, 'ada@example.com');
  expect(one).not.toContain('ada');
  expect(typedKey(two32, undefined, 'ada@example.com')).not.toBe(one);
  expect(typedKey(one32, undefined, 'ada@example.com')).toBe(one);
});
