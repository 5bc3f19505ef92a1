// What `bench alike` found: whether a stranger can tell somebody from nobody, and the same as people read it. Pure: knows neither the
// programs that were asked nor how.

import { short, table } from './table.js';

export const PASSWORD_KINDS = ['nobody', 'person', 'cloud'] as const;

export interface AlikeReport {
  readonly tries: number;
  readonly machine: readonly string[];
  readonly unknown: Seen;
  readonly unregistered: Seen;
  /** Statuses, addresses and pages, tokens apart: the same ones in both. */
  readonly isSameAnswer: boolean;
  /** Where two of them differ first, tokens apart; undefined where none do. */
  readonly firstDifference: string | undefined;
  /** How often the slower of one of each is the one that is there: 0.5 tells nothing. */
  readonly chance: number;
  /** Beyond it from 0.5, chance alone is seen in three of a thousand runs. */
  readonly chanceMargin: number;
  readonly signIn: {
    readonly tries: number;
    readonly kinds: readonly {
      readonly kind: (typeof PASSWORD_KINDS)[number];
      readonly seen: Seen;
      /** As above, beside nobody. */
      readonly chance: number;
      readonly chanceMargin: number;
    }[];
    readonly isSameAnswer: boolean;
    readonly firstDifference: string | undefined;
  };
}

export interface Seen {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytes: readonly number[];
}

/** Whether neither an answer nor the time it took tells anybody from nobody, at the first page and at the sign-in. */
export function isAlike(report: Pick<AlikeReport, 'isSameAnswer' | 'chance' | 'chanceMargin' | 'signIn'>): boolean {
  const { isSameAnswer, signIn } = report;
  return isSameAnswer && isByChance(report) && signIn.isSameAnswer && signIn.kinds.every(isByChance);
}

function isByChance({ chance, chanceMargin }: { readonly chance: number; readonly chanceMargin: number }): boolean {
  return Math.abs(chance - 0.5) <= chanceMargin;
}

export function alikeReportLines(report: AlikeReport): string[] {
  const { tries, machine, unknown, unregistered, isSameAnswer, firstDifference, chance, chanceMargin, signIn } = report;
  const row = (name: string, { p50Ms, p99Ms, bytes }: Seen) => [name, short(p50Ms), short(p99Ms), bytes.join(', ')];
  const isWithin = isByChance(report);
  const toldApart = signIn.kinds.filter((each) => !isByChance(each));
  return [
    `${tries} names of nobody, and as many of people who have set up no way to prove who they are.`,
    `${machine.join(', ')}.`,
    '',
    ...table([
      ['name', 'p50 ms', 'p99 ms', 'bytes of the page, tokens apart'],
      row('of nobody', unknown),
      row('of somebody', unregistered),
    ]),
    '',
    `The same status, address and page, tokens apart: ${isSameAnswer ? 'yes' : `NO: ${firstDifference}`}.`,
    `Whoever takes the slower of two for somebody is right ${(chance * 100).toFixed(1)} % of the time; chance alone gives ${((0.5 - chanceMargin) * 100).toFixed(1)} to ${((0.5 + chanceMargin) * 100).toFixed(1)} %: ${isWithin ? 'the times tell nothing' : 'THE TIMES TELL SOMETHING'}.`,
    '',
    `${signIn.tries} wrong passwords of each kind at the sign-in.`,
    '',
    ...table([
      ['password for', 'p50 ms', 'p99 ms', 'bytes of the page, tokens apart', 'slower than nobody'],
      ...signIn.kinds.map((each) => [...row(KIND_NAMES[each.kind], each.seen), `${(each.chance * 100).toFixed(1)} %`]),
    ]),
    '',
    `The same status, address and page, tokens apart: ${signIn.isSameAnswer ? 'yes' : `NO: ${signIn.firstDifference}`}. By their times ${toldApart.length === 0 ? 'none is' : `THESE ARE: ${toldApart.map(({ kind }) => kind).join(', ')}`} told from nobody.`,
  ];
}

const KIND_NAMES = {
  nobody: 'nobody',
  person: 'an account of the directory',
  cloud: 'one of the front door’s own',
} as const;
