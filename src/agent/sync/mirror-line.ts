// One pass's conversation with the front door: frames in their turn, changes gathered into batches of which one is under way while
// more are found, and a sign of life when a pass only reads. Knows frames; knows nothing of directories, nor why anything is sent.

import { Failure } from '../../failure/failure.js';
import type { MirroredChange, NamedEntry, SyncFrame, SyncMark, TakenSyncReply } from '../../protocol/frames.js';
import type { AccountAnchor, AgentId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { entriesIn, lastEntryIn } from '../../protocol/mirror-listing.js';
import type { Clock } from '../../timing/clock.js';
import type { GiveWay } from './give-way.js';
import { MirrorContents, MirrorUnsound } from './mirror-contents.js';

export interface MirrorLineDeps {
  readonly directoryId: string;
  /** What the directory says of itself; undefined: nothing. */
  readonly directoryKey: AccountAnchor | undefined;
  /** Resolves to the front door's answer, for a batch once it is committed; throws when it refuses or the link goes away. */
  readonly exchange: (frame: SyncFrame, signal: AbortSignal) => Promise<TakenSyncReply>;
  /** Looks only: nothing is sent that would change anything. */
  readonly isDryRun: boolean;
  readonly clock: Clock;
}

/** Far below the time after which a lease that is not used may be given away. */
const SHOWS_LIFE_AFTER_MS = 30_000;
const BATCH_BYTES_MAX = LIMITS.frameBytesMax * 0.6;

export class MirrorLine {
  readonly #deps: MirrorLineDeps;
  readonly #generation: number;
  readonly #signal: AbortSignal;
  readonly #way: GiveWay;
  #batch: MirroredChange[] = [];
  #batchBytes = 0;
  #step = 0;
  /** When the front door last answered. */
  #heardMs = 0;
  /** The batch that is sent and not yet committed. */
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(
    deps: MirrorLineDeps,
    { generation, way, signal }: { readonly generation: number; readonly way: GiveWay; readonly signal: AbortSignal },
  ) {
    this.#deps = deps;
    this.#generation = generation;
    this.#signal = signal;
    this.#way = way;
  }

  /** Resolves to the mark of the pass before, or to the agent that keeps the mirror where that is another. */
  async begin(): Promise<
    { readonly kind: 'begun'; readonly mark: SyncMark | undefined } | { readonly kind: 'led'; readonly by: AgentId }
  > {
    const { directoryId, directoryKey } = this.#deps;
    const key = directoryKey === undefined ? {} : { directoryKey };
    const frame = { kind: 'sync-begin' as const, ...this.#turn(), directoryId, ...key };
    const reply = await this.#send(frame);
    if (reply.kind === 'sync-led') return { kind: 'led', by: reply.by };
    if (reply.kind !== 'sync-begun') throw unfitting(frame, reply);
    return { kind: 'begun', mark: reply.mark };
  }

  /** All that the mirror holds. The next page is on its way while one is taken in. */
  async list(): Promise<MirrorContents> {
    let coming = this.#listBehind(undefined);
    const { total } = await coming;
    const contents = new MirrorContents(total);
    for (;;) {
      const { listing, isLast } = await coming;
      // The last line alone: the next page is asked for before this one is taken in.
      if (!isLast) {
        const after = lastEntryIn(listing)?.anchor;
        if (after === undefined) throw new MirrorUnsound('the mirror shows an empty page that is not its last');
        coming = this.#listBehind(after);
      }
      for (const entry of entriesIn(listing)) contents.add(entry);
      await this.#way.afterWork();
      if (isLast) return contents;
    }
  }

  #listBehind(after: AccountAnchor | undefined) {
    const frame = { kind: 'sync-list' as const, ...this.#turn(), ...(after === undefined ? {} : { after }) };
    const page = this.#exchange(frame, 'sync-listed');
    // Waited for also when the pass ends before it is taken in.
    this.#underWay = page;
    page.catch(() => undefined);
    return page;
  }

  /** What the mirror holds of these; of no others, whatever is answered. */
  async look(anchors: readonly AccountAnchor[]): Promise<ReadonlyMap<AccountAnchor, NamedEntry>> {
    const found = new Map<AccountAnchor, NamedEntry>();
    for (let at = 0; at < anchors.length; at += LIMITS.lookedUpMax) {
      const asked = anchors.slice(at, at + LIMITS.lookedUpMax);
      const { entries } = await this.#exchange({ kind: 'sync-look', ...this.#turn(), anchors: asked }, 'sync-looked');
      for (const entry of entries) if (asked.includes(entry.anchor)) found.set(entry.anchor, entry);
    }
    return found;
  }

  /** Cuts by count and by bytes: a frame above the limit would end the link. */
  async add(change: MirroredChange): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(change)) + 1;
    const isFull = this.#batch.length === LIMITS.accountsPerBatchMax || this.#batchBytes + bytes > BATCH_BYTES_MAX;
    if (isFull) await this.#flush();
    this.#batch.push(change);
    this.#batchBytes += bytes;
  }

  /** All that was added is committed when it resolves. */
  async settle(): Promise<void> {
    await this.#flush();
    await this.#underWay;
  }

  /** At most as many as a batch takes. */
  async takeAway(absent: readonly AccountAnchor[]): Promise<void> {
    if (absent.length > 0) await this.#sendBatch([], absent);
  }

  async complete(mark: SyncMark | undefined): Promise<void> {
    const frame = { kind: 'sync-complete' as const, ...this.#turn(), ...(mark === undefined ? {} : { mark }) };
    await this.#exchange(frame, 'sync-committed');
  }

  /** A pass that only reads says nothing for minutes: the lease would be given to another agent meanwhile. */
  async showLife(): Promise<void> {
    if (this.#deps.clock.monotonicMs() - this.#heardMs < SHOWS_LIFE_AFTER_MS) return;
    await this.#underWay;
    await this.#sendBatch([], []);
  }

  /** What is under way when a pass fails is waited for: the next one must find the link free. Never rejects. */
  async whenIdle(): Promise<void> {
    await this.#underWay.catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const changed = this.#batch;
    if (changed.length === 0) return;
    this.#batch = [];
    this.#batchBytes = 0;
    // While the front door writes this one, the directory is read on; the next waits for it.
    await this.#underWay;
    this.#underWay = this.#sendBatch(changed, []);
    // Whoever waits for it next learns of a failure: nothing is sent any more after one.
    this.#underWay.catch(() => undefined);
  }

  async #sendBatch(changed: MirroredChange[], absent: readonly AccountAnchor[]): Promise<void> {
    if (this.#deps.isDryRun) return;
    await this.#exchange({ kind: 'sync-batch', ...this.#turn(), changed, absent: [...absent] }, 'sync-committed');
  }

  #turn() {
    return { generation: this.#generation, step: this.#step++ };
  }

  async #exchange<Kind extends TakenSyncReply['kind']>(
    frame: SyncFrame,
    kind: Kind,
  ): Promise<Extract<TakenSyncReply, { kind: Kind }>> {
    const reply = await this.#send(frame);
    if (!isOfKind(reply, kind)) throw unfitting(frame, reply);
    return reply;
  }

  async #send(frame: SyncFrame): Promise<TakenSyncReply> {
    const reply = await this.#deps.exchange(frame, this.#signal);
    this.#heardMs = this.#deps.clock.monotonicMs();
    return reply;
  }
}

/** The front door answered another question than was asked. */
class UnfittingReply extends Failure {
  readonly code = 'unfitting-sync-reply';
  readonly retry = { mayRetry: true, why: 'the next pass asks anew' };
}

function unfitting(frame: SyncFrame, reply: TakenSyncReply): UnfittingReply {
  return new UnfittingReply(`the front door answered ${frame.kind} with ${reply.kind}`);
}

function isOfKind<Kind extends TakenSyncReply['kind']>(
  reply: TakenSyncReply,
  kind: Kind,
): reply is Extract<TakenSyncReply, { kind: Kind }> {
  return reply.kind === kind;
}
