// Carries what is committed from SQLite's log over to its database, beside the work: SQLite itself would do it in the thread that answers
// people, 70 ms at a time while a large directory is mirrored, most of them waiting for the disk. A log begins anew only once all of it was
// carried over, so whoever writes much waits while what they have added meanwhile is; nobody else ever does. Knows neither tables nor
// transactions.
// @NOTE SQLite's own stays behind it, for a log that grows faster than it is carried, or a thread that cannot (`wal_autocheckpoint`).

import { extname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../failure/failure.js';
import type { CarrierThread } from './log-carrier-thread.js';

/** Nothing is lost by it: SQLite carries the log over by itself once it is longer. */
export class LogNotCarried extends Failure {
  readonly code = 'log-not-carried';
  readonly retry = { mayRetry: true, why: 'the log is whole, and is carried over later; look at the disk' };
}

export interface LogCarrierOptions {
  /** The connection that writes. In memory there is no log, and nothing is ever done. */
  readonly file: DatabaseSync;
  readonly path: string;
  /** So many pages may lie in the log, or a few more while they are carried over. */
  readonly pages: number;
}

/** The thread is started when there is first something for it to do: at most installations hardly ever. */
export class LogCarrier implements AsyncDisposable {
  readonly #path: string;
  readonly #pages: number;
  readonly #progress: StatementSync;
  #thread: Worker | undefined;
  #isCarrying = false;
  /** While the rest of the log is carried over, after most of it was. */
  #rest: PromiseWithResolvers<void> | undefined;
  #failure: unknown;

  constructor({ file, path, pages }: LogCarrierOptions) {
    this.#path = path;
    this.#pages = pages;
    // Carries nothing: it tells how long the log is and how far it was carried (sqlite.org/pragma.html#pragma_wal_checkpoint).
    this.#progress = file.prepare('pragma wal_checkpoint(noop)');
  }

  /** To be asked after a transaction. Returns at once, takes a microsecond or two, and never throws. */
  look(): void {
    if (this.#isCarrying || this.#failure !== undefined) return;
    try {
      const { log, checkpointed } = this.#progress.get() ?? {};
      if (Number(log) < this.#pages || log === checkpointed) return;
      this.#isCarrying = true;
      // Most of it was carried over before.
      if (checkpointed !== 0) this.#rest = Promise.withResolvers();
      this.#thread ??= this.#start();
      this.#thread.postMessage('carry');
    } catch (failure) {
      this.#pause(failure);
    }
  }

  /** To be waited for by whoever writes much, before they do. Resolves at once, but while the rest of a log is carried over. */
  async room(): Promise<void> {
    await this.#rest?.promise;
  }

  /** Throws LogNotCarried if that has failed since it was last asked; it is tried again from then on. */
  assertWell(): void {
    const cause = this.#failure;
    this.#failure = undefined;
    if (cause !== undefined) throw new LogNotCarried('the log could not be carried over to the database', { cause });
  }

  /** Before the connections are closed: the last of them ends the log. */
  async [Symbol.asyncDispose](): Promise<void> {
    const thread = this.#thread;
    this.#pause('closed');
    await thread?.terminate();
  }

  #start(): Worker {
    const workerData: CarrierThread = { path: this.#path };
    // The compiled file beside the compiled one, the source beside the source.
    const thread = new Worker(new URL(`./log-carrier-thread${extname(import.meta.url)}`, import.meta.url), {
      name: 'log-carrier',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: 16 },
    });
    thread.unref();
    thread.on('message', () => this.#carried());
    thread.on('error', (failure) => this.#pause(failure));
    return thread;
  }

  #carried(): void {
    this.#isCarrying = false;
    this.#rest?.resolve();
    this.#rest = undefined;
  }

  /** Until somebody has asked how it is. */
  #pause(failure: unknown): void {
    this.#failure = failure;
    this.#thread = undefined;
    this.#carried();
  }
}
