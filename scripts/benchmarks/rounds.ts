// Measures several ways of doing the same, interleaved in one run: in every round each way has its turn, one caller at a time
// and many at once, and the order is another in the next round. Knows nothing of what is measured.

import { setTimeout as pause } from 'node:timers/promises';

/** One way to do it. `run` does it once and resolves when it is surely done. */
export interface Way {
  readonly name: string;
  run(): Promise<unknown>;
}

export interface RoundsPlan {
  readonly rounds: number;
  /** By one caller, one after another, in each round. */
  readonly inTurn: number;
  /** By `callers` callers together, in each round. 0: that part is left out. */
  readonly together: number;
  readonly callers: number;
  /** Done by each way before anything counts. */
  readonly warmUp: number;
}

/** What one round told of one way. Times in milliseconds. */
export interface RoundTimes {
  readonly inTurnMs: readonly number[];
  readonly togetherMs: readonly number[];
  /** From the first call of all callers to the last answer. */
  readonly togetherWallMs: number;
}

/** What is left over from one way (mails, checkpoints) must not be counted for the next. */
const SETTLE_MS = 150;

/** Times of every way, by its name, round by round. Throws what a way throws: a benchmark with failures is none. */
export async function measureRounds(
  ways: readonly Way[],
  plan: RoundsPlan,
  onRound: (round: number) => void,
): Promise<ReadonlyMap<string, readonly RoundTimes[]>> {
  const times = new Map(ways.map(({ name }) => [name, [] as RoundTimes[]]));
  for (const way of ways) for (let count = 0; count < plan.warmUp; count += 1) await way.run();
  for (let round = 0; round < plan.rounds; round += 1) {
    onRound(round);
    for (const way of rotated(ways, round)) times.get(way.name)?.push(await measureRound(way, plan));
  }
  return times;
}

async function measureRound(way: Way, { inTurn, together, callers }: RoundsPlan): Promise<RoundTimes> {
  await pause(SETTLE_MS);
  const inTurnMs: number[] = [];
  for (let count = 0; count < inTurn; count += 1) inTurnMs.push(await timed(way));
  if (together === 0) return { inTurnMs, togetherMs: [], togetherWallMs: 0 };

  await pause(SETTLE_MS);
  const togetherMs: number[] = [];
  let left = together;
  const caller = async () => {
    while (left-- > 0) togetherMs.push(await timed(way));
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return { inTurnMs, togetherMs, togetherWallMs: performance.now() - startedMs };
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
