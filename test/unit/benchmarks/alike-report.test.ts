// When `bench alike` says that a stranger was told something: by an answer, or by times, at the first page or at the sign-in.

import { expect, test } from 'vitest';
import { type AlikeReport, alikeReportLines, isAlike } from '../../../scripts/benchmarks/alike-report.js';

const seen = { p50Ms: 900, p99Ms: 905, bytes: [7_000] };
const byChance = { chance: 0.52, chanceMargin: 0.055 };
const same = { isSameAnswer: true, firstDifference: undefined };
const other = { isSameAnswer: false, firstDifference: '"a" and "b"' };
const signIn = {
  tries: 500,
  kinds: (['nobody', 'person', 'cloud'] as const).map((kind) => ({ kind, seen, ...byChance })),
  ...same,
};
const report: AlikeReport = {
  tries: 500,
  machine: [],
  unknown: seen,
  unregistered: seen,
  ...same,
  ...byChance,
  signIn,
};

test('nothing is told where answers are the same and times are what chance makes of them', () => {
  expect(isAlike(report)).toBe(true);
  expect(alikeReportLines(report).join('\n')).not.toMatch(/NO:|THE TIMES|THESE ARE/);
});

test.each<[string, Partial<AlikeReport>]>([
  ['another answer at the first page', other],
  ['slower answers at the first page', { chance: 0.56 }],
  ['quicker answers at the first page', { chance: 0.44 }],
  ['another answer at the sign-in', { signIn: { ...signIn, ...other } }],
  [
    'slower answers at the sign-in for one kind of account',
    { signIn: { ...signIn, kinds: signIn.kinds.map((kind, at) => (at === 2 ? { ...kind, chance: 0.7 } : kind)) } },
  ],
])('%s: the run has failed, and its lines say so', (_, changes) => {
  const told = { ...report, ...changes };
  expect(isAlike(told)).toBe(false);
  expect(alikeReportLines(told).join('\n')).toMatch(/NO:|THE TIMES|THESE ARE/);
});
