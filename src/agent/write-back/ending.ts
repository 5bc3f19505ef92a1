// How one command ended: the answer, where it comes from, and what the ledger makes of it. Pure.
// Final answers stand for their id; "not now" answers leave the id open until it expires; "unknown" waits to be settled.

import { assertNever } from '../../failure/assert.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { AnswerSource } from './write-back-events.js';

/** `settle`: the id's final answer. `release`: nothing was written, it may be tried again. `leave`: the row stays as it is. */
export type LedgerEffect = 'settle' | 'release' | 'leave';

export interface Ending {
  readonly outcome: ResetOutcome;
  readonly effect: LedgerEffect;
  readonly source: AnswerSource;
  /** Where it was written or read; undefined when no domain controller was asked. */
  readonly domainController: string | undefined;
}

/** The agent answers by itself: nothing was sent to a directory. */
export function agentSays(outcome: ResetOutcome): Ending {
  return { outcome, effect: effectOf(outcome), source: 'agent', domainController: undefined };
}

export function directorySays(outcome: ResetOutcome, domainController: string | undefined): Ending {
  return { outcome, effect: effectOf(outcome), source: 'directory', domainController };
}

/** The same id was answered before, or is being answered now. */
export function ledgerSays(outcome: ResetOutcome): Ending {
  return { outcome, effect: 'leave', source: 'ledger', domainController: undefined };
}

function effectOf(outcome: ResetOutcome): LedgerEffect {
  switch (outcome.kind) {
    case 'done':
    case 'refused-by-policy':
    case 'wrong-password':
    case 'account-locked':
    case 'contact-administrator':
    case 'no-such-account':
    case 'not-permitted':
    case 'unsealing-failed':
    case 'agent-fault':
      return 'settle';
    case 'try-later':
    case 'over-limit':
      return 'release';
    case 'expired':
    case 'reset-id-reused':
    case 'unknown':
      return 'leave';
    default:
      return assertNever(outcome);
  }
}
