// One pass's conversation with the front door: frames in their turn, one at a time but for batches, which follow each other without
// waiting for the way between; changes gathered into batches while more are found; a sign of life when a pass only reads. Knows frames;
// knows nothing of directories, nor why anything is sent.

import { assert } from '../../failure/assert.js';
import { Failure } from '../../failure/failure.js';
import type { NamedEntry, SentSyncFrame, SyncMark, TakenSyncReply } from '../../protocol/frames.js';
import type { AccountAnchor, AgentId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { entriesIn, lastEntryIn } from '../../protocol/mirror-listing.js';
import { WrittenBatch } from '../../protocol/written-batch.js';
import type { WrittenChange } from '../../protocol/written-change.js';
import type { Clock } from '../../timing/clock.js';
import type { GiveWay } from './give-way.js';
import { MirrorContents, MirrorUnsound } from './mirror-contents.js';

export interface MirrorLineDeps {
  readonly directoryId: string;
  /** What the directory says of itself; undefined: nothing. */
  readonly directoryKey: AccountAnchor | undefined;
  /** Resolves to the front door's answer, for a batch once it is committed; throws when it refuses or the link goes away. */
  readonly exchange: (frame: SentSyncFrame, signal: AbortSignal) => Promise<TakenSyncReply>;
  /** Looks only: nothing is sent that would change anything. */
  readonly isDryRun: boolean;
  readonly clock: Clock;
}

/** Far below the time after which a lease that is not used may be given away. */
const SHOWS_LIFE_AFTER_MS = 30_000;
/**
 * Batches that are not committed yet; beyond it whoever adds has to wait. So many that neither side idles while the other works: one is
 * written, the next is there already (syncFramesAtOnceMax), and one is being gathered.
 */
const BATCHES_AHEAD_MAX = LIMITS.syncFramesAtOnceMax;

/** Is told the fingerprint that the mirror held of an account before a batch changed it; empty where it held none. */
export type OnReplaced = (fingerprint: string) => void;

export class MirrorLine {
  readonly #deps: MirrorLineDeps;
  readonly #generation: number;
  readonly #signal: AbortSignal;
  readonly #way: GiveWay;
  #batch = new WrittenBatch();
  /** Of the batch: who is to be told what it replaces. */
  #awaited: AwaitedChange[] = [];
  #step = 0;
  /** When the front door last answered. */
  #heardMs = 0;
  /** What was given a turn, until all of it is answered. Once one has failed none behind it is sent, but a batch that was on its way with it. */
  #underWay: Promise<unknown> = Promise.resolve();
  /** The same without the last batch, which another one may follow at once. */
  #before: Promise<unknown> = Promise.resolve();
  /** Batches that may not be committed yet, or of a dry run looked up, the first sent first. */
  #ahead: Promise<unknown>[] = [];
  #isOver = false;

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
    const reply = await this.#inTurn(() => this.#send({ kind: 'sync-begin', directoryId, ...key }), { isBatch: false });
    if (reply.kind === 'sync-led') return { kind: 'led', by: reply.by };
    if (reply.kind !== 'sync-begun') throw unfitting('sync-begin', reply);
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
    return this.#exchange({ kind: 'sync-list', ...(after === undefined ? {} : { after }) }, 'sync-listed');
  }

  /** What the mirror holds of these; of no others, whatever is answered. */
  async look(anchors: readonly AccountAnchor[]): Promise<ReadonlyMap<AccountAnchor, NamedEntry>> {
    const found = new Map<AccountAnchor, NamedEntry>();
    for (let at = 0; at < anchors.length; at += LIMITS.lookedUpMax) {
      const asked = anchors.slice(at, at + LIMITS.lookedUpMax);
      const { entries } = await this.#exchange({ kind: 'sync-look', anchors: asked }, 'sync-looked');
      for (const entry of entries) if (asked.includes(entry.anchor)) found.set(entry.anchor, entry);
    }
    return found;
  }

  /**
   * Whoever adds waits for `keepUp` while it `isAhead`. `onReplaced`: is called before `settle` resolves; never where the front door speaks a version
   * before REPLACED_SINCE.
   */
  add(change: WrittenChange, onReplaced?: OnReplaced): void {
    if (!this.#batch.add(change)) {
      this.#flush();
      const isTaken = this.#batch.add(change);
      assert(isTaken, 'an empty batch has room for any account that is in contract');
    }
    if (onReplaced !== undefined)
      this.#awaited.push({ place: this.#batch.length - 1, anchor: change.anchor, onReplaced });
  }

  get isAhead(): boolean {
    return this.#ahead.length > BATCHES_AHEAD_MAX;
  }

  /** Resolves when the front door has come near enough. */
  async keepUp(): Promise<void> {
    while (this.isAhead) await this.#ahead.shift();
  }

  /** All that was added is committed when it resolves. */
  async settle(): Promise<void> {
    this.#flush();
    await Promise.all(this.#ahead);
    this.#ahead = [];
    await this.#underWay;
  }

  /** At most as many as a batch takes. */
  async takeAway(absent: readonly AccountAnchor[]): Promise<void> {
    if (absent.length > 0) await this.#sendBatch({ changed: [], awaited: [], absent });
  }

  async complete(mark: SyncMark | undefined): Promise<void> {
    await this.#exchange({ kind: 'sync-complete', ...(mark === undefined ? {} : { mark }) }, 'sync-committed');
  }

  /** A pass that only reads says nothing for minutes: the lease would be given to another agent meanwhile. */
  async showLife(): Promise<void> {
    if (this.#deps.clock.monotonicMs() - this.#heardMs < SHOWS_LIFE_AFTER_MS) return;
    await this.#sendBatch({ changed: [], awaited: [], absent: [] });
  }

  /** What is under way when a pass fails is waited for, and nothing follows it: the next one must find the link free. Never rejects. */
  async whenIdle(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled([this.#underWay, ...this.#ahead]);
  }

  #flush(): void {
    const [changed, awaited] = [this.#batch, this.#awaited];
    if (changed.length === 0) return;
    this.#batch = new WrittenBatch();
    this.#awaited = [];
    // While the front door writes this one, the directory is read on.
    const sent = this.#sendBatch({ changed, awaited, absent: [] });
    // It is waited for in its turn.
    sent.catch(() => undefined);
    this.#ahead.push(sent);
  }

  async #sendBatch({ changed, awaited, absent }: Batch): Promise<void> {
    if (this.#deps.isDryRun) return await this.#tellHeld(awaited);
    const { replaced } = await this.#exchange(
      { kind: 'sync-batch', changed, absent: [...absent] },
      'sync-committed',
      (committed) => committed.replaced === undefined || committed.replaced.length === changed.length,
    );
    if (replaced !== undefined) for (const { place, onReplaced } of awaited) onReplaced(replaced[place] ?? '');
  }

  /** What would be replaced. */
  async #tellHeld(awaited: readonly AwaitedChange[]): Promise<void> {
    for (let at = 0; at < awaited.length && !this.#isOver; at += LIMITS.lookedUpMax) {
      const some = awaited.slice(at, at + LIMITS.lookedUpMax);
      const held = await this.look(some.map(({ anchor }) => anchor));
      for (const { anchor, onReplaced } of some) onReplaced(held.get(anchor)?.fingerprint ?? '');
    }
  }

  #exchange<Kind extends TakenSyncReply['kind']>(
    frame: Untimely<SentSyncFrame>,
    kind: Kind,
    isFitting: (reply: Extract<TakenSyncReply, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<TakenSyncReply, { kind: Kind }>> {
    const exchanged = async () => {
      const reply = await this.#send(frame);
      if (!isOfKind(reply, kind) || !isFitting(reply)) throw unfitting(frame.kind, reply);
      return reply;
    };
    return this.#inTurn(exchanged, { isBatch: frame.kind === 'sync-batch' });
  }

  /** Rejects also when what had its turn before did. */
  #inTurn<Reply>(act: () => Promise<Reply>, { isBatch }: { readonly isBatch: boolean }): Promise<Reply> {
    const before = this.#underWay;
    const done = (isBatch ? this.#before : before).then(act);
    const both = afterBoth(before, done);
    // Whoever waits for it, or has a turn behind it, learns of a failure; nobody does when the pass has ended.
    done.catch(() => undefined);
    both.catch(() => undefined);
    // One batch may follow another, not two: it waits for what was before that. After anything else it waits for that.
    this.#before = isBatch ? before : done;
    this.#underWay = both;
    return done;
  }

  async #send(frame: Untimely<SentSyncFrame>): Promise<TakenSyncReply> {
    const turn = { generation: this.#generation, step: this.#step++ };
    const reply = await this.#deps.exchange({ ...frame, ...turn }, this.#signal);
    this.#heardMs = this.#deps.clock.monotonicMs();
    return reply;
  }
}

interface AwaitedChange {
  /** Of the change in its batch. */
  readonly place: number;
  readonly anchor: AccountAnchor;
  readonly onReplaced: OnReplaced;
}

interface Batch {
  readonly changed: WrittenBatch | [];
  readonly awaited: readonly AwaitedChange[];
  readonly absent: readonly AccountAnchor[];
}

/** Over when both are, however they ended; rejects as either did. Of what they came to nothing is kept: a pass has thousands. */
async function afterBoth(one: Promise<unknown>, other: Promise<unknown>): Promise<void> {
  await Promise.allSettled([one, other]);
  await one;
  await other;
}

/** A frame before it is its turn. */
type Untimely<Frame> = Frame extends unknown ? Omit<Frame, 'generation' | 'step'> : never;

/** The front door answered another question than was asked. */
class UnfittingReply extends Failure {
  readonly code = 'unfitting-sync-reply';
  readonly retry = { mayRetry: true, why: 'the next pass asks anew' };
}

function unfitting(asked: SentSyncFrame['kind'], reply: TakenSyncReply): UnfittingReply {
  return new UnfittingReply(`the front door answered ${asked} with ${reply.kind}`);
}

function isOfKind<Kind extends TakenSyncReply['kind']>(
  reply: TakenSyncReply,
  kind: Kind,
): reply is Extract<TakenSyncReply, { kind: Kind }> {
  return reply.kind === kind;
}
