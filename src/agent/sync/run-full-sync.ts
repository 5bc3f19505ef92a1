// One sync cycle: reads the whole directory and mirrors it, account by account, to the front door.
// Promises: only a completed read that left nobody out ends with `sync-complete`, and only that lets the front door take anybody
// away: who could not be read is missing from the batches exactly like who is gone.
// Knows nothing of LDAP, sockets or schedules, and nothing of write-back.

import { describeFailure } from '../../failure/failure.js';
import type { AgentFrame } from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import type { Clock } from '../../timing/clock.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryReader } from '../directory/ports.js';

export type SyncFrame = Extract<AgentFrame, { kind: 'sync-batch' | 'sync-complete' }>;

export interface FullSyncDeps {
  readonly reader: Pick<DirectoryReader, 'readAll'>;
  /** What the front door shall know of an account; throws for data that cannot be mirrored, which leaves out that account alone. */
  readonly mirrorOf: (account: DirectoryAccount) => ManagedAccount;
  /** Resolves when the front door has committed the frame; throws when the link goes away. */
  readonly send: (frame: SyncFrame, signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly events: SyncEvents;
}

export interface SyncEvents {
  syncCompleted(report: SyncReport): void;
  /**
   * Everybody who could be read is mirrored, and nobody taken away, because some could not.
   * Advice: see the accounts that were told as left out, and let the service account read them.
   */
  syncIncomplete(report: SyncReport): void;
  syncFailed(report: { readonly generation: number; readonly accountsSent: number; readonly failure: string }): void;
  syncAccountLeftOut(report: { readonly anchor: string; readonly failure: string }): void;
}

export interface SyncReport {
  readonly generation: number;
  readonly accountsSent: number;
  readonly accountsLeftOut: number;
  readonly durationMs: number;
}

export type SyncResult =
  | { readonly kind: 'completed' | 'incomplete'; readonly report: SyncReport }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Runs one cycle. One bad account is left out and reported; one bad read or link ends this cycle, which is all it ends. */
export async function runFullSync(deps: FullSyncDeps, generation: number, signal: AbortSignal): Promise<SyncResult> {
  const startedMs = deps.clock.monotonicMs();
  let index = 0;
  let accountsSent = 0;
  let accountsLeftOut = 0;
  try {
    for await (const page of deps.reader.readAll(signal)) {
      const { mirrored, leftOut } = mirrorPage(deps, page.accounts);
      accountsLeftOut += page.leftOut + leftOut;
      for (const accounts of batchesOf(mirrored)) {
        await deps.send({ kind: 'sync-batch', generation, index, accounts }, signal);
        index += 1;
        accountsSent += accounts.length;
      }
    }
    if (accountsLeftOut === 0) {
      await deps.send({ kind: 'sync-complete', generation, batches: index, accounts: accountsSent }, signal);
    }
  } catch (cause) {
    deps.events.syncFailed({ generation, accountsSent, failure: describeFailure(cause) });
    return { kind: 'failed', cause };
  }
  const report = {
    generation,
    accountsSent,
    accountsLeftOut,
    durationMs: Math.round(deps.clock.monotonicMs() - startedMs),
  };
  if (accountsLeftOut > 0) {
    deps.events.syncIncomplete(report);
    return { kind: 'incomplete', report };
  }
  deps.events.syncCompleted(report);
  return { kind: 'completed', report };
}

function mirrorPage(
  deps: FullSyncDeps,
  accounts: readonly DirectoryAccount[],
): { mirrored: ManagedAccount[]; leftOut: number } {
  const mirrored: ManagedAccount[] = [];
  for (const account of accounts) {
    try {
      mirrored.push(deps.mirrorOf(account));
    } catch (error) {
      deps.events.syncAccountLeftOut({ anchor: account.anchor, failure: describeFailure(error) });
    }
  }
  return { mirrored, leftOut: accounts.length - mirrored.length };
}

/** Cuts by count and by bytes: a frame above the limit would end the link. */
function* batchesOf(accounts: readonly ManagedAccount[]): Generator<ManagedAccount[]> {
  let batch: ManagedAccount[] = [];
  let batchBytes = 0;
  for (const account of accounts) {
    const bytes = Buffer.byteLength(JSON.stringify(account)) + 1;
    const isFull = batch.length === LIMITS.accountsPerBatchMax || batchBytes + bytes > BATCH_BYTES_MAX;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      batchBytes = 0;
    }
    batch.push(account);
    batchBytes += bytes;
  }
  if (batch.length > 0) yield batch;
}

const BATCH_BYTES_MAX = LIMITS.frameBytesMax / 2;
