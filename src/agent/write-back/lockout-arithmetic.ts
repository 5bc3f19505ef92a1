// Whether one more password may be tried without the portal being what locks the account. Pure.
// Leaves at least one attempt unspent: that one is the person's own, at a screen of theirs.

import type { LockoutFacts } from '../directory/ports.js';

export type AttemptVerdict =
  | { readonly kind: 'allowed' }
  /** How long until enough failures have stopped to count. */
  | { readonly kind: 'too-close-to-a-lock'; readonly retryAfterMs: number };

/** Where failures count until somebody signs in, only that helps; the person is told to come back after so long. */
const WITHOUT_WINDOW_MS = 30 * 60_000;

export function mayAttempt(facts: LockoutFacts, nowMs: number): AttemptVerdict {
  const { threshold, windowMs, lastFailureAtMs } = facts;
  if (threshold === 0) return { kind: 'allowed' };
  // A wrong password makes one more failure; the one after that must still not lock.
  if (countingFailures(facts, nowMs) + 1 < threshold) return { kind: 'allowed' };
  const untilForgottenMs =
    windowMs === 0 || lastFailureAtMs === undefined ? WITHOUT_WINDOW_MS : lastFailureAtMs + windowMs - nowMs;
  return { kind: 'too-close-to-a-lock', retryAfterMs: Math.max(untilForgottenMs, MIN_RETRY_MS) };
}

/** Failures older than the window are forgotten together, at the next failure (MS-SAMR 3.1.1.7.1). */
function countingFailures({ failures, windowMs, lastFailureAtMs }: LockoutFacts, nowMs: number): number {
  const areForgotten = windowMs > 0 && lastFailureAtMs !== undefined && lastFailureAtMs + windowMs < nowMs;
  return areForgotten ? 0 : failures;
}

const MIN_RETRY_MS = 1_000;
