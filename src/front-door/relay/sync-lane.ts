// Takes one agent's passes over its directories into the account mirror, one frame after the other and each only in its turn; the next one
// may have come by then, so that neither side waits for the way between them.
// A pass that is out of turn or met by a failing store is over; what it has changed until then stays, and is true.

import { assert, assertNever } from '../../failure/assert.js';
import type { SyncFrame, SyncReply } from '../../protocol/frames.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { nextTurn } from '../../timing/waits.js';
import { type AccountMirror, type LeasedSource, LeaseLost } from '../people/account-mirror.js';

/** How far the current pass came; undefined before the first and after the end of each. */
export interface SyncProgress {
  readonly generation: number;
  readonly nextStep: number;
}

/** Beyond it the pass is refused as `too-many`, and what was mirrored stays: as many as a million people take, several times. */
export const STEPS_PER_PASS_MAX = 100_000;

export type SyncRefusal = 'out-of-turn' | 'too-many' | 'busy' | 'lease-lost' | 'store-failed';

/** Whether the frame is the next of its pass. Pure. Returns the progress it makes, or why it makes none. */
export function judgeSyncFrame(progress: SyncProgress | undefined, frame: SyncFrame): SyncProgress | SyncRefusal {
  const { generation, step } = frame;
  if (frame.kind === 'sync-begin') {
    return step === 0 ? { generation, nextStep: 1 } : 'out-of-turn';
  }
  if (progress?.generation !== generation || progress.nextStep !== step) return 'out-of-turn';
  return step < STEPS_PER_PASS_MAX ? { ...progress, nextStep: step + 1 } : 'too-many';
}

export interface SyncLaneOptions {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly mirror: Pick<AccountMirror, 'beginPass' | 'completePass' | 'countOf' | 'list' | 'look' | 'apply'>;
  /** Whether the agent is told what a batch has replaced. */
  readonly tellsReplaced: boolean;
  /** Whether the agent of this id has a link now. */
  readonly isLinked: (agentId: AgentId) => boolean;
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
  #source: LeasedSource | undefined;
  /** The one that is taken now, and those that came meanwhile. */
  readonly #frames: SyncFrame[] = [];

  constructor(options: SyncLaneOptions) {
    this.#options = options;
  }

  /** Replies once the frame is answered, committed or refused. Never rejects: a failing store ends the pass, not the link. */
  async take(frame: SyncFrame): Promise<void> {
    if (this.#frames.length >= LIMITS.syncFramesAtOnceMax) return this.#refuse(frame, 'busy', undefined);
    this.#frames.push(frame);
    if (this.#frames.length > 1) return;
    for (let next = this.#frames[0]; next !== undefined; next = this.#frames[0]) {
      await this.#takeNext(next);
      this.#frames.shift();
    }
  }

  async #takeNext(frame: SyncFrame): Promise<void> {
    // In its turn: whether it fits depends on what became of the one before.
    const judged = judgeSyncFrame(this.#progress, frame);
    if (typeof judged === 'string') {
      this.#progress = undefined;
      return this.#refuse(frame, judged, undefined);
    }
    try {
      const reply = frame.kind === 'sync-begin' ? await this.#begin(frame) : await this.#answer(frame);
      this.#progress = frame.kind === 'sync-complete' || reply.kind === 'sync-led' ? undefined : judged;
      this.#options.reply(reply);
    } catch (error) {
      this.#progress = undefined;
      this.#refuse(frame, error instanceof LeaseLost ? 'lease-lost' : 'store-failed', error);
    }
  }

  async #begin(frame: Extract<SyncFrame, { kind: 'sync-begin' }>): Promise<SyncReply> {
    const { tenantId, agentId, mirror, isLinked } = this.#options;
    const { generation, step, directoryId } = frame;
    // A directory that says nothing of itself is this agent's alone.
    const source = { tenantId, agentId, directoryKey: frame.directoryKey ?? `${agentId}/${directoryId}` };
    const begun = await mirror.beginPass(source, isLinked);
    if (begun.kind === 'led') return { kind: 'sync-led', generation, step, by: begun.by };
    this.#source = { ...source, fence: begun.fence };
    return { kind: 'sync-begun', generation, step, ...(begun.mark === undefined ? {} : { mark: begun.mark }) };
  }

  async #answer(frame: Exclude<SyncFrame, { kind: 'sync-begin' }>): Promise<SyncReply> {
    const { mirror, tellsReplaced } = this.#options;
    const { generation, step } = frame;
    const source = this.#source;
    assert(source !== undefined, 'a pass that goes on was begun');
    switch (frame.kind) {
      case 'sync-list': {
        const max = LIMITS.mirroredPerPageMax;
        const total = frame.after === undefined ? { total: await mirror.countOf(source) } : {};
        const { listing, count } = await mirror.list(source, { after: frame.after, max });
        return { kind: 'sync-listed', generation, step, ...total, listing, isLast: count < max };
      }
      case 'sync-look': {
        const entries = await mirror.look(source, frame.anchors);
        return { kind: 'sync-looked', generation, step, entries: [...entries] };
      }
      case 'sync-batch': {
        // Read in one turn and written in the next: whoever waits for a reset goes in between.
        await nextTurn();
        const replaced = [...(await mirror.apply(source, frame))];
        return { kind: 'sync-committed', generation, step, ...(tellsReplaced ? { replaced } : {}) };
      }
      case 'sync-complete':
        await mirror.completePass(source, frame.mark);
        return { kind: 'sync-committed', generation, step };
      default:
        return assertNever(frame);
    }
  }

  #refuse(frame: SyncFrame, why: SyncRefusal, cause: unknown): void {
    this.#options.onRefused({ frame, why, cause });
    this.#options.reply({ kind: 'sync-refused', generation: frame.generation, step: frame.step });
  }
}
