// An approval of held removals: given once, spent once, and not for ever.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentDatabase } from '../../../../src/agent/sqlite/agent-database.js';
import { APPROVAL_LIFETIME_MS, SqliteRemovalApprovals } from '../../../../src/agent/sqlite/sqlite-removal-approvals.js';
import { FakeClock } from '../../../support/fake-clock.js';

let folder: string;
let clock: FakeClock;
let database: AgentDatabase;
let approvals: SqliteRemovalApprovals;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-approvals-'));
  clock = new FakeClock();
  database = AgentDatabase.open(join(folder, 'agent.sqlite'));
  approvals = new SqliteRemovalApprovals(database, clock);
});
afterEach(async () => {
  database[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

test('holds for exactly the plan it was given for, until it is spent', () => {
  approvals.give('0123456789ab');
  expect(approvals.isGiven('0123456789ac')).toBe(false);
  expect(approvals.isGiven('0123456789ab')).toBe(true);
  expect(approvals.isGiven('0123456789ab')).toBe(true);
  approvals.spend('0123456789ac');
  expect(approvals.isGiven('0123456789ab')).toBe(true);
  approvals.spend('0123456789ab');
  expect(approvals.isGiven('0123456789ab')).toBe(false);
});

test('given twice counts once', () => {
  approvals.give('0123456789ab');
  approvals.give('0123456789ab');
  approvals.spend('0123456789ab');
  expect(approvals.isGiven('0123456789ab')).toBe(false);
});

test('is given by one process and seen by another', () => {
  using beside = AgentDatabase.open(join(folder, 'agent.sqlite'));
  new SqliteRemovalApprovals(beside, clock).give('0123456789ab');
  expect(approvals.isGiven('0123456789ab')).toBe(true);
});

test('is void after a day', async () => {
  approvals.give('0123456789ab');
  await clock.advance(APPROVAL_LIFETIME_MS - 1);
  approvals.give('0123456789ac');
  await clock.advance(1);
  expect(approvals.isGiven('0123456789ab')).toBe(false);
  expect(approvals.isGiven('0123456789ac')).toBe(true);
});
