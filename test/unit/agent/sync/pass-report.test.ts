// What records of passes decide: whether a full pass is owed, and whether a delta is left out.

import { expect, test } from 'vitest';
import {
  endedPasses,
  isFullPassOwed,
  isTooSoon,
  lastWholeFullPass,
  type PassRecord,
} from '../../../../src/agent/sync/pass-report.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';
import { aFailedPass, anEndedPass, type ReportChanges } from '../../../support/pass-reports.js';

function done(endedAtMs: number, changes: ReportChanges = {}): PassRecord {
  const pass = anEndedPass({ ...changes, endedAtMs });
  return { ...pass, isDryRun: pass.result.report.isDryRun };
}

const failed: PassRecord = { ...done(0), result: { kind: 'failed', failure: 'no link' } };
const MINUTE_MS = 60_000;

test('a full pass is owed when none has come to its end since it fell due', () => {
  const nowMs = 10 * 3_600_000;
  const isOwed = (records: readonly PassRecord[], lastDueMs: number | undefined) =>
    isFullPassOwed(records, lastDueMs, nowMs);
  expect(isOwed([], 1_000)).toBe(true);
  expect(isOwed([done(999)], 1_000)).toBe(true);
  expect(isOwed([done(1_000)], 1_000)).toBe(false);
  expect(isOwed([done(2_000, { kind: 'delta' }), done(999)], 1_000)).toBe(true);
  // Who cannot be read is not read by another one either.
  expect(isOwed([done(2_000, { isWhole: false }), done(999)], 1_000)).toBe(false);
  expect(isOwed([done(2_000, { isDryRun: true }), done(999)], 1_000)).toBe(true);
  expect(isOwed([failed, done(2_000)], 1_000)).toBe(false);
  // After one that failed, deltas come first for a while.
  expect(isOwed([{ ...failed, endedAtMs: nowMs - 14 * MINUTE_MS }], 1_000)).toBe(false);
  expect(isOwed([{ ...failed, endedAtMs: nowMs - 15 * MINUTE_MS }], 1_000)).toBe(true);
  // A schedule that never falls due owes nothing.
  expect(isOwed([], undefined)).toBe(false);
});

test('the last whole full pass may lie behind any others', () => {
  const whole = done(5);
  expect(lastWholeFullPass([failed, done(9, { kind: 'delta' }), done(8, { isWhole: false }), whole, done(4)])).toBe(
    whole,
  );
});

test('a delta is left out only where the directory cannot be followed and was read whole a short while ago', () => {
  const nowMs = 100 * MINUTE_MS;
  const unfollowed = { isFollowed: false };
  expect(isTooSoon([done(nowMs - MINUTE_MS, unfollowed)], nowMs)).toBe(true);
  expect(isTooSoon([done(nowMs - 15 * MINUTE_MS, unfollowed)], nowMs)).toBe(false);
  expect(isTooSoon([done(nowMs - MINUTE_MS)], nowMs)).toBe(false);
  expect(isTooSoon([failed, done(nowMs - MINUTE_MS, unfollowed)], nowMs)).toBe(false);
  expect(isTooSoon([done(nowMs - MINUTE_MS, { ...unfollowed, isDryRun: true })], nowMs)).toBe(false);
  expect(isTooSoon([], nowMs)).toBe(false);
});

test('the front door is told of passes that ended, one way or the other, and of nothing that somebody looked at for themselves', () => {
  const pass = anEndedPass({ generation: 3 });
  const records: PassRecord[] = [
    { ...aFailedPass(4), isDryRun: false },
    { ...pass, isDryRun: false },
    { ...anEndedPass({ isDryRun: true }), isDryRun: true },
    { ...pass, isDryRun: false, result: { kind: 'person', userId: 'ada', steps: { read: 'x', effect: 'y' } } },
    {
      ...pass,
      isDryRun: false,
      result: { kind: 'stood-by', leader: parseAgentId('00000000-0000-4000-8000-0000000000a1') },
    },
  ];
  expect(endedPasses(records)).toEqual([aFailedPass(4), pass]);
});
