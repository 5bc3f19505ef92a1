// One pass over one directory: what the mirror holds is compared with what the directory holds, and the difference sent. A full pass
// compares everybody, a delta those who have changed since the last pass, a reconciliation also looks for who is gone; either that
// cannot be is a full pass, by itself.
// Read → plan → guard → send → acknowledge; the mirror itself is the checkpoint, so a pass that ends anywhere is made good by the
// next. Promises: nobody goes but after a completed read, past the guard, and after one more look at that very account. Knows
// nothing of LDAP, sockets or schedules, and nothing of write-back.

import { describeFailure } from '../../failure/failure.js';
import type { SyncMark } from '../../protocol/frames.js';
import type { AgentId } from '../../protocol/identifiers.js';
import type { HeldRemovals, PassKind, PassReport } from '../../protocol/sync-reports.js';
import type { DirectoryFollower, DirectoryReader } from '../directory/ports.js';
import { type FollowedBook, judgeFollowed } from './followed.js';
import { GiveWay, type GiveWayDeps } from './give-way.js';
import { MirrorLine, type MirrorLineDeps } from './mirror-line.js';
import { MirrorUpdate, type MirrorUpdateDeps } from './mirror-update.js';
import { PassTally } from './pass-tally.js';
import { readChanges } from './read-changes.js';
import { readEverybody } from './read-everybody.js';
import { readPresence } from './read-presence.js';
import type { RemovalLimits } from './removal-guard.js';

