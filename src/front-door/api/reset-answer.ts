// An ApiReset as its document: what is known of it, and whether asking again can change that. Pure.

import { assertNever } from '../../failure/assert.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { Answered } from './answer-call.js';
import type { ResetAnswer } from './api-documents.js';
import type { ApiReset } from './api-resets.js';
import { meaningOf } from './outcome-meaning.js';

/** How long a caller should wait before asking again for an answer that was lost. */
const PENDING_RETRY_MS = 5_000;

export function answerOfReset(reset: ApiReset): Answered<ResetAnswer> {
  const { resetId, anchor, operation, submittedAtMs, answeredAtMs, outcome } = reset;
  const state = stateOf(outcome);
  return {
    status: state === 'pending' ? 202 : 200,
    code: outcome?.kind ?? 'pending',
    audit: { anchor, agentId: reset.agentId, reason: reasonOf(outcome) },
    ...(state === 'pending' ? { retryAfterMs: PENDING_RETRY_MS } : {}),
    body: {
      resetId,
      anchor,
      operation,
      state,
      ...(outcome === undefined ? {} : { outcome, meaning: meaningOf(outcome, operation) }),
      submittedAtMs,
      ...(answeredAtMs === undefined ? {} : { answeredAtMs }),
    },
  };
}

export function stateOf(outcome: ResetOutcome | undefined): ResetAnswer['state'] {
  if (outcome === undefined) return 'pending';
  switch (outcome.kind) {
    case 'done':
    case 'refused-by-policy':
    case 'wrong-password':
    case 'account-locked':
    case 'contact-administrator':
    case 'no-such-account':
    case 'not-permitted':
    case 'expired':
    case 'unsealing-failed':
    case 'reset-id-reused':
      return 'settled';
    // Nothing was written, or nobody can tell yet: the ledger of the agent that was asked may know more later.
    case 'try-later':
    case 'over-limit':
    case 'unknown':
    case 'agent-fault':
      return 'open';
    default:
      return assertNever(outcome);
  }
}

function reasonOf(outcome: ResetOutcome | undefined): string | undefined {
  if (outcome?.kind === 'refused-by-policy') return outcome.rules.join(' ');
  return outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined;
}
