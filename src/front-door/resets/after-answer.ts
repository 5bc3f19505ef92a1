// Where a flow goes after the directory has spoken: before the last page, and after the last step. Pure.
// Says what is true, not what is nice: done only when the directory said so, unknown when nobody knows.

import { assertNever } from '../../failure/assert.js';
import type { Inspection } from '../../protocol/managed-accounts.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { staysLocked } from './decide-route.js';
import { end, type Flow, type FlowStop, putOff, refuse, stop } from './flow.js';
import type { FlowOperation } from './flow-operation.js';

/** What the directory says now that ends the flow before anything is typed; undefined when it may go on. */
export function stopAfter(seen: Inspection | undefined, operation: FlowOperation): FlowStop | undefined {
  if (seen === undefined) return undefined;
  if (seen.kind === 'try-later') return { kind: 'try-later' };
  if (seen.kind !== 'found') return { kind: 'cannot-verify' };
  const { disposition } = seen.account;
  if (disposition.kind === 'try-later') return { kind: 'try-later' };
  if (disposition.kind === 'contact-administrator') return { kind: disposition.kind, reason: disposition.reason };
  if (disposition.kind === 'not-managed-here') return { kind: 'cannot-verify' };
  const allowance = disposition[operation];
  const isOpen = allowance.kind === 'allowed' || allowance.reason === 'not-locked';
  const isInVain = operation === 'reset' && staysLocked(disposition, seen.isLocked);
  return isOpen && !isInVain ? undefined : { kind: 'contact-administrator', reason: 'nothing-allowed' };
}

/** Where the flow goes with this outcome. */
export function afterOutcome(flow: Flow, operation: FlowOperation, outcome: ResetOutcome, nowMs: number): Flow {
  switch (outcome.kind) {
    case 'done':
      return end(flow, operation === 'reset' ? { kind: 'changed' } : { kind: 'unlocked', wasLocked: true });
    case 'refused-by-policy':
      return refuse(flow, outcome.rules, outcome.explanation) ?? notChanged(flow);
    // The page was open for too long, or was an older one: nothing was written, and sealing once more helps.
    case 'expired':
    case 'unsealing-failed':
      if (operation === 'unlock') return end(flow, { kind: 'expired' });
      return refuse(flow, ['seal-expired']) ?? notChanged(flow);
    case 'contact-administrator':
      return stop(flow, { kind: 'contact-administrator', reason: outcome.reason });
    case 'no-such-account':
      return stop(flow, { kind: 'cannot-verify' });
    // Certainly not written. The agent may be back in ten seconds, and what was proven stays proven.
    case 'try-later':
      return putOff(flow) ?? notChanged(flow);
    case 'over-limit':
      return stop(flow, { kind: 'blocked', untilMs: nowMs + outcome.retryAfterMs });
    case 'unknown':
      return end(flow, { kind: 'unknown' });
    // The last two are answers to what no page asks for.
    case 'not-permitted':
    case 'agent-fault':
    case 'wrong-password':
    case 'account-locked':
    case 'reset-id-reused':
      return end(flow, { kind: 'not-permitted' });
    default:
      return assertNever(outcome);
  }
}

/** Certainly not written, and it may not be tried again: the flow was ended from elsewhere while it was submitted. */
function notChanged(flow: Flow): Flow {
  return flow.stage.kind === 'ended' ? stop(flow, { kind: 'ended-elsewhere' }) : flow;
}
