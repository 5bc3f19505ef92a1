// Takes one agent's sync cycle into the account mirror, one frame at a time and only in its turn.
// A cycle that is out of turn, miscounted or met by a failing store is over; the mirror hears of no completed read then.

import type { AgentFrame, FrontDoorFrame } from '../../protocol/frames.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { AccountMirror } from '../people/account-mirror.js';

export type SyncFrame = Extract<AgentFrame, { kind: 'sync-batch' | 'sync-complete' }>;
export type SyncReply = Extract<FrontDoorFrame, { kind: 'sync-committed' | 'sync-refused' }>;

/** How far the current cycle came; undefined before the first and after the end of each. */
export interface SyncProgress {
  readonly generation: number;
  readonly batches: number;
  readonly accounts: number;
}

/** Beyond either the cycle is refused as `too-many`, and what was mirrored stays. */
export const SYNC_LIMITS = { batchesPerCycleMax: 50_000, accountsPerCycleMax: 500_000 } as const;

export type SyncRefusal = 'out-of-turn' | 'miscounted' | 'too-many' | 'busy' | 'store-failed';

/** Whether the frame is the next of its cycle. Pure. Returns the progress it makes, or why it makes none. */
export function judgeSyncFrame(progress: SyncProgress | undefined, frame: SyncFrame): SyncProgress | SyncRefusal {
  const { generation } = frame;
  // A first batch, or the end of a cycle that found nobody, begins a cycle; one that stopped midway is forgotten.
  const begins = (frame.kind === 'sync-batch' ? frame.index : frame.batches) === 0;
  const soFar =
    progress?.generation === generation ? progress : begins ? { generation, batches: 0, accounts: 0 } : undefined;
  if (soFar === undefined) return 'out-of-turn';
  if (frame.kind === 'sync-complete') {
    return frame.batches === soFar.batches && frame.accounts === soFar.accounts ? soFar : 'miscounted';
  }
  if (frame.index !== soFar.batches) return 'out-of-turn';
  const next = { generation, batches: soFar.batches + 1, accounts: soFar.accounts + frame.accounts.length };
  const isTooMuch = next.batches > SYNC_LIMITS.batchesPerCycleMax || next.accounts > SYNC_LIMITS.accountsPerCycleMax;
  return isTooMuch ? 'too-many' : next;
}

export interface SyncLaneOptions {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly mirror: Pick<AccountMirror, 'beginCycle' | 'applyBatch' | 'completeCycle'>;
  readonly reply: (frame: SyncReply) => void;
  readonly onRefused: (refusal: {
    readonly frame: SyncFrame;
    readonly why: SyncRefusal;
    readonly cause: unknown;
  }) => void;
}

export class SyncLane {
  readonly #options: SyncLaneOptions;
  #progress: SyncProgress | undefined;
  #isBusy = false;

  constructor(options: SyncLaneOptions) {
    this.#options = options;
  }

  /** Replies once the frame is committed or refused. Never rejects: a failing store ends the cycle, not the link. */
  async take(frame: SyncFrame): Promise<void> {
    const index = frame.kind === 'sync-batch' ? frame.index : frame.batches;
    const { generation } = frame;
    const judged = this.#isBusy ? 'busy' : judgeSyncFrame(this.#progress, frame);
    if (typeof judged === 'string') {
      if (judged !== 'busy') this.#progress = undefined;
      return this.#refuse(frame, judged, undefined);
    }
    this.#isBusy = true;
    try {
      await this.#commit(frame);
      this.#progress = frame.kind === 'sync-batch' ? judged : undefined;
      this.#options.reply({ kind: 'sync-committed', generation, index });
    } catch (error) {
      this.#progress = undefined;
      this.#refuse(frame, 'store-failed', error);
    } finally {
      this.#isBusy = false;
    }
  }

  async #commit(frame: SyncFrame): Promise<void> {
    const { tenantId, agentId, mirror } = this.#options;
    const source = { tenantId, agentId, generation: frame.generation };
    if (frame.kind === 'sync-batch' && frame.index === 0) await mirror.beginCycle(source);
    if (frame.kind === 'sync-batch') await mirror.applyBatch(source, frame.accounts);
    else await mirror.completeCycle(source);
  }

  #refuse(frame: SyncFrame, why: SyncRefusal, cause: unknown): void {
    const index = frame.kind === 'sync-batch' ? frame.index : frame.batches;
    this.#options.onRefused({ frame, why, cause });
    this.#options.reply({ kind: 'sync-refused', generation: frame.generation, index });
  }
}
