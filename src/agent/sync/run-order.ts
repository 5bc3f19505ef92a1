// One pass as it was ordered: run, noted while it goes on, and kept in the book when it is over, however it ends.

import { describeFailure, Failure } from '../../failure/failure.js';
import { reportedFailure } from '../../protocol/sync-reports.js';
import type { PassBook } from './pass-book.js';
import type { PassRecord } from './pass-report.js';
import { type PassDeps, type PassResult, runPass } from './run-pass.js';
import { type SyncPersonDeps, syncPerson } from './sync-person.js';
import type { PassOrder } from './sync-runner.js';

export interface RunOrderDeps extends Omit<PassDeps & SyncPersonDeps, 'directoryId' | 'isDryRun' | 'onProgress'> {
  readonly book: Pick<PassBook, 'keep' | 'note' | 'latest'>;
  /** A number never given before. */
  readonly nextGeneration: () => number;
}

const NOTED_EVERY_MS = 500;

/** Never rejects for what the directory, the link or the front door did. Undefined: it was no pass. */
export async function runOrder(
  { directoryId, kind, userId, isDryRun, requestIds }: PassOrder,
  deps: RunOrderDeps,
  signal: AbortSignal,
): Promise<PassResult | undefined> {
  const { book, clock, nextGeneration } = deps;
  const generation = nextGeneration();
  if (userId !== undefined) {
    const result = await syncPerson({ ...deps, directoryId, isDryRun }, { generation, userId }, signal);
    const told = result.kind === 'person' ? { ...result, userId } : recorded(result);
    book.keep({ directoryId, generation, isDryRun, endedAtMs: clock.nowMs(), result: told }, requestIds);
    return;
  }
  const startedMs = clock.monotonicMs();
  let notedMs = Number.NEGATIVE_INFINITY;
  const onProgress: PassDeps['onProgress'] = ({ read, expected }) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - notedMs < NOTED_EVERY_MS) return;
    notedMs = nowMs;
    book.note({ directoryId, generation, read, expected, elapsedMs: Math.round(nowMs - startedMs) });
  };
  const result = await runPass({ ...deps, directoryId, isDryRun, onProgress }, { generation, kind }, signal);
  // Who stands by asks every minute: the first time says it all, unless somebody waits for an answer.
  const isOldNews = result.kind === 'stood-by' && isLedAlready(book, directoryId, result.leader);
  if (isOldNews && requestIds.length === 0) return result;
  book.keep({ directoryId, generation, isDryRun, endedAtMs: clock.nowMs(), result: recorded(result) }, requestIds);
  return result;
}

function recorded(result: PassResult): PassRecord['result'] {
  return result.kind === 'failed'
    ? { kind: result.kind, failure: reportedFailure(describeFailure(result.cause)) }
    : result;
}

/** Of a directory that has not answered yet, or that the running agent does not know: whoever asked is told, and nothing is done. */
export function refuseOrder(
  { directoryId, isDryRun, requestIds }: PassOrder,
  { book, clock, nextGeneration }: Pick<RunOrderDeps, 'book' | 'clock' | 'nextGeneration'>,
): void {
  if (requestIds.length === 0) return;
  const failure =
    'the running agent has not reached this directory yet: see its log; start it anew if the settings were changed';
  const told = { directoryId, generation: nextGeneration(), isDryRun, endedAtMs: clock.nowMs() };
  book.keep({ ...told, result: { kind: 'failed', failure } }, requestIds);
}

/** Whether to ask again in a minute: another agent leads and may go, or the front door was not there. */
export function isDueSoon(result: PassResult | undefined): boolean {
  if (result === undefined) return false;
  if (result.kind === 'stood-by') return true;
  return result.kind === 'failed' && result.cause instanceof Failure && LINK_FAILURES.has(result.cause.code);
}

const LINK_FAILURES = new Set(['no-link', 'sync-refused', 'deadline-exceeded']);

function isLedAlready(book: Pick<PassBook, 'latest'>, directoryId: string, leader: string): boolean {
  const [last] = book.latest(directoryId, 1);
  return last?.result.kind === 'stood-by' && last.result.leader === leader;
}
