// The audit journal in SQLite: it goes on after a restart, finds what was tampered with, and stays within its limit.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentDatabase } from '../../../../src/agent/sqlite/agent-database.js';
import { SqliteAuditJournal } from '../../../../src/agent/sqlite/sqlite-audit-journal.js';
import { type AuditEntry, CHAIN_START } from '../../../../src/protocol/audit-chain.js';

let folder: string;
let database: AgentDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-journal-'));
  database = AgentDatabase.open(join(folder, 'agent.db'));
});

afterEach(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function entry(number: number, requestId: string | undefined = `request-${number}`): AuditEntry {
  return {
    atMs: 1_768_478_400_000 + number,
    event: 'reset-answered',
    requestId,
    fields: { outcome: 'done', n: `${number}` },
  };
}

function filled(countMax: number, count: number): SqliteAuditJournal {
  const journal = new SqliteAuditJournal(database, { entriesMax: countMax });
  for (let number = 1; number <= count; number += 1) journal.append(entry(number));
  return journal;
}

describe('the audit journal', () => {
  it('is intact and empty at first', () => {
    const journal = new SqliteAuditJournal(database);
    expect(journal.head()).toEqual(CHAIN_START);
    expect(journal.verify()).toEqual({ kind: 'intact', head: CHAIN_START });
    expect(journal.latest(10)).toEqual([]);
  });

  it('keeps entries as they were given, and shows the newest first', () => {
    const journal = filled(100, 3);
    const link = journal.append(entry(4, undefined));
    expect(journal.head()).toEqual(link);
    expect(journal.latest(2).map((chained) => chained.entry)).toEqual([entry(4, undefined), entry(3)]);
  });

  it('goes on with the same chain when it is opened again', () => {
    const head = filled(100, 3).head();
    const again = new SqliteAuditJournal(database);
    expect(again.head()).toEqual(head);
    again.append(entry(4));
    expect(again.verify()).toMatchObject({ kind: 'intact', head: { sequence: 4 } });
  });

  it.each([
    ['altered', 'UPDATE audit_entry SET fields = \'{"outcome":"refused-by-policy"}\' WHERE sequence = 3'],
    ['moved in time', 'UPDATE audit_entry SET at_ms = at_ms + 1 WHERE sequence = 3'],
    ['dropped', 'DELETE FROM audit_entry WHERE sequence = 3'],
    ['given another hash', "UPDATE audit_entry SET hash = 'ff' WHERE sequence = 3"],
  ])('finds the entry that was %s', (_, tampering) => {
    const journal = filled(100, 5);
    database.prepare(tampering).run();
    expect(journal.verify()).toEqual({ kind: 'broken', atSequence: 3 });
  });

  it('finds that the beginning was cut off without being pruned', () => {
    const journal = filled(100, 5);
    database.prepare('DELETE FROM audit_entry WHERE sequence < 4').run();
    expect(journal.verify()).toEqual({ kind: 'broken', atSequence: 1 });
  });

  it('never holds more than its limit, and what is left can still be verified', () => {
    const journal = filled(20, 95);
    const { entries } = database.prepare('SELECT count(*) AS entries FROM audit_entry').get() ?? {};
    expect(entries).toBeLessThanOrEqual(20);
    expect(journal.verify()).toMatchObject({ kind: 'intact', head: { sequence: 95 } });
    expect(journal.latest(1)[0]?.entry).toEqual(entry(95));
    database.prepare('UPDATE audit_start SET hash = ?').run('0'.repeat(64));
    expect(journal.verify().kind).toBe('broken');
  });
});
