// Where a visit goes after the current password was judged. Pure. Says no more than the directory did.

import { assertNever } from '../../failure/assert.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { askEntryAgain, endVisit, leadToChange, refuseNewPassword, stopVisit, type Visit } from './visit.js';

/** `enter`: the password is right and nothing stands in the way, which only the caller can go on from. */
export function afterEntry(
  visit: Visit,
  operation: 'sign-in' | 'change',
  outcome: ResetOutcome,
  nowMs: number,
): Visit | 'enter' | undefined {
  switch (outcome.kind) {
    case 'done':
      if (operation === 'change') return endVisit(visit, 'changed');
      return outcome.next === undefined ? 'enter' : leadToChange(visit, outcome.next);
    case 'refused-by-policy':
      // A current password that cannot be one at all is a wrong one.
      return operation === 'change' ? refuseNewPassword(visit, outcome.rules) : askEntryAgain(visit, 'wrong');
    case 'wrong-password':
    // Of nobody, and of somebody who cannot be told from nobody: as wrong as any.
    case 'no-such-account':
      return askEntryAgain(visit, 'wrong');
    case 'account-locked':
      return askEntryAgain(visit, 'locked');
    case 'over-limit':
      return stopVisit(visit, { kind: 'blocked', untilMs: nowMs + outcome.retryAfterMs });
    case 'expired':
    case 'unsealing-failed':
      return askEntryAgain(visit, 'seal-expired');
    case 'try-later':
      return askEntryAgain(visit, 'away');
    case 'contact-administrator':
      return stopVisit(visit, { kind: 'contact-administrator', reason: outcome.reason });
    case 'unknown':
      return operation === 'change' ? endVisit(visit, 'unknown') : askEntryAgain(visit, 'away');
    case 'not-permitted':
    case 'agent-fault':
    case 'reset-id-reused':
      return endVisit(visit, 'not-permitted');
    default:
      return assertNever(outcome);
  }
}

/** Outcomes by which a password was found wrong, or may have been: they count as failed. */
export const COUNTED_OUTCOMES: readonly ResetOutcome['kind'][] = ['wrong-password', 'no-such-account', 'unknown'];
