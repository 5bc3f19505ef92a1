// What a benchmark found, as a value; and that value as a table for people. Decides nothing, measures nothing. Pure.

import type { RoundTimes } from './rounds.js';
import { differenceOf, type Figure, figureOf, quantile, ratioOf } from './statistics.js';
import { short, shown, table } from './table.js';

/** One way's figures, each summed up over the rounds. */
export interface WayReport {
  readonly name: string;
  readonly p50Ms: Figure;
  readonly p99Ms: Figure;
  /** Against the first way, round by round. */
  readonly p50Ratio: Figure;
  readonly p99Ratio: Figure;
  readonly addedP50Ms: Figure;
  readonly together: TogetherReport;
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
  readonly inTurn: number;
  readonly together: number;
  readonly callers: number;
  readonly ways: readonly WayReport[];
  readonly parts: readonly PartReport[];
  readonly aim: AimReport | undefined;
}

/** The first way is what the others are compared with. */
export function waysOf(times: ReadonlyMap<string, readonly RoundTimes[]>): WayReport[] {
  const ways = [...times];
  const p50s = (rounds: readonly RoundTimes[]) => rounds.map(({ inTurnMs }) => quantile(inTurnMs, 0.5));
  const p99s = (rounds: readonly RoundTimes[]) => rounds.map(({ inTurnMs }) => quantile(inTurnMs, 0.99));
  const base = ways[0]?.[1] ?? [];
  return ways.map(([name, rounds]) => ({
    name,
    p50Ms: figureOf(p50s(rounds)),
    p99Ms: figureOf(p99s(rounds)),
    p50Ratio: ratioOf(p50s(rounds), p50s(base)),
    p99Ratio: ratioOf(p99s(rounds), p99s(base)),
    addedP50Ms: differenceOf(p50s(rounds), p50s(base)),
    together: togetherOf(rounds),
  }));
}

export function partOf(name: string, valuesMs: readonly number[]): PartReport {
  return { name, p50Ms: quantile(valuesMs, 0.5), p99Ms: quantile(valuesMs, 0.99) };
}

export function reportLines(report: BenchReport): string[] {
  const { rounds, inTurn, together, callers } = report;
  const [yardstick] = report.ways;
  return [
    report.about,
    `${rounds} rounds, every way in each of them; medians [lowest–highest round]. ${report.machine.join(', ')}.`,
    '',
    ...table([
      [`one caller (${inTurn} a round)`, 'p50 ms', 'p99 ms', 'p50 ratio', 'p99 ratio', 'added p50 ms'],
      ...report.ways.map((way) => [
        way.name,
        shown(way.p50Ms),
        shown(way.p99Ms),
        ...(way === yardstick ? ['1', '1', '0'] : [shown(way.p50Ratio), shown(way.p99Ratio), shown(way.addedP50Ms)]),
      ]),
    ]),
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
      ['where the time goes (one caller, all rounds)', 'p50 ms', 'p99 ms'],
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

function togetherOf(rounds: readonly RoundTimes[]): TogetherReport {
  return {
    perSecond: figureOf(rounds.map(({ togetherMs, togetherWallMs }) => (togetherMs.length * 1000) / togetherWallMs)),
    p50Ms: figureOf(rounds.map(({ togetherMs }) => quantile(togetherMs, 0.5))),
    p99Ms: figureOf(rounds.map(({ togetherMs }) => quantile(togetherMs, 0.99))),
  };
}
