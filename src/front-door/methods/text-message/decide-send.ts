// Decides whether a text may be sent for what it costs, and what has been spent then: to countries that were named, and up to so much a
// day and organisation. Pure. What is spent is counted before the gateway is asked, so that many at once cannot spend it twice.

import { callingCodeOf } from '../../../protocol/phone-number.js';

/** Money in millionths of the unit that the settings count in: whole numbers, so that nothing is lost in adding up. */
export type Millionths = number;

export interface TextRules {
  /** What a number may begin with after its `+`: a country's calling code, or one and more digits. No other is ever sent to. */
  readonly countries: readonly string[];
  /** Of one part of a text; the longest beginning of the number counts. */
  readonly costs: ReadonlyMap<string, Millionths>;
  /** For numbers that none of them fits. */
  readonly costOtherwise: Millionths;
  /** Of one organisation, from midnight to midnight UTC. */
  readonly costPerDayMax: Millionths;
}

/** Of one organisation and day. */
export interface Spent {
  readonly cost: Millionths;
  /** Whether a text was refused for the sake of the day's cost, so that it is told once. */
  readonly isStopped: boolean;
}

export const NOTHING_SPENT: Spent = { cost: 0, isStopped: false };

export interface SpendDecision {
  readonly kind: 'spend' | 'stop';
  readonly spent: Spent;
  /** The first refusal of this day. */
  readonly isNews: boolean;
}

export const DAY_MS = 24 * 60 * 60_000;

/** Days since 1970-01-01 UTC. */
export function dayOf(nowMs: number): number {
  return Math.floor(nowMs / DAY_MS);
}

export function isServed({ countries }: Pick<TextRules, 'countries'>, number: string): boolean {
  return countries.some((country) => number.startsWith(`+${country}`));
}

/** `parts`: of the text; see message-parts.ts. */
export function costOf({ costs, costOtherwise }: TextRules, number: string, parts: number): Millionths {
  const [longest] = [...costs].filter(([country]) => number.startsWith(`+${country}`)).sort(byLength);
  return parts * (longest === undefined ? costOtherwise : longest[1]);
}

/** Never above the day's cost: what would pass it is not sent, and something cheaper may still be. */
export function decideSpend({ costPerDayMax }: TextRules, before: Spent, cost: Millionths): SpendDecision {
  if (before.cost + cost <= costPerDayMax) {
    return { kind: 'spend', spent: { ...before, cost: before.cost + cost }, isNews: false };
  }
  return { kind: 'stop', spent: { ...before, isStopped: true }, isNews: !before.isStopped };
}

/** What was not sent after all. */
export function takeBack(before: Spent, cost: Millionths): Spent {
  return { ...before, cost: Math.max(0, before.cost - cost) };
}

/** The range a number is of: those who are paid for messages (pumping) own whole ranges. */
export function rangeOf(number: string): string {
  return number.slice(0, 1 + RANGE_DIGITS);
}

/** Whether a country of the settings is one: a calling code, or one and more digits. */
export function isCountry(digits: string): boolean {
  return /^[1-9][0-9]{0,6}$/.test(digits) && callingCodeOf(`+${digits}`) !== undefined;
}

const RANGE_DIGITS = 7;

function byLength([one]: readonly [string, Millionths], [other]: readonly [string, Millionths]): number {
  return other.length - one.length;
}
