// What write-back has to tell the log: one function per business event, public fields only.
// Implemented in the program's events.ts. No event may throw, and none carries a password or a ciphertext.

import type { AccountAnchor, ResetId } from '../../protocol/identifiers.js';
import type { AgentOperation } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';

/** Where an answer comes from: the directory's own words, the ledger (asked before), or the agent by itself. */
export type AnswerSource = 'directory' | 'ledger' | 'agent';

interface CommandFields {
  readonly resetId: ResetId;
  readonly operation: AgentOperation;
  readonly anchor: AccountAnchor;
}

export interface WriteBackEvents {
  resetReceived(fields: CommandFields): void;
  resetAnswered(
    fields: CommandFields & {
      readonly outcome: ResetOutcome;
      readonly source: AnswerSource;
      readonly domainController: string | undefined;
      readonly durationMs: number;
    },
  ): void;
  /** The directory could not be read for this command; nothing was written. */
  directoryFailed(fields: CommandFields & { readonly error: unknown }): void;
  /** The answer to a write was lost, or the process ended before it came; this is what reading back said. */
  writeSettled(
    fields: CommandFields & {
      readonly domainController: string;
      readonly settlement: 'applied' | 'not-applied' | 'cannot-tell' | 'too-late-to-tell';
    },
  ): void;
  /** Our own mistake, or a disk that refuses: this command ended, the agent goes on. */
  commandFailed(fields: CommandFields & { readonly step: FailedStep; readonly error: unknown }): void;
}

/** `carry-out`: nothing was written. `settle-ledger`: written, and the answer is true, but not kept. `audit`: no trace kept. */
export type FailedStep = 'carry-out' | 'settle-ledger' | 'audit';
