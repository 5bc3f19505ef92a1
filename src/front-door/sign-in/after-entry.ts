// Where a visit goes after the current password was judged. Pure. Whoever has not shown that they know it is told one thing, whatever the
// directory said: that it did not do.

import { assertNever } from '../../failure/assert.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { askEntryAgain, endVisit, isKnown, leadToChange, refuseNewPassword, stopVisit, type Visit } from './visit.js';

/** `enter`: the password is right and nothing stands in the way, which only the caller can go on from. */
export function afterEntry(
  visit: Visit,
  operation: 'sign-in' | 'change',
  outcome: ResetOutcome,
  nowMs: number,
): Visit | 'enter' | undefined {
  if (outcome.kind === 'done') return afterRight(visit, operation, outcome.next, nowMs);
  if (outcome.kind === 'try-later') return askEntryAgain(visit, 'away');
  if (outcome.kind === 'expired') return askEntryAgain(visit, 'seal-expired');
  if (outcome.kind === 'unknown')
    return operation === 'change' ? endVisit(visit, 'unknown') : askEntryAgain(visit, 'away');
  // Locked, closed, too close to a lock, no such account, and what cannot be opened or be a password at all: as wrong as any.
  if (!isKnown(visit)) return askEntryAgain(visit, 'wrong');
  switch (outcome.kind) {
    case 'refused-by-policy':
      return refuseNewPassword(visit, outcome.rules, outcome.explanation);
    case 'wrong-password':
    case 'no-such-account':
    case 'account-locked':
      return askEntryAgain(visit, 'wrong');
    case 'unsealing-failed':
      return askEntryAgain(visit, 'seal-expired');
    case 'over-limit':
      return stopVisit(visit, { kind: 'blocked', untilMs: nowMs + outcome.retryAfterMs });
    case 'contact-administrator':
      return stopVisit(visit, { kind: 'contact-administrator', reason: outcome.reason });
    case 'not-permitted':
    case 'agent-fault':
    case 'reset-id-reused':
      return endVisit(visit, 'not-permitted');
    default:
      return assertNever(outcome);
  }
}

function afterRight(
  visit: Visit,
  operation: 'sign-in' | 'change',
  must: Extract<ResetOutcome, { kind: 'done' }>['next'],
  nowMs: number,
): Visit | 'enter' | undefined {
  if (operation === 'change') return endVisit(visit, 'changed');
  const isForChange = visit.stage.kind === 'submitted' && visit.stage.purpose === 'change-password';
  return must !== undefined || isForChange ? leadToChange(visit, nowMs, must) : 'enter';
}

/**
 * Whether it counts as a failed try: whatever is told as a wrong password does, or the accounts that are locked or closed would show
 * themselves by never being shut. `after`: what afterEntry made of it.
 */
export function isFailedTry(after: ReturnType<typeof afterEntry>, outcome: ResetOutcome): boolean {
  if (outcome.kind === 'unknown') return true;
  return typeof after === 'object' && after.stage.kind === 'entering' && after.stage.notice === 'wrong';
}
