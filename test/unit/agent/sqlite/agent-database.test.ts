// The agent’s SQLite file: who may read it, what reaches the disk when, and which files are refused.

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentDatabase, DatabaseTooNew, DatabaseUnusable } from '../../../../src/agent/sqlite/agent-database.js';
import { MIGRATIONS } from '../../../../src/agent/sqlite/migrations.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-database-'));
  file = join(folder, 'data', 'agent.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

function pragma(name: string): unknown {
  using database = AgentDatabase.open(file);
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

describe('the agent’s database', () => {
  it('makes its folder and file, which nobody else may read', () => {
    AgentDatabase.open(file)[Symbol.dispose]();
    // On Windows the folder's ACL protects it; modes say nothing there.
    if (platform() === 'win32') return;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });

  it('waits for the disk at every commit, unless it is told not to', () => {
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    using database = AgentDatabase.open(file);
    const levels: unknown[] = [];
    // Prepared anew each time: SQLite reads the value when it compiles the statement.
    const note = () => levels.push(Object.values(database.prepare('PRAGMA synchronous').get() ?? {})[0]);
    database.runRelaxed(note);
    note();
    expect(() =>
      database.runRelaxed(() => {
        throw new Error('our mistake');
      }),
    ).toThrow('our mistake');
    note();
    expect(levels).toEqual([1, 2, 2]);
  });

  it('takes back everything of a transaction that failed', () => {
    using database = AgentDatabase.open(file);
    const add = "INSERT INTO audit_start (only_row, sequence, hash) VALUES (1, 1, 'x')";
    expect(() =>
      database.runDurably(() => {
        database.prepare(add).run();
        throw new Error('our mistake');
      }),
    ).toThrow('our mistake');
    expect(database.prepare('SELECT * FROM audit_start').all()).toEqual([]);
    database.runDurably(() => database.prepare(add).run());
    expect(database.prepare('SELECT * FROM audit_start').all()).toHaveLength(1);
  });

  it('keeps what it holds when it is opened again', () => {
    {
      using database = AgentDatabase.open(file);
      database.runDurably(() => database.prepare("INSERT INTO audit_start VALUES (1, 7, 'x')").run());
    }
    using again = AgentDatabase.open(file);
    expect(again.prepare('SELECT sequence FROM audit_start').get()).toMatchObject({ sequence: 7 });
    expect(pragma('user_version')).toBe(MIGRATIONS.length);
  });

  it('refuses a file of a newer agent, and leaves it as it is', () => {
    AgentDatabase.open(file)[Symbol.dispose]();
    const newer = new DatabaseSync(file);
    newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    newer.close();
    expect(() => AgentDatabase.open(file)).toThrow(DatabaseTooNew);
    const after = new DatabaseSync(file);
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length + 1 });
    after.close();
  });

  it('refuses a file that is no database', () => {
    AgentDatabase.open(file)[Symbol.dispose]();
    writeFileSync(file, 'this is not a database, and long enough to be told from an empty one'.repeat(20));
    expect(() => AgentDatabase.open(file)).toThrow(DatabaseUnusable);
  });
});
