// What write-back needs of its ledger: which commands were taken, which were sent to the directory, how they ended.
// Synchronous on purpose: between two lines of the handler nothing else can take the same id or the last place of a limit.
// Never holds a password or a ciphertext, only the command's fingerprint.
//
// One write before LDAP is written to is durable, not two: `markSent` syncs everything before it, `receive` included. A power
// cut between the two loses a row whose command was never sent, so carrying it out later is right. One after `settle` may
// lose the outcome, not that it was sent: the directory is then asked. The same reasoning holds for the audit journal.

import type { AccountAnchor, ResetId } from '../../protocol/identifiers.js';
import type { AgentOperation } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';

/** A command as the ledger knows it. */
export interface LedgerCommand {
  readonly resetId: ResetId;
  /** SHA-256 of everything in the command, ciphertext included: the same id with another fingerprint is another intent. */
  readonly fingerprint: string;
  readonly operation: AgentOperation;
  readonly anchor: AccountAnchor;
  readonly notAfterMs: number;
}

/** What is counted apart: sign-ins write nothing, and come far more often. */
export type Counted = 'writes' | 'sign-ins';

export function countedAs(operation: AgentOperation): Counted {
  return operation === 'sign-in' ? 'sign-ins' : 'writes';
}

/** What is known just before the command leaves for the domain controller. */
export interface SentFacts {
  readonly sentAtMs: number;
  readonly domainController: string;
  readonly passwordLastSetBefore: bigint;
  /** DirectoryAccount.revision: says for sure that nothing was written. */
  readonly revisionBefore: string | undefined;
  /** Of a reset: whether it is done only if the person has to change the password as well. */
  readonly mustChange: boolean;
}

export type SentRow = LedgerCommand & SentFacts & { readonly state: 'sent' };

export type LedgerRow =
  | (LedgerCommand & { readonly state: 'received' })
  | SentRow
  | (LedgerCommand & { readonly state: 'settled'; readonly outcome: ResetOutcome });

export interface Ledger {
  find(resetId: ResetId): LedgerRow | undefined;
  /**
   * Takes a command whose id is not known yet. `full`: as many rows as the ledger holds, and none may be forgotten (see
   * LEDGER_ROWS_MAX): the command is not taken.
   */
  receive(command: LedgerCommand, nowMs: number): 'received' | 'full';
  /**
   * Durable when it returns. Whatever the account's earlier writes left unsettled is settled as `unknown` with a further write:
   * once the account is written to again, reading it back says nothing of them any more. A sign-in settles nothing, and is
   * not settled so.
   */
  markSent(resetId: ResetId, facts: SentFacts): void;
  /** The final answer to this id. */
  settle(resetId: ResetId, outcome: ResetOutcome, nowMs: number): void;
  /** Nothing was written for it: back to `received`, so that the same command may be tried again. */
  release(resetId: ResetId): void;
  /**
   * When the command was sent than which exactly `nth - 1` were sent later; undefined when fewer were sent at all. Of one
   * account or of all. Released ones do not count. One time, not a list: it is asked twice per command.
   */
  nthNewestSentMs(which: {
    readonly nth: number;
    readonly of: Counted;
    readonly anchor: AccountAnchor | undefined;
  }): number | undefined;
  /** Commands sent and not settled, oldest first. */
  unsettled(): readonly SentRow[];
  /** Forgets what may be forgotten, and says how many rows. */
  prune(nowMs: number): number;
}

/** Rows one ledger holds. At the limit the oldest that may be forgotten early go (`mayForgetEarly`); else none is taken. */
export const LEDGER_ROWS_MAX = 100_000;

/** How long past its `notAfterMs` a row answers for its id. */
export const LEDGER_RETENTION_MS = 24 * 3_600_000;

/** For how long a row counts for the guardrails, and is therefore not forgotten even at the limit. */
export const GUARDRAIL_MEMORY_MS = 3_600_000;
