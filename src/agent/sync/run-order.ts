// One pass as it was ordered: run, noted while it goes on, and kept in the book when it is over, however it ends.

import { describeFailure } from '../../failure/failure.js';
import type { PassBook } from './pass-book.js';
import { type FullPassDeps, type PassResult, runFullPass } from './run-full-pass.js';
import type { PassOrder } from './sync-runner.js';

export interface RunOrderDeps extends Omit<FullPassDeps, 'directoryId' | 'isDryRun' | 'onProgress'> {
  readonly book: Pick<PassBook, 'keep' | 'note' | 'latest'>;
  /** A number never given before. */
  readonly nextGeneration: () => number;
}

const NOTED_EVERY_MS = 500;

/** Never rejects for what the directory, the link or the front door did. */
export async function runOrder(
  { directoryId, isDryRun, requestIds }: PassOrder,
  deps: RunOrderDeps,
  signal: AbortSignal,
): Promise<PassResult['kind']> {
  const { book, clock, nextGeneration } = deps;
  const generation = nextGeneration();
  const startedMs = clock.monotonicMs();
  let notedMs = Number.NEGATIVE_INFINITY;
  const onProgress: FullPassDeps['onProgress'] = ({ read, expected }) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - notedMs < NOTED_EVERY_MS) return;
    notedMs = nowMs;
    book.note({ directoryId, generation, read, expected, elapsedMs: Math.round(nowMs - startedMs) });
  };
  const result = await runFullPass({ ...deps, directoryId, isDryRun, onProgress }, generation, signal);
  // Who stands by asks every minute: the first time says it all, unless somebody waits for an answer.
  const isOldNews = result.kind === 'stood-by' && isLedAlready(book, directoryId, result.leader);
  if (isOldNews && requestIds.length === 0) return result.kind;
  const told = result.kind === 'failed' ? { kind: result.kind, failure: describeFailure(result.cause) } : result;
  book.keep({ directoryId, generation, isDryRun, endedAtMs: clock.nowMs(), result: told }, requestIds);
  return result.kind;
}

function isLedAlready(book: Pick<PassBook, 'latest'>, directoryId: string, leader: string): boolean {
  const [last] = book.latest(directoryId, 1);
  return last?.result.kind === 'stood-by' && last.result.leader === leader;
}
