// TECHNOLOGY: opens the agent's SQLite file and brings its schema up to date. Only this folder imports node:sqlite.
// WAL with synchronous=FULL: a commit is on the disk when it returns. `runRelaxed` commits without waiting for the disk; the
// next full commit syncs what came before it (the WAL is one file, written in order), and a crash of the process loses nothing.
// On Windows file modes do not exist: the data folder's ACL (service account and administrators only) protects the file.

import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Failure } from '../../failure/failure.js';
import { MIGRATIONS } from './migrations.js';

/** A newer release of the agent wrote this file; an older one must not guess at what it means. */
export class DatabaseTooNew extends Failure {
  readonly code = 'database-too-new';
  readonly retry = { mayRetry: false, why: 'the file stays as new as it is; the agent has to be upgraded' };
}

/** The file cannot be opened or read as the agent's database. */
export class DatabaseUnusable extends Failure {
  readonly code = 'database-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to look at the file, its folder or the disk' };
}

/** Where ledger, audit journal and what is known of passes are. */
export function databaseFileIn(dataFolder: string): string {
  return join(dataFolder, 'agent.sqlite');
}

export class AgentDatabase implements Disposable {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;

  /** Makes the folder and the file where they are missing. Throws DatabaseTooNew or DatabaseUnusable. */
  static open(file: string): AgentDatabase {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
      chmodSync(file, 0o600);
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      migrate(database, file);
      return new AgentDatabase(database);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new DatabaseUnusable(`cannot use ${file}: check that the agent's account may write there`, {
        cause: error,
      });
    }
  }

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
  }

  prepare(sql: string): StatementSync {
    const statement = this.#database.prepare(sql);
    // Times are far below 2^53; what is not (pwdLastSet) is kept as text.
    statement.setReadBigInts(false);
    return statement;
  }

  /** One transaction, on the disk when this returns. */
  runDurably<T>(work: () => T): T {
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** One transaction that survives the process, and a power cut once a durable one followed. */
  runRelaxed<T>(work: () => T): T {
    // Not prepared: SQLite sets this when it compiles the statement, and what running a kept one does is its own affair.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.runDurably(work);
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL');
    }
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {};
  const from = Number(version ?? 0);
  if (from > MIGRATIONS.length) {
    throw new DatabaseTooNew(
      `${file} is of schema ${from}, this agent knows ${MIGRATIONS.length}: install the newer agent again, or move the file away (asked-before answers and audit are then lost)`,
    );
  }
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < from) continue;
    // The version is part of the file's header and of the same transaction: a migration happens whole or not at all.
    database.exec(`BEGIN IMMEDIATE; ${sql}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

// Another process of ours may read the file (`drawbridge agent audit`), none writes it for long.
const BUSY_TIMEOUT_MS = 5_000;
