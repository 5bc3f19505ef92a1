// What the passes say of the mirror's health: old, held back, incomplete; and nothing where all is well.

import { describe, expect, test } from 'vitest';
import {
  ANY_PASS_WITHIN_MS,
  judgeSync,
  SYNC_CODES,
  WHOLE_PASS_WITHIN_MS,
} from '../../../../src/agent/health/judge-sync.js';
import type { PassRecord } from '../../../../src/agent/sync/pass-report.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';
import type { PassReport } from '../../../../src/protocol/sync-reports.js';
import { anEndedPass, aPassReport } from '../../../support/pass-reports.js';

const nowMs = Date.UTC(2026, 10, 25);
const COUNTS = aPassReport({ counts: { read: 9, unchanged: 9 } }).counts;

function done(changes: Partial<PassReport> = {}, agoMs = 0, isDryRun = false): PassRecord {
  return { ...anEndedPass({ counts: COUNTS, isDryRun, ...changes, endedAtMs: nowMs - agoMs }), isDryRun };
}

const failed: PassRecord = {
  directoryId: 'corp',
  generation: 2,
  isDryRun: false,
  endedAtMs: nowMs,
  result: { kind: 'failed', failure: 'no link' },
};
const held = { planId: '0123456789ab', because: 'share' as const, gone: 40, present: 100, names: ['ada', 'bob'] };

const judged = (...records: readonly PassRecord[]) => judgeSync(records, 'DC=corp', { nowMs, deltaEveryMs: 120_000 });
const troubles = (...records: readonly PassRecord[]) =>
  judged(...records).flatMap(({ code, status }) => (status === 'pass' ? [] : [`${status} ${code}`]));

describe('the passes', () => {
  test('tell nothing before the first, whatever was only looked at', () => {
    const nothing = SYNC_CODES.map((code) => `cannot-tell ${code}`);
    expect(troubles()).toEqual(nothing);
    expect(troubles(done({}, 0, true))).toEqual(nothing);
  });

  test('are in order when the last was whole, and when another agent makes them', () => {
    expect(troubles(done())).toEqual([]);
    const leader = parseAgentId('00000000-0000-4000-8000-0000000000a2');
    expect(troubles({ ...failed, result: { kind: 'stood-by', leader } })).toEqual([]);
  });

  test('warn when no full one was whole for a night and half a day, whatever deltas came since', () => {
    const deltas = [done({ kind: 'delta' }), done({ kind: 'delta' }, 120_000)];
    expect(troubles(...deltas, done({}, WHOLE_PASS_WITHIN_MS))).toEqual([]);
    expect(troubles(...deltas, done({}, WHOLE_PASS_WITHIN_MS + 1))).toEqual(['warn mirror-whole']);
    expect(troubles(done({ kind: 'delta' }), done({ isWhole: false }))).toEqual(['warn mirror-whole']);
  });

  test('warn when they fail and none came to its end for an hour, and say why; a slow schedule is no trouble', () => {
    expect(troubles(failed, done({}, ANY_PASS_WITHIN_MS))).toEqual([]);
    expect(troubles(failed, done({}, ANY_PASS_WITHIN_MS + 1))).toEqual(['warn mirror-fresh']);
    expect(troubles(done({}, ANY_PASS_WITHIN_MS * 3))).toEqual([]);
    expect(troubles(failed)).toEqual(['warn mirror-fresh', 'warn mirror-whole']);
    for (const { detail } of judged(failed).filter(({ status }) => status === 'warn'))
      expect(detail).toContain('no link');
  });

  test('warn of held removals with names and the command, also when a later pass failed', () => {
    for (const records of [[done({ held })], [failed, done({ held })], [done({ kind: 'delta' }), done({ held })]]) {
      const found = judged(...records).find(({ code }) => code === 'mirror-removals');
      expect(found).toMatchObject({ status: 'warn', detail: expect.stringContaining('ada, bob and 38 more') });
      expect(found?.advice).toContain('--approve-removals 0123456789ab');
    }
  });

  test('warn of names that are more than one account’s', () => {
    expect(troubles(done({ shared: { count: 0, names: [] } }))).toEqual([]);
    const found = judged(done({ kind: 'delta' }), done({ shared: { count: 21, names: ['a@example.com'] } }));
    expect(found.find(({ code }) => code === 'mirror-shared-names')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('more than one account answers to 21 names'),
    });
  });

  test('warn of who is left out, and why', () => {
    const counts = { ...COUNTS, leftOut: 1, unreadable: 2 };
    const found = judged(done({ counts, leftOut: [{ name: 'kim', failure: 'malformed' }] }));
    expect(found.find(({ code }) => code === 'mirror-left-out')).toMatchObject({
      status: 'warn',
      detail: '2 accounts could not be read; 1 have data that cannot be mirrored: kim (malformed)',
    });
  });

  test('warn of deltas that take longer than the time from one to the next, not of one that had much to do', () => {
    const delta = (durationMs: number, agoMs = 0) => done({ kind: 'delta', durationMs }, agoMs);
    const full = done({ durationMs: 900_000 });
    expect(troubles(delta(121_000), delta(119_000, 900_000), full)).toEqual([]);
    expect(troubles(delta(119_000), delta(121_000), full)).toEqual([]);
    expect(troubles(delta(121_000, 3_600_001), full)).toEqual([]);
    expect(troubles(delta(121_000), delta(500_000, 900_000), delta(1_000, 4_000_000), full)).toEqual([
      'warn mirror-behind',
    ]);
    expect(judged(delta(121_000), full).find(({ code }) => code === 'mirror-behind')?.detail).toBe(
      'the last delta took 121 s, and one falls due every 120 s',
    );
  });
});
