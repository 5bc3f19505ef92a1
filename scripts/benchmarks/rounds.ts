// Measures several ways of doing the same, interleaved in one run: by one caller after a pause, each way has its turn after the
// other's, a reset at a time; by one caller without a pause, a row at a time; by many callers at once, each way has its turn as a
// whole. The order is another in every round.
// Knows nothing of what is measured.

import { setTimeout as pause } from 'node:timers/promises';

/** One way to do it. `run` does it once and resolves when it is surely done. */
export interface Way {
  readonly name: string;
  run(): Promise<unknown>;
}

export interface RoundsPlan {
  readonly rounds: number;
  /** By one caller, one after another without a pause, in each round. */
  readonly inARow: number;
  /** By one caller with a pause after each, in each round. */
  readonly inTurn: number;
  /** After each of them, whichever way it was, so that what follows an answer (mails, say) is not counted for the next. */
  readonly pauseMs: number;
  /** By `callers` callers together, in each round. */
  readonly together: number;
  readonly callers: number;
  /** Done by each way before anything counts: programs that run for years are compiled by then. */
  readonly warmUp: number;
}

/** What one round told of one way. Times in milliseconds. */
export interface RoundTimes {
  readonly inARowMs: readonly number[];
  readonly inTurnMs: readonly number[];
  readonly togetherMs: readonly number[];
  /** From the first call of all callers to the last answer. */
  readonly togetherWallMs: number;
}

/** So many of one way, before another has its turn. */
const ROW = 25;
/** What is left over from one way must not be counted for the next. */
const SETTLE_MS = 150;

/** Times of every way, by its name, round by round. Throws what a way throws: a benchmark with failures is none. */
export async function measureRounds(
  ways: readonly Way[],
  plan: RoundsPlan,
  onRound: (round: number) => void,
): Promise<ReadonlyMap<string, readonly RoundTimes[]>> {
  const times = new Map<string, RoundTimes[]>(ways.map(({ name }) => [name, []]));
  for (const way of ways) for (let count = 0; count < plan.warmUp; count += 1) await way.run();
  for (let round = 0; round < plan.rounds; round += 1) {
    onRound(round);
    const inOrder = rotated(ways, round);
    const rows = await measureInARow(inOrder, plan);
    const alone = await measureInTurn(inOrder, plan);
    for (const way of inOrder) {
      const together = await measureTogether(way, plan);
      times.get(way.name)?.push({ inARowMs: rows.get(way) ?? [], inTurnMs: alone.get(way) ?? [], ...together });
    }
  }
  return times;
}

/** What follows an answer (mails, say) is borne by the next of the same way. */
async function measureInARow(ways: readonly Way[], { inARow }: RoundsPlan) {
  const times = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (let done = 0; done < inARow; done += ROW) {
    for (const way of rotated(ways, done / ROW)) {
      await pause(SETTLE_MS);
      for (let count = 0; count < Math.min(ROW, inARow - done); count += 1) times.get(way)?.push(await timed(way));
    }
  }
  return times;
}

async function measureInTurn(ways: readonly Way[], { inTurn, pauseMs }: RoundsPlan) {
  const times = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (let count = 0; count < inTurn; count += 1) {
    for (const way of ways) {
      times.get(way)?.push(await timed(way));
      await pause(pauseMs);
    }
  }
  return times;
}

async function measureTogether(way: Way, { together, callers }: RoundsPlan) {
  await pause(SETTLE_MS);
  const togetherMs: number[] = [];
  let left = together;
  const caller = async () => {
    while (left-- > 0) togetherMs.push(await timed(way));
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return { togetherMs, togetherWallMs: performance.now() - startedMs };
}

async function timed(way: Way): Promise<number> {
  const startedMs = performance.now();
  await way.run();
  return performance.now() - startedMs;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
