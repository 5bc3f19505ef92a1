// One full pass over one directory: what the mirror holds is compared with what the directory holds, and the difference sent.
// Read → plan → guard → send → acknowledge; the mirror itself is the checkpoint, so a pass that ends anywhere is made good by the
// next. Promises: nobody goes but after a completed read that left nobody out, past the guard, and after one more look at
// that very account. Knows nothing of LDAP, sockets or schedules, and nothing of write-back.

import { describeFailure, Failure } from '../../failure/failure.js';
import type { MirroredChange, SyncFrame, TakenSyncReply } from '../../protocol/frames.js';
import type { AccountAnchor, AgentId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { type ManagedAccount, managedAccountSchema } from '../../protocol/managed-accounts.js';
import type { Clock } from '../../timing/clock.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryReader } from '../directory/ports.js';
import { changedFields, fingerprintOf, type MirroredField } from './fingerprint.js';
import { MIRROR_ENTRIES_MAX, MirrorContents, MirrorUnsound, type Seen } from './mirror-contents.js';
import { type HeldRemovals, NAMES_TOLD_MAX, type NamedOutcome, type PassReport } from './pass-report.js';
import { judgeRemovals, type RemovalLimits, removalPlanId } from './removal-guard.js';

export interface FullPassDeps {
  readonly directoryId: string;
  /** What the directory says of itself; undefined: nothing. */
  readonly directoryKey: AccountAnchor | undefined;
  readonly reader: Pick<DirectoryReader, 'readAll' | 'read'>;
  /** What the front door shall know of an account; throws for data that cannot be mirrored, which leaves that account as it was. */
  readonly mirrorOf: (account: DirectoryAccount) => ManagedAccount;
  /** Resolves to the front door's answer, for a batch once it is committed; throws when it refuses or the link goes away. */
  readonly exchange: (frame: SyncFrame, signal: AbortSignal) => Promise<TakenSyncReply>;
  readonly limits: RemovalLimits;
  readonly approvals: RemovalApprovals;
  /** Looks only: nothing is sent, and no approval taken. */
  readonly isDryRun: boolean;
  /** After every page; `expected`: how many accounts the mirror holds, which is about how many there will be. */
  readonly onProgress: (progress: { readonly read: number; readonly expected: number }) => void;
  readonly clock: Clock;
  readonly events: SyncEvents;
}

/** What a person has approved, by the plan's id. */
export interface RemovalApprovals {
  isGiven(planId: string): boolean;
  /** Everybody of the plan has gone. */
  spend(planId: string): void;
}

export interface SyncEvents {
  syncCompleted(report: PassReport): void;
  /**
   * Everybody who could be read is mirrored, and nobody taken away, because some could not be read.
   * Advice: see what the service account may not read.
   */
  syncIncomplete(report: PassReport): void;
  syncFailed(report: { readonly directoryId: string; readonly generation: number; readonly failure: string }): void;
  /** One account's data cannot be mirrored; what the mirror had of it stays. Advice: set right what the failure names. */
  syncAccountLeftOut(report: { readonly directoryId: string; readonly anchor: string; readonly failure: string }): void;
  /** So many are gone that somebody has to look first. Everything else was mirrored. Advice: approve the plan, or mend the directory. */
  syncRemovalsHeld(report: HeldRemovals & { readonly directoryId: string }): void;
}

export type PassResult =
  | { readonly kind: 'done'; readonly report: PassReport }
  /** Another agent keeps the mirror of this directory for now: nothing was read. */
  | { readonly kind: 'stood-by'; readonly leader: AgentId }
  | { readonly kind: 'failed'; readonly cause: unknown };

/** Runs one pass. One bad account is left out and reported; one bad read or link ends this pass, which is all it ends. */
export async function runFullPass(deps: FullPassDeps, generation: number, signal: AbortSignal): Promise<PassResult> {
  try {
    return await new FullPass(deps, generation, signal).run();
  } catch (cause) {
    deps.events.syncFailed({ directoryId: deps.directoryId, generation, failure: describeFailure(cause) });
    return { kind: 'failed', cause };
  }
}

/** Far below the time after which a lease that is not used may be given away. */
const SHOWS_LIFE_AFTER_MS = 30_000;
const PATHS_TOLD_MAX = 5;
const BATCH_BYTES_MAX = LIMITS.frameBytesMax / 2;

class FullPass {
  readonly #deps: FullPassDeps;
  readonly #generation: number;
  readonly #signal: AbortSignal;
  #mirror = new MirrorContents();
  readonly #counts = {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    restored: 0,
    quarantined: 0,
    leftOut: 0,
    unreadable: 0,
  };
  readonly #changedFields: Partial<Record<MirroredField, number>> = {};
  readonly #named: Record<NamedOutcome, string[]> = { added: [], changed: [], restored: [], quarantined: [] };
  readonly #leftOut: { readonly name: string; readonly failure: string }[] = [];
  #held: HeldRemovals | undefined;
  #batch: MirroredChange[] = [];
  #batchBytes = 0;
  #step = 0;
  /** When the front door last answered. */
  #heardMs = 0;
  /** The batch that is sent and not yet committed. */
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(deps: FullPassDeps, generation: number, signal: AbortSignal) {
    this.#deps = deps;
    this.#generation = generation;
    this.#signal = signal;
  }

  async run(): Promise<PassResult> {
    try {
      return await this.#run();
    } finally {
      // What is under way when a pass fails is waited for: the next one must find the link free.
      await this.#underWay.catch(() => undefined);
    }
  }

  async #run(): Promise<PassResult> {
    const { clock, directoryId, reader, isDryRun, onProgress, events } = this.#deps;
    const startedMs = clock.monotonicMs();
    const leader = await this.#begin();
    if (leader !== undefined) return { kind: 'stood-by', leader };
    await this.#learnMirror();
    for await (const page of reader.readAll(this.#signal)) {
      this.#counts.unreadable += page.leftOut;
      for (const account of page.accounts) await this.#take(account);
      if (this.#counts.read > MIRROR_ENTRIES_MAX)
        throw new DirectoryTooLarge(`more than ${MIRROR_ENTRIES_MAX} accounts were read: is there an end?`);
      await this.#showLife();
      onProgress({ read: this.#counts.read, expected: this.#mirror.size });
    }
    await this.#flush();
    await this.#underWay;
    const isWhole = this.#counts.unreadable === 0;
    if (isWhole) await this.#takeAway();
    if (!isDryRun) await this.#exchange({ kind: 'sync-complete', ...this.#turn() }, 'sync-committed');
    const report: PassReport = {
      directoryId,
      generation: this.#generation,
      isDryRun,
      isWhole,
      counts: this.#counts,
      changedFields: this.#changedFields,
      named: this.#named,
      leftOut: this.#leftOut,
      ...(this.#held === undefined ? {} : { held: this.#held }),
      durationMs: Math.round(clock.monotonicMs() - startedMs),
    };
    if (isWhole) events.syncCompleted(report);
    else events.syncIncomplete(report);
    return { kind: 'done', report };
  }

  /** Resolves to the agent that leads where it is another. */
  async #begin(): Promise<AgentId | undefined> {
    const { directoryId, directoryKey } = this.#deps;
    const key = directoryKey === undefined ? {} : { directoryKey };
    const frame = { kind: 'sync-begin' as const, ...this.#turn(), directoryId, ...key };
    const reply = await this.#deps.exchange(frame, this.#signal);
    if (reply.kind === 'sync-led') return reply.by;
    if (reply.kind !== 'sync-begun') throw unfitting(frame, reply);
    this.#mirror = new MirrorContents(reply.mirrored);
    return undefined;
  }

  async #learnMirror(): Promise<void> {
    for (;;) {
      const after = this.#mirror.last;
      const frame = { kind: 'sync-list' as const, ...this.#turn(), ...(after === undefined ? {} : { after }) };
      const { entries, isLast } = await this.#exchange(frame, 'sync-listed');
      for (const entry of entries) this.#mirror.add(entry);
      if (isLast) return;
      if (entries.length === 0) throw new MirrorUnsound('the mirror shows an empty page that is not its last');
    }
  }

  async #take(account: DirectoryAccount): Promise<void> {
    this.#counts.read += 1;
    const seen = this.#mirror.see(account.anchor);
    let change: MirroredChange | undefined;
    try {
      change = this.#changeOf(account, seen);
    } catch (error) {
      // It is there: what the mirror has of it stays, and it is not taken for gone.
      this.#leaveOut(account, error);
      return;
    }
    if (change === undefined) {
      this.#counts.unchanged += 1;
      return;
    }
    if (seen.kind === 'new') this.#count('added', account.samAccountName);
    else if (seen.isAbsent) this.#count('restored', account.samAccountName);
    else {
      this.#count('changed', account.samAccountName);
      for (const field of changedFields(seen.fingerprint, change.fingerprint))
        this.#changedFields[field] = (this.#changedFields[field] ?? 0) + 1;
    }
    await this.#add(change);
  }

  /**
   * What there is to send; undefined where the mirror holds the same. Throws for what the front door would refuse, and with it
   * everybody in the same batch.
   */
  #changeOf(account: DirectoryAccount, seen: Seen): MirroredChange | undefined {
    const mirrored = this.#deps.mirrorOf(account);
    const fingerprint = fingerprintOf(mirrored);
    if (seen.kind === 'known' && !seen.isAbsent && seen.fingerprint === fingerprint) return undefined;
    const { success, error } = managedAccountSchema.safeParse(mirrored);
    if (success) return { account: mirrored, fingerprint };
    const paths = error.issues.map(({ path }) => path.join('.')).slice(0, PATHS_TOLD_MAX);
    throw new UnmirrorableAccount(`its ${paths.join(', ')} cannot be mirrored`);
  }

  #leaveOut({ anchor, samAccountName }: DirectoryAccount, error: unknown): void {
    const failure = describeFailure(error);
    this.#counts.leftOut += 1;
    if (this.#leftOut.length < NAMES_TOLD_MAX) this.#leftOut.push({ name: samAccountName, failure });
    this.#deps.events.syncAccountLeftOut({ directoryId: this.#deps.directoryId, anchor, failure });
  }

  #count(outcome: NamedOutcome, name: string): void {
    this.#counts[outcome] += 1;
    if (this.#named[outcome].length < NAMES_TOLD_MAX) this.#named[outcome].push(name);
  }

  /** Cuts by count and by bytes: a frame above the limit would end the link. */
  async #add(change: MirroredChange): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(change)) + 1;
    const isFull = this.#batch.length === LIMITS.accountsPerBatchMax || this.#batchBytes + bytes > BATCH_BYTES_MAX;
    if (isFull) await this.#flush();
    this.#batch.push(change);
    this.#batchBytes += bytes;
  }

  async #flush(): Promise<void> {
    const changed = this.#batch;
    if (changed.length === 0) return;
    this.#batch = [];
    this.#batchBytes = 0;
    if (this.#deps.isDryRun) return;
    // While the front door writes this one, the directory is read on; the next waits for it.
    await this.#underWay;
    this.#underWay = this.#exchange({ kind: 'sync-batch', ...this.#turn(), changed, absent: [] }, 'sync-committed');
    // Whoever waits for it next learns of a failure: nothing is sent any more after one.
    this.#underWay.catch(() => undefined);
  }

  /** Of everybody who was not seen: past the guard, and once more asked for by name, since a read may miss who moves meanwhile. */
  async #takeAway(): Promise<void> {
    const unseen = this.#mirror.unseen();
    const planId = removalPlanId(this.#deps.directoryId, unseen);
    if (await this.#isHeld(unseen, planId)) return;
    const names = await this.#namesOf(unseen);
    for (let at = 0; at < unseen.length; at += LIMITS.accountsPerBatchMax) {
      const absent: AccountAnchor[] = [];
      for (const anchor of unseen.slice(at, at + LIMITS.accountsPerBatchMax)) {
        const account = await this.#deps.reader.read(anchor, this.#signal);
        if (account === undefined) absent.push(anchor);
        else await this.#take(account);
        await this.#showLife();
      }
      await this.#flush();
      await this.#underWay;
      for (const anchor of absent) this.#count('quarantined', names.get(anchor) ?? anchor);
      if (absent.length === 0 || this.#deps.isDryRun) continue;
      await this.#exchange({ kind: 'sync-batch', ...this.#turn(), changed: [], absent }, 'sync-committed');
    }
    // Only now: a pass that fails on the way must not cost the approval.
    const { approvals, isDryRun } = this.#deps;
    if (!isDryRun && approvals.isGiven(planId)) approvals.spend(planId);
  }

  async #isHeld(unseen: readonly AccountAnchor[], planId: string): Promise<boolean> {
    const { directoryId, limits, approvals, isDryRun, events } = this.#deps;
    const [gone, present] = [unseen.length, this.#mirror.present];
    const verdict = judgeRemovals({ gone, present }, limits);
    if (verdict.kind === 'clear' || (!isDryRun && approvals.isGiven(planId))) return false;
    const names = [...(await this.#namesOf(unseen)).values()];
    this.#held = { planId, because: verdict.because, gone, present, names };
    if (!isDryRun) events.syncRemovalsHeld({ directoryId, ...this.#held });
    return true;
  }

  /** Of the first of them, as the mirror knows them: the directory does not any more. No others, whatever is answered. */
  async #namesOf(anchors: readonly AccountAnchor[]): Promise<ReadonlyMap<AccountAnchor, string>> {
    if (anchors.length === 0) return new Map();
    const first = anchors.slice(0, NAMES_TOLD_MAX);
    const { entries } = await this.#exchange({ kind: 'sync-look', ...this.#turn(), anchors: first }, 'sync-looked');
    const asked = entries.filter(({ anchor }) => first.includes(anchor));
    return new Map(asked.map(({ anchor, samAccountName }) => [anchor, samAccountName]));
  }

  /** A pass that only reads says nothing for minutes: the lease would be given to another agent meanwhile. */
  async #showLife(): Promise<void> {
    if (this.#deps.isDryRun || this.#deps.clock.monotonicMs() - this.#heardMs < SHOWS_LIFE_AFTER_MS) return;
    await this.#underWay;
    await this.#exchange({ kind: 'sync-batch', ...this.#turn(), changed: [], absent: [] }, 'sync-committed');
  }

  #turn() {
    return { generation: this.#generation, step: this.#step++ };
  }

  async #exchange<Kind extends TakenSyncReply['kind']>(
    frame: SyncFrame,
    kind: Kind,
  ): Promise<Extract<TakenSyncReply, { kind: Kind }>> {
    const reply = await this.#deps.exchange(frame, this.#signal);
    this.#heardMs = this.#deps.clock.monotonicMs();
    if (!isOfKind(reply, kind)) throw unfitting(frame, reply);
    return reply;
  }
}

/** More accounts than a directory is mirrored with, or no end of them. */
class DirectoryTooLarge extends Failure {
  readonly code = 'directory-too-large';
  readonly retry = { mayRetry: false, why: 'the same directory is as large again' };
}

/** One account's data is not what the protocol carries. */
class UnmirrorableAccount extends Failure {
  readonly code = 'unmirrorable-account';
  readonly retry = { mayRetry: false, why: 'the same data is refused again' };
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
