// One more wrong password is tried only where it cannot be what locks the account.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LockoutFacts } from '../../../../src/agent/directory/ports.js';
import { mayAttempt } from '../../../../src/agent/write-back/lockout-arithmetic.js';

const NOW_MS = 1_790_000_000_000;
const WINDOW_MS = 15 * 60_000;

function facts(changes: Partial<LockoutFacts>): LockoutFacts {
  return { failures: 0, threshold: 5, lastFailureAtMs: NOW_MS - 60_000, windowMs: WINDOW_MS, ...changes };
}

describe('an attempt', () => {
  test.each<[string, Partial<LockoutFacts>]>([
    ['where nothing ever locks', { threshold: 0, failures: 99 }],
    ['while nothing failed', { failures: 0, lastFailureAtMs: undefined }],
    ['that leaves one more unspent', { failures: 3 }],
    ['after failures that no longer count', { failures: 4, lastFailureAtMs: NOW_MS - WINDOW_MS - 1 }],
  ])('is made %s', (_, changes) => {
    expect(mayAttempt(facts(changes), NOW_MS)).toEqual({ kind: 'allowed' });
  });

  test.each<[string, Partial<LockoutFacts>, number]>([
    ['the last but one', { failures: 4 }, WINDOW_MS - 60_000],
    ['one at a threshold of one', { threshold: 1, lastFailureAtMs: undefined }, 30 * 60_000],
    ['one where failures count until somebody signs in', { failures: 4, windowMs: 0 }, 30 * 60_000],
    ['one at the very end of the window', { failures: 4, lastFailureAtMs: NOW_MS - WINDOW_MS }, 1_000],
  ])('is not made: %s', (_, changes, retryAfterMs) => {
    expect(mayAttempt(facts(changes), NOW_MS)).toEqual({ kind: 'too-close-to-a-lock', retryAfterMs });
  });

  test('never is what locks, however it came to be', () => {
    const whole = fc.integer({ min: 0, max: 100 });
    const counted = fc.record({
      failures: whole,
      threshold: whole,
      lastFailureAtMs: fc.integer({ min: NOW_MS - 2 * WINDOW_MS, max: NOW_MS }),
      windowMs: fc.constantFrom(0, WINDOW_MS),
    });
    fc.assert(
      fc.property(counted, (now) => {
        const isForgotten = now.windowMs > 0 && now.lastFailureAtMs + now.windowMs < NOW_MS;
        const after = (isForgotten ? 0 : now.failures) + 1;
        const locks = now.threshold > 0 && after >= now.threshold;
        expect(mayAttempt(now, NOW_MS).kind === 'allowed' && locks).toBe(false);
      }),
    );
  });
});
