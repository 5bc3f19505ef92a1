// TECHNOLOGY: one agent per data folder, held by an open exclusive transaction on a database that holds nothing.
// The operating system ends the lock with the process, however it ends: nothing stale is left for anybody to remove.

import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorMistake } from '../../failure/failure.js';
import { DatabaseUnusable } from './agent-database.js';

/** Two agents on one ledger could both settle and write one command. */
export class DataFolderInUse extends OperatorMistake {
  readonly code = 'data-folder-in-use';
  readonly retry = { mayRetry: false, why: 'the other agent keeps the folder for as long as it runs' };
}

export class DataFolderLock implements Disposable {
  readonly #database: DatabaseSync;

  /** Throws DataFolderInUse at once while an agent runs on the folder, and DatabaseUnusable when the folder cannot be used. */
  static take(dataFolder: string): DataFolderLock {
    const file = join(dataFolder, 'agent.lock');
    let database: DatabaseSync | undefined;
    try {
      mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
      database = new DatabaseSync(file, { timeout: 0 });
      chmodSync(file, 0o600);
      database.exec('BEGIN EXCLUSIVE');
      return new DataFolderLock(database);
    } catch (cause) {
      database?.close();
      if (isBusy(cause)) {
        throw new DataFolderInUse(
          `another agent runs on the data folder ${dataFolder}: stop it first, or give this one a folder of its own`,
        );
      }
      throw new DatabaseUnusable(`cannot use ${file}: check that the agent's account may write there`, { cause });
    }
  }

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** SQLITE_BUSY: somebody else has the lock. */
const BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}
