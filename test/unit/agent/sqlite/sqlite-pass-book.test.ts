// Requests for passes and their records, between a command and the running agent, which are two processes.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgentDatabase } from '../../../../src/agent/sqlite/agent-database.js';
import { SqlitePassBook } from '../../../../src/agent/sqlite/sqlite-pass-book.js';
import { RECORDS_KEPT_MAX, REQUEST_LIFETIME_MS, REQUESTS_WAITING_MAX } from '../../../../src/agent/sync/pass-book.js';
import type { PassRecord } from '../../../../src/agent/sync/pass-report.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anEndedPass, type ReportChanges } from '../../../support/pass-reports.js';

let folder: string;
let clock: FakeClock;
let database: AgentDatabase;
let agents: SqlitePassBook;
let besideDatabase: AgentDatabase;
let commands: SqlitePassBook;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-passes-'));
  clock = new FakeClock();
  database = AgentDatabase.open(join(folder, 'agent.sqlite'));
  agents = new SqlitePassBook(database, clock);
  besideDatabase = AgentDatabase.open(join(folder, 'agent.sqlite'));
  commands = new SqlitePassBook(besideDatabase, clock);
});
afterEach(async () => {
  database[Symbol.dispose]();
  besideDatabase[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const failed = (generation: number, directoryId = 'corp'): PassRecord => ({
  directoryId,
  generation,
  isDryRun: false,
  endedAtMs: 5,
  result: { kind: 'failed', failure: 'no link' },
});

test('a request is taken once, and answered by the record of its pass', () => {
  const requestId = commands.ask({ directoryId: 'corp', kind: 'delta', isDryRun: true });
  const another = commands.ask({ directoryId: 'staff', kind: 'reconciliation', isDryRun: false });
  expect(agents.takeRequests()).toEqual([
    { requestId, directoryId: 'corp', kind: 'delta', isDryRun: true },
    { requestId: another, directoryId: 'staff', kind: 'reconciliation', isDryRun: false },
  ]);
  expect(agents.takeRequests()).toEqual([]);
  expect(commands.answerTo(requestId)).toBe('waiting');
  agents.keep(failed(7), [requestId]);
  expect(commands.answerTo(requestId)).toEqual(failed(7));
  expect(commands.answerTo(another)).toBe('waiting');
});

test('a request that nobody takes is gone after a minute, and one that is taken waits as long as its pass', async () => {
  const untaken = commands.ask({ directoryId: 'corp', kind: 'full', isDryRun: false });
  await clock.advance(REQUEST_LIFETIME_MS);
  expect(commands.answerTo(untaken)).toBe('gone');
  expect(agents.takeRequests()).toEqual([]);
  const taken = commands.ask({ directoryId: 'corp', kind: 'full', isDryRun: false });
  agents.takeRequests();
  await clock.advance(REQUEST_LIFETIME_MS);
  expect(commands.answerTo(taken)).toBe('waiting');
});

test('what an agent had taken when it ended is gone when the next one starts', () => {
  const taken = commands.ask({ directoryId: 'corp', kind: 'full', isDryRun: false });
  agents.takeRequests();
  const fresh = commands.ask({ directoryId: 'staff', kind: 'full', isDryRun: false });
  agents.forgetTaken();
  expect(commands.answerTo(taken)).toBe('gone');
  expect(agents.takeRequests()).toEqual([{ requestId: fresh, directoryId: 'staff', kind: 'full', isDryRun: false }]);
});

test('one request too many is refused until the agent has taken some', () => {
  for (let asked = 0; asked < REQUESTS_WAITING_MAX; asked += 1)
    commands.ask({ directoryId: 'corp', kind: 'full', isDryRun: false });
  const ask = () => commands.ask({ directoryId: 'corp', kind: 'full', isDryRun: false });
  expect(ask).toThrow(expect.objectContaining({ code: 'too-many-sync-requests' }));
  agents.takeRequests();
  expect(ask).not.toThrow();
});

test('the newest records stay, the newest first, and each directory’s apart', () => {
  for (let generation = 1; generation <= RECORDS_KEPT_MAX + 10; generation += 1)
    agents.keep(failed(generation, generation % 2 === 0 ? 'corp' : 'staff'), []);
  const of = (directoryId: string) => commands.latest(directoryId, 1_000).map(({ generation }) => generation);
  expect(of('corp').slice(0, 2)).toEqual([RECORDS_KEPT_MAX + 10, RECORDS_KEPT_MAX + 8]);
  expect(of('corp').length + of('staff').length).toBe(RECORDS_KEPT_MAX);
  expect(of('nowhere')).toEqual([]);
});

test('the last whole pass of a directory stays, however many failed since and however many numbers were given', () => {
  const report = {
    directoryId: 'corp',
    generation: 1,
    kind: 'full' as const,
    isFollowed: true,
    isDryRun: false,
    isWhole: true,
    counts: {
      read: 1,
      added: 0,
      changed: 0,
      unchanged: 1,
      restored: 0,
      quarantined: 0,
      leftOut: 0,
      notManaged: 0,
      unreadable: 0,
    },
    changedFields: {},
    named: { added: [], changed: [], restored: [], quarantined: [] },
    leftOut: [],
    durationMs: 1,
  };
  agents.keep({ ...failed(1), result: { kind: 'done', report } }, []);
  for (let at = 1; at <= RECORDS_KEPT_MAX + 5; at += 1) agents.keep(failed(at * 10), []);
  const kept = commands.latest('corp', 10_000);
  expect(kept).toHaveLength(RECORDS_KEPT_MAX + 1);
  expect(kept.at(-1)?.result).toEqual({ kind: 'done', report });
});

test('a record that cannot be read hides no other', () => {
  agents.keep(failed(1), []);
  database.prepare("INSERT INTO pass_record VALUES (2, 'corp', 5, '{\"nonsense\":1}', 0)").run();
  agents.keep(failed(3), []);
  expect(commands.latest('corp', 10).map(({ generation }) => generation)).toEqual([3, 1]);
});

test('progress is what was noted last', () => {
  expect(commands.progressOf('corp')).toBeUndefined();
  const noted = { directoryId: 'corp', generation: 3, read: 500, expected: 900, elapsedMs: 400 };
  agents.note({ ...noted, read: 1 });
  agents.note(noted);
  expect(commands.progressOf('corp')).toEqual(noted);
});

describe('deltas that found nothing', () => {
  const delta = (generation: number, counts: ReportChanges['counts'] = {}): PassRecord => ({
    ...anEndedPass({ generation, kind: 'delta', counts: { read: 3, unchanged: 3, ...counts } }),
    isDryRun: false,
  });
  const kept = () => commands.latest('corp', 1_000).map(({ generation }) => generation);

  test('push out no record that tells something: the newest of them is kept', () => {
    agents.keep(delta(1, { added: 1 }), []);
    for (let generation = 2; generation < 700; generation += 1) agents.keep(delta(generation), []);
    expect(kept()).toEqual([699, 1]);
    agents.keep(delta(700, { quarantined: 1 }), []);
    agents.keep(delta(701), []);
    expect(kept()).toEqual([701, 700, 1]);
  });

  test('are kept for whoever asked for them', () => {
    const requestId = commands.ask({ directoryId: 'corp', kind: 'delta', isDryRun: false });
    agents.takeRequests();
    agents.keep(delta(1), [requestId]);
    agents.keep(delta(2), []);
    agents.keep(delta(3), []);
    expect(commands.answerTo(requestId)).toEqual(delta(1));
  });
});
