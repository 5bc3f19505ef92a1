// What a benchmark found, as a value; and that value as a table for people. Decides nothing, measures nothing. Pure.

import type { RoundTimes } from './rounds.js';
import { differenceOf, type Figure, figureOf, quantile, ratioOf } from './statistics.js';
import { short, shown, table } from './table.js';

/** One way's figures, each summed up over the rounds. */
export interface WayReport {
  readonly name: string;
  /** One after another, without a pause. */
  readonly inARow: AloneReport;
  /** Each after a pause. */
  readonly inTurn: AloneReport;
  readonly together: TogetherReport;
}

/** By one caller. */
export interface AloneReport {
  readonly p50Ms: Figure;
  readonly p99Ms: Figure;
  /** Against the first way, round by round. */
  readonly p50Ratio: Figure;
  readonly p99Ratio: Figure;
  readonly addedP50Ms: Figure;
}

export interface TogetherReport {
  readonly perSecond: Figure;
  readonly p50Ms: Figure;
  readonly p99Ms: Figure;
}

/** One part of the bridge's time by one caller at a time. */
export interface PartReport {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface AimReport {
  readonly text: string;
  readonly measured: number;
  readonly isMet: boolean;
}

export interface BenchReport {
  readonly name: string;
  readonly about: string;
  readonly machine: readonly string[];
  readonly rounds: number;
  readonly inARow: number;
  readonly inTurn: number;
  readonly pauseMs: number;
  readonly together: number;
  readonly callers: number;
  readonly ways: readonly WayReport[];
  readonly parts: readonly PartReport[];
  readonly aim: AimReport | undefined;
}

/** The first way is what the others are compared with. */
export function waysOf(times: ReadonlyMap<string, readonly RoundTimes[]>): WayReport[] {
  const ways = [...times];
  const base = ways[0]?.[1] ?? [];
  return ways.map(([name, rounds]) => ({
    name,
    inARow: aloneOf(rounds, base, ({ inARowMs }) => inARowMs),
    inTurn: aloneOf(rounds, base, ({ inTurnMs }) => inTurnMs),
    together: togetherOf(rounds),
  }));
}

function aloneOf(
  rounds: readonly RoundTimes[],
  base: readonly RoundTimes[],
  timesOf: (round: RoundTimes) => readonly number[],
): AloneReport {
  const ofEach = (which: readonly RoundTimes[], share: number) => which.map((round) => quantile(timesOf(round), share));
  const [p50s, p99s] = [ofEach(rounds, 0.5), ofEach(rounds, 0.99)];
  return {
    p50Ms: figureOf(p50s),
    p99Ms: figureOf(p99s),
    p50Ratio: ratioOf(p50s, ofEach(base, 0.5)),
    p99Ratio: ratioOf(p99s, ofEach(base, 0.99)),
    addedP50Ms: differenceOf(p50s, ofEach(base, 0.5)),
  };
}

export function partOf(name: string, valuesMs: readonly number[]): PartReport {
  return { name, p50Ms: quantile(valuesMs, 0.5), p99Ms: quantile(valuesMs, 0.99) };
}

export function reportLines(report: BenchReport): string[] {
  const { rounds, inARow, inTurn, pauseMs, together, callers } = report;
  return [
    report.about,
    `${rounds} rounds, every way in each of them; medians [lowest–highest round]. ${report.machine.join(', ')}.`,
    '',
    ...aloneLines(`one caller (${inARow} a round)`, report.ways, (way) => way.inARow),
    '',
    ...aloneLines(`one caller, ${pauseMs} ms apart (${inTurn} a round)`, report.ways, (way) => way.inTurn),
    '',
    ...table([
      [`${callers} callers (${together} a round)`, 'per second', 'p50 ms', 'p99 ms'],
      ...report.ways.map(({ name, together: many }) => [
        name,
        shown(many.perSecond),
        shown(many.p50Ms),
        shown(many.p99Ms),
      ]),
    ]),
    '',
    ...table([
      ['where the time goes (one caller, one after another)', 'p50 ms', 'p99 ms'],
      ...report.parts.map((part) => [part.name, short(part.p50Ms), short(part.p99Ms)]),
    ]),
    ...(report.aim === undefined
      ? []
      : [
          '',
          `Aim: ${report.aim.text}. Measured ${short(report.aim.measured)}: ${report.aim.isMet ? 'met' : 'missed'}.`,
        ]),
  ];
}

function aloneLines(what: string, ways: readonly WayReport[], of: (way: WayReport) => AloneReport): string[] {
  const [yardstick] = ways;
  return table([
    [what, 'p50 ms', 'p99 ms', 'p50 ratio', 'p99 ratio', 'added p50 ms'],
    ...ways.map((way) => {
      const { p50Ms, p99Ms, p50Ratio, p99Ratio, addedP50Ms } = of(way);
      const compared = way === yardstick ? ['1', '1', '0'] : [shown(p50Ratio), shown(p99Ratio), shown(addedP50Ms)];
      return [way.name, shown(p50Ms), shown(p99Ms), ...compared];
    }),
  ]);
}

function togetherOf(rounds: readonly RoundTimes[]): TogetherReport {
  return {
    perSecond: figureOf(rounds.map(({ togetherMs, togetherWallMs }) => (togetherMs.length * 1000) / togetherWallMs)),
    p50Ms: figureOf(rounds.map(({ togetherMs }) => quantile(togetherMs, 0.5))),
    p99Ms: figureOf(rounds.map(({ togetherMs }) => quantile(togetherMs, 0.99))),
  };
}
