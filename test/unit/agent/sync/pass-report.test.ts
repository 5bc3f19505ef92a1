// What records of passes decide: whether a full pass was missed, and whether a delta is left out.

import { expect, test } from 'vitest';
import {
  isFullPassMissed,
  isTooSoon,
  lastWholeFullPass,
  type PassRecord,
  type PassReport,
} from '../../../../src/agent/sync/pass-report.js';

const COUNTS = { read: 1, added: 0, changed: 0, unchanged: 1, restored: 0, quarantined: 0, leftOut: 0, notManaged: 0 };

function done(endedAtMs: number, changes: Partial<PassReport> = {}): PassRecord {
  const report: PassReport = {
    directoryId: 'corp',
    generation: 1,
    kind: 'full',
    isFollowed: true,
    isDryRun: false,
    isWhole: true,
    counts: { ...COUNTS, unreadable: 0 },
    changedFields: {},
    named: { added: [], changed: [], restored: [], quarantined: [] },
    leftOut: [],
    durationMs: 1,
    ...changes,
  };
  const { isDryRun } = report;
  return { directoryId: 'corp', generation: 1, isDryRun, endedAtMs, result: { kind: 'done', report } };
}

const failed: PassRecord = { ...done(0), result: { kind: 'failed', failure: 'no link' } };
const MINUTE_MS = 60_000;

test('a full pass was missed when none that was whole has ended since it fell due', () => {
  expect(isFullPassMissed([], 1_000)).toBe(true);
  expect(isFullPassMissed([done(999)], 1_000)).toBe(true);
  expect(isFullPassMissed([done(1_000)], 1_000)).toBe(false);
  expect(isFullPassMissed([done(2_000, { kind: 'delta' }), done(999)], 1_000)).toBe(true);
  expect(isFullPassMissed([done(2_000, { isWhole: false }), done(999)], 1_000)).toBe(true);
  expect(isFullPassMissed([done(2_000, { isDryRun: true }), failed], 1_000)).toBe(true);
  expect(isFullPassMissed([failed, done(2_000)], 1_000)).toBe(false);
  // A schedule that never falls due misses nothing.
  expect(isFullPassMissed([], undefined)).toBe(false);
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
