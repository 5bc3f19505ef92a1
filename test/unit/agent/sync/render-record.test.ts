// What people read of a pass: everything that is not nothing, and what to do about what is held.

import { describe, expect, test } from 'vitest';
import { type PassRecord, passRecordSchema } from '../../../../src/agent/sync/pass-report.js';
import { progressLine, recordLines } from '../../../../src/agent/sync/render-record.js';
import type { PassReport } from '../../../../src/protocol/sync-reports.js';
import { aPassReport } from '../../../support/pass-reports.js';

const NOTHING = aPassReport({ generation: 7, durationMs: 1240 });

function linesOf(changes: Partial<PassReport>, isDryRun = false): string[] {
  const report = { ...NOTHING, ...changes, isDryRun };
  const record: PassRecord = {
    directoryId: 'corp',
    generation: 7,
    isDryRun,
    endedAtMs: 0,
    result: { kind: 'done', report },
  };
  return recordLines(passRecordSchema.parse(JSON.parse(JSON.stringify(record))));
}

test('a reconciliation says among how many it was looked for who is gone', () => {
  const counts = { ...NOTHING.counts, quarantined: 1 };
  const named = { ...NOTHING.named, quarantined: ['ada'] };
  expect(linesOf({ kind: 'reconciliation', lookedOver: 99, counts, named })).toEqual([
    'directory corp, pass 7: 99 accounts are there, looked for in 1.2 s',
    '  quarantined 1: ada',
  ]);
  const read = { ...NOTHING.counts, read: 2 };
  expect(linesOf({ kind: 'reconciliation', lookedOver: 99, counts: read })).toEqual([
    'directory corp, pass 7: 99 accounts are there, looked for in 1.2 s; 2 that may have changed were read',
  ]);
  const unreadable = { ...NOTHING.counts, unreadable: 3 };
  expect(linesOf({ kind: 'reconciliation', lookedOver: 96, isWhole: false, counts: unreadable })).toEqual([
    'directory corp, pass 7: 96 accounts are there, looked for in 1.2 s, but 3 could not be read, so that nobody was removed',
  ]);
});

test('a delta says how many may have changed, or that nobody has', () => {
  const counts = { ...NOTHING.counts, read: 1, changed: 1 };
  const named = { ...NOTHING.named, changed: ['ada'] };
  expect(linesOf({ kind: 'delta' })).toEqual(['directory corp, pass 7: nobody has changed, looked at in 1.2 s']);
  expect(linesOf({ kind: 'delta', counts, named, changedFields: { mail: 1 } })).toEqual([
    'directory corp, pass 7: 1 account that may have changed read in 1.2 s',
    '  changed 1 (mail 1): ada',
  ]);
  expect(
    linesOf({ because: 'the settings have changed', isFollowed: false, shared: { count: 1, names: ['x@y'] } }),
  ).toEqual([
    'directory corp, pass 7: 0 accounts read in 1.2 s',
    '  everybody was read: the settings have changed',
    expect.stringContaining('its changes cannot be followed'),
    '  names of more than one account, who cannot be reset by them, 1: x@y',
    '  → see whose each is: `drawbridge agent explain NAME`',
  ]);
});

test('one person is told step by step, with the directory’s escapes made harmless', () => {
  const steps = { read: 'CN=Ada\u001b[2J,DC=corp, anchor', managed: 'yes, since it is in DC=corp', effect: 'added' };
  const record: PassRecord = {
    directoryId: 'corp',
    generation: 7,
    isDryRun: false,
    endedAtMs: 0,
    result: { kind: 'person', userId: 'ada', steps },
  };
  expect(recordLines(record)).toEqual([
    'directory corp, pass 7: "ada" alone',
    expect.stringMatching(/^ {2}read {10}CN=Ada.+DC=corp, anchor$/),
    '  managed here  yes, since it is in DC=corp',
    '  effect        added',
  ]);
  expect(recordLines(record).join('')).not.toContain('\u001b');
});

describe('a record', () => {
  test('of a quiet pass is two lines', () => {
    expect(linesOf({ counts: { ...NOTHING.counts, read: 12, unchanged: 12 } })).toEqual([
      'directory corp, pass 7: 12 accounts read in 1.2 s',
      '  unchanged 12',
    ]);
  });

  test('says who is concerned, which fields changed, and how many are not named', () => {
    const counts = { ...NOTHING.counts, read: 9, added: 3, changed: 2, restored: 1, quarantined: 1, leftOut: 1 };
    const named = { added: ['ada'], changed: ['bob', 'eve'], restored: ['kim'], quarantined: ['lars'] };
    const changedFields = { displayName: 1, mail: 2 };
    expect(linesOf({ counts, named, changedFields, leftOut: [{ name: 'x\u001b[2J', failure: 'malformed' }] })).toEqual([
      'directory corp, pass 7: 9 accounts read in 1.2 s',
      '  added 3: ada and 2 more',
      '  changed 2 (displayName 1, mail 2): bob, eve',
      '  restored 1: kim',
      '  quarantined 1: lars',
      '  left out 1, whose data cannot be mirrored:',
      '    x\\u{1b}[2J: malformed',
    ]);
  });

  const held = { planId: '0123456789ab', because: 'share', gone: 40, present: 100, names: ['ada'] } as const;

  test('of held removals says how they are approved', () => {
    expect(linesOf({ held: { ...held, names: ['ada'] } }).slice(1)).toEqual([
      '  held 40 of 100 that were not found any more among those managed here, a larger share than the removal guard lets pass: ada and 39 more',
      '  → see whether `managed` in the settings was changed, and whether the service account reads all of the directory',
      '  → if they are gone: drawbridge agent sync --approve-removals 0123456789ab',
    ]);
  });

  test('of a dry run says that it was one, and asks for no approval', () => {
    const lines = linesOf({ held: { ...held, names: [] } }, true);
    expect(lines[0]).toContain('pass 7, a dry run:');
    expect(lines.join()).not.toContain('--approve-removals');
  });

  test('of a pass that could not read everybody, or failed, says that nobody was removed', () => {
    expect(linesOf({ isWhole: false, counts: { ...NOTHING.counts, unreadable: 2 } })[0]).toContain(
      '2 could not be read, so that nobody was removed',
    );
    const failed: PassRecord = {
      directoryId: 'corp',
      generation: 8,
      isDryRun: false,
      endedAtMs: 0,
      result: { kind: 'failed', failure: 'no link' },
    };
    expect(recordLines(failed)).toEqual(['directory corp, pass 8: failed, and nobody was removed', '  → no link']);
  });
});

test.each([
  [0, 0, 0, 'directory corp: 0 accounts read'],
  [100, 2000, 300, 'directory corp: 100 of about 2000 accounts read'],
  [500, 2000, 1000, 'directory corp: 500 of about 2000 accounts read, 500 a second, 3 s left'],
  [2100, 2000, 1000, 'directory corp: 2100 accounts read, 2100 a second'],
])('progress of %d of %d in %d ms', (read, expected, elapsedMs, line) => {
  expect(progressLine({ directoryId: 'corp', generation: 1, read, expected, elapsedMs })).toBe(line);
});
