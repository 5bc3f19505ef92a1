// Turns times into figures: quantiles, medians over rounds with their range, ratios within a round. Pure.
// Ratios are made inside one round and only then summed up, because a machine's speed drifts from round to round.

/** A figure of every round, summed up. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank). Throws RangeError without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError('no values, no quantile');
  return value;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values, no median');
  return (lower + upper) / 2;
}

/** One figure per round. Throws RangeError without rounds. */
export function figureOf(perRound: readonly number[]): Figure {
  return { median: median(perRound), min: Math.min(...perRound), max: Math.max(...perRound) };
}

/** Ratios round by round: both lists hold one value per round, in the same order. */
export function ratioOf(values: readonly number[], base: readonly number[]): Figure {
  return figureOf(inPairs(values, base).map(([value, bare]) => value / bare));
}

/** Differences round by round. */
export function differenceOf(values: readonly number[], base: readonly number[]): Figure {
  return figureOf(inPairs(values, base).map(([value, bare]) => value - bare));
}

/**
 * How often the larger of one value of each list is of the second (Mann–Whitney; equal ones count half): 0.5 where nothing tells them apart.
 * `chanceMargin`: three standard errors of that where nothing does.
 */
export function chanceOfTelling(
  ones: readonly number[],
  others: readonly number[],
): { readonly chance: number; readonly chanceMargin: number } {
  const pairs = ones.length * others.length;
  if (pairs === 0) throw new RangeError('nothing to tell apart');
  let larger = 0;
  for (const one of ones) for (const other of others) larger += other > one ? 1 : other === one ? 0.5 : 0;
  return { chance: larger / pairs, chanceMargin: 3 * Math.sqrt((ones.length + others.length + 1) / (12 * pairs)) };
}

function inPairs(values: readonly number[], base: readonly number[]): (readonly [number, number])[] {
  if (values.length !== base.length) throw new RangeError('rounds can only be compared with their own');
  return values.flatMap((value, round) => {
    const bare = base[round];
    return bare === undefined ? [] : [[value, bare] as const];
  });
}
