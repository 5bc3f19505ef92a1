// One full pass over one directory: what the mirror holds is compared with what the directory holds, and the difference sent.
// Read → plan → guard → send → acknowledge; the mirror itself is the checkpoint, so a pass that ends anywhere is made good by the
// next. Promises: nobody goes but after a completed read that left nobody out, past the guard, and after one more look at
// that very account. Knows nothing of LDAP, sockets or schedules, and nothing of write-back.

import { describeFailure, Failure } from '../../failure/failure.js';
import type { AccountAnchor, AgentId } from '../../protocol/identifiers.js';
import type { DirectoryFollower, DirectoryReader } from '../directory/ports.js';
import { MIRROR_ENTRIES_MAX, type MirrorContents } from './mirror-contents.js';
import { MirrorLine, type MirrorLineDeps } from './mirror-line.js';
import { MirrorUpdate, type MirrorUpdateDeps } from './mirror-update.js';
import type { HeldRemovals, PassReport } from './pass-report.js';
import { PassTally } from './pass-tally.js';
import { judgeRemovals, type RemovalLimits, removalPlanId } from './removal-guard.js';

export interface FullPassDeps extends MirrorLineDeps, MirrorUpdateDeps {
  readonly reader: Pick<DirectoryReader, 'read'> & Pick<DirectoryFollower, 'readAll'>;
  readonly limits: RemovalLimits;
  /** None is taken in a dry run. */
  readonly approvals: RemovalApprovals;
  /** After every page; `expected`: how many accounts the mirror holds, which is about how many there will be. */
  readonly onProgress: (progress: { readonly read: number; readonly expected: number }) => void;
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

class FullPass {
  readonly #deps: FullPassDeps;
  readonly #generation: number;
  readonly #signal: AbortSignal;
  readonly #tally = new PassTally();
  readonly #line: MirrorLine;
  readonly #update: MirrorUpdate;

  constructor(deps: FullPassDeps, generation: number, signal: AbortSignal) {
    this.#deps = deps;
    this.#generation = generation;
    this.#signal = signal;
    this.#line = new MirrorLine(deps, generation, signal);
    this.#update = new MirrorUpdate(deps, { line: this.#line, tally: this.#tally, signal });
  }

  async run(): Promise<PassResult> {
    try {
      return await this.#run();
    } finally {
      await this.#line.whenIdle();
    }
  }

  async #run(): Promise<PassResult> {
    const { clock, directoryId, isDryRun, events } = this.#deps;
    const startedMs = clock.monotonicMs();
    const begun = await this.#line.begin();
    if (begun.kind === 'led') return { kind: 'stood-by', leader: begun.by };
    await this.#readEverybody(begun.mirrored);
    await this.#line.complete();
    const report: PassReport = {
      directoryId,
      generation: this.#generation,
      isDryRun,
      ...this.#tally.report(),
      durationMs: Math.round(clock.monotonicMs() - startedMs),
    };
    if (report.isWhole) events.syncCompleted(report);
    else events.syncIncomplete(report);
    return { kind: 'done', report };
  }

  async #readEverybody(mirrored: number): Promise<void> {
    const { reader, onProgress } = this.#deps;
    const { counts } = this.#tally;
    const mirror = await this.#line.list(mirrored);
    for await (const page of reader.readAll(this.#signal)) {
      counts.unreadable += page.leftOut;
      for (const account of page.accounts) await this.#update.take(account, mirror.see(account.anchor));
      if (counts.read > MIRROR_ENTRIES_MAX)
        throw new DirectoryTooLarge(`more than ${MIRROR_ENTRIES_MAX} accounts were read: is there an end?`);
      await this.#line.showLife();
      onProgress({ read: counts.read, expected: mirror.size });
    }
    await this.#line.settle();
    if (this.#tally.isWhole) await this.#takeAwayUnseen(mirror);
  }

  /** Whom a whole read did not find, past the guard. */
  async #takeAwayUnseen(mirror: MirrorContents): Promise<void> {
    const { directoryId, approvals, isDryRun } = this.#deps;
    const unseen = mirror.unseen();
    const planId = removalPlanId(directoryId, unseen);
    if (await this.#isHeld(unseen, mirror.present, planId)) return;
    await this.#update.takeAway(unseen, (anchor) => mirror.see(anchor));
    // Only now: a pass that fails on the way must not cost the approval.
    if (!isDryRun && approvals.isGiven(planId)) approvals.spend(planId);
  }

  async #isHeld(unseen: readonly AccountAnchor[], present: number, planId: string): Promise<boolean> {
    const { directoryId, limits, approvals, isDryRun, events } = this.#deps;
    const gone = unseen.length;
    const verdict = judgeRemovals({ gone, present }, limits);
    if (verdict.kind === 'clear' || (!isDryRun && approvals.isGiven(planId))) return false;
    const names = [...(await this.#update.namesOf(unseen)).values()];
    this.#tally.held = { planId, because: verdict.because, gone, present, names };
    if (!isDryRun) events.syncRemovalsHeld({ directoryId, ...this.#tally.held });
    return true;
  }
}

/** More accounts than a directory is mirrored with, or no end of them. */
class DirectoryTooLarge extends Failure {
  readonly code = 'directory-too-large';
  readonly retry = { mayRetry: false, why: 'the same directory is as large again' };
}
