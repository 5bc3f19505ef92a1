// Waits for the disk beside everybody else: what was committed to SQLite's log is synced in another thread, once for all who wait.
// SQLite itself would hold up the whole process for it, and once for every transaction. A log that its reader finds whole to the end
// of a commit is all that SQLite's own `synchronous = full` makes sure of (https://www.sqlite.org/wal.html).
// Knows neither tables nor transactions.

import { open } from 'node:fs/promises';
import { Failure } from '../../failure/failure.js';

/** The disk has not taken what was written: what came before may be gone as well, and nobody can tell. */
export class LogNotSynced extends Failure {
  readonly code = 'log-not-synced';
  readonly retry = {
    mayRetry: false,
    why: 'after a failed sync a second one proves nothing; look at the disk and restart',
  };
}

export class LogSync {
  readonly #sync: () => Promise<void>;
  #running: Promise<void> = Promise.resolve();
  /** Not begun yet, so that it counts for whoever comes now. */
  #next: Promise<void> | undefined;

  /** `sync` resolves once the disk has what was written to the log before the call. */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Resolves once everything that was committed before the call survives a power cut. Throws LogNotSynced, from then on always. */
  reached(): Promise<void> {
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  /** Resolves when nobody waits any more, however that ended. */
  async whenIdle(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running.catch(() => undefined);
  }

  /** One after another: a sync that is under way may have begun before what is to be synced was written. */
  async #after(running: Promise<void>): Promise<void> {
    await running;
    this.#running = this.#begin();
    this.#next = undefined;
    return this.#running;
  }

  async #begin(): Promise<void> {
    try {
      await this.#sync();
    } catch (cause) {
      throw new LogNotSynced('the disk did not take what was written', { cause });
    }
  }
}

/** A log, and what closes it once nobody waits. */
export interface OpenedLog extends AsyncDisposable {
  readonly log: LogSync;
}

/** `path`: of the database, whose log is there already; in memory there is none, and nothing to wait for. */
export async function openLogSync(path: string): Promise<OpenedLog> {
  if (path === ':memory:')
    return { log: new LogSync(async () => undefined), [Symbol.asyncDispose]: async () => undefined };
  // Not the database itself: to close that would end SQLite's locks on it, which are the whole process's.
  const file = await open(`${path}-wal`, 'r+');
  const log = new LogSync(() => file.datasync());
  return {
    log,
    async [Symbol.asyncDispose]() {
      await log.whenIdle();
      await file.close();
    },
  };
}