export interface PassDeps extends MirrorLineDeps, MirrorUpdateDeps {
  readonly reader: Pick<DirectoryReader, 'read'> & DirectoryFollower;
  readonly limits: RemovalLimits;
  /** None is taken in a dry run. */
  readonly approvals: RemovalApprovals;
  /** What is kept from pass to pass. A dry run keeps nothing. */
  readonly followed: FollowedBook;
  /** What dispositions are decided by, now. */
  readonly rules: () => RulesWord;
  /** A word never given before: 16 to 64 of A–Z, a–z, 0–9, - and _. */
  readonly makeMark: () => SyncMark;
  /** See GiveWayDeps. */
  readonly untilQuiet: GiveWayDeps['untilQuiet'];
  /** After every page; `expected`: about how many there will be. */
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

/** `word`: another one when anything that decides is another. `news`: rises whenever anything was, also when it is as before again. */
export interface RulesWord {
  readonly word: string;
  readonly news: number;
}

/** What every part of a pass works with. */
export interface PassParts {
  readonly deps: PassDeps;
  readonly line: MirrorLine;
  readonly update: MirrorUpdate;
  readonly tally: PassTally;
  readonly way: GiveWay;
  /** In wall time, before anything is read. */
  readonly beganAtMs: number;
  readonly signal: AbortSignal;
}

/** Runs one pass. One bad account is left out and reported; one bad read or link ends this pass, which is all it ends. */
export async function runPass(
  deps: PassDeps,
  { generation, kind }: { readonly generation: number; readonly kind: PassKind },
  signal: AbortSignal,
): Promise<PassResult> {
  const way = new GiveWay(deps, signal);
  const line = new MirrorLine(deps, { generation, way, signal });
  const tally = new PassTally();
  const update = new MirrorUpdate(deps, { line, tally, signal });
  const beganAtMs = deps.clock.nowMs();
  const startedMs = deps.clock.monotonicMs();
  try {
    const begun = await line.begin();
    if (begun.kind === 'led') return { kind: 'stood-by', leader: begun.by };
    const read = await readDirectory({ deps, line, update, tally, way, beganAtMs, signal }, kind, begun.mark);
    const { directoryId, isDryRun, events } = deps;
    const durationMs = Math.round(deps.clock.monotonicMs() - startedMs);
    const report: PassReport = { directoryId, generation, isDryRun, ...read, ...tally.report(), durationMs };
    if (report.isWhole) events.syncCompleted(report);
    else events.syncIncomplete(report);
    return { kind: 'done', report };
  } catch (cause) {
    deps.events.syncFailed({ directoryId: deps.directoryId, generation, failure: describeFailure(cause) });
    return { kind: 'failed', cause };
  } finally {
    await line.whenIdle();
  }
}

type ReadAs = Pick<PassReport, 'kind' | 'because' | 'isFollowed'>;

async function readDirectory(parts: PassParts, asked: PassKind, mark: SyncMark | undefined): Promise<ReadAs> {
  const { directoryId, followed: book, rules } = parts.deps;
  const word = rules();
  const kept = mark === undefined ? undefined : book.find(directoryId, mark);
  // Whoever asks for a full pass, by schedule or by hand, looks at a day's work; a delta's own full pass goes on counting.
  if (asked === 'full') return readFully(parts, { word, removed: kept?.removed ?? 0, isFresh: true }, {});
  const going = { word, removed: kept?.removed ?? 0, isFresh: false };
  const since = judgeFollowed(mark, { followed: kept, rules: word.word, nowMs: parts.beganAtMs });
  if ('because' in since) return readFully(parts, going, since);
  const changes = await readChanges(since, parts);
  if (changes.kind === 'lost') return readFully(parts, going, { because: changes.because });
  const at = { ...changes, word };
  // Where the directory has told of them, there is nothing to look for.
  if (asked === 'delta' || changes.areGoneTold) return { kind: 'delta', isFollowed: await complete(parts, at) };
  const before = parts.tally.counts.quarantined;
  const soFar = { ...since, present: changes.present, removed: changes.removed };
  const taken = await readPresence(soFar, changes.gone, parts);
  const went = parts.tally.counts.quarantined - before;
  const counted = { ...going, removed: changes.removed };
  if (taken.kind === 'too-many') return readFully(parts, counted, { because: taken.because });
  const after = { ...at, present: at.present - went, removed: at.removed + went };
  return { kind: 'reconciliation', isFollowed: await complete(parts, after) };
}

interface Going {
  readonly word: RulesWord;
  /** Who went since everybody was read because somebody asked for that. */
  readonly removed: number;
  /** From here on that is counted anew, unless removals are held. */
  readonly isFresh: boolean;
}

async function readFully(
  parts: PassParts,
  { word, removed, isFresh }: Going,
  why: Pick<PassReport, 'because'>,
): Promise<ReadAs> {
  const { directoryId, isDryRun, followed: book } = parts.deps;
  // Whatever this pass changes and does not come to the end of, the next one reads everybody.
  if (!isDryRun) book.forget(directoryId);
  const { wasApproved, quarantined, ...read } = await readEverybody(parts, removed);
  const isHeld = parts.tally.held !== undefined;
  const counted = wasApproved || (isFresh && !isHeld) ? 0 : removed + quarantined;
  return { kind: 'full', ...why, isFollowed: await complete(parts, { ...read, removed: counted, word }) };
}

/**
 * Kept before the mirror has the mark: what is never shown is never followed. Resolves to whether the next pass can follow. Where
 * the rules have become others meanwhile, the first accounts were decided by the ones, the last by the others: it cannot.
 */
async function complete(
  { deps, line, beganAtMs }: PassParts,
  at: {
    readonly cursor: string | undefined;
    readonly present: number;
    readonly removed: number;
    /** For the rules as the pass began. */
    readonly word: RulesWord;
  },
): Promise<boolean> {
  const { directoryId, isDryRun, followed: book, rules, makeMark } = deps;
  const { cursor, present, removed, word } = at;
  if (isDryRun) return cursor !== undefined;
  if (cursor === undefined || rules().word !== word.word || rules().news !== word.news) {
    await line.complete(undefined);
    return cursor !== undefined;
  }
  const mark = makeMark();
  book.keep(directoryId, { mark, cursor, atMs: beganAtMs, rules: word.word, present, removed });
  await line.complete(mark);
  return true;
}
