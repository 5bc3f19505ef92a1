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

/** SQLite carries the log over by itself once it is longer. */
export class LogNotCarried extends Failure {
  readonly code = 'log-not-carried';
  readonly retry = { mayRetry: true, why: 'the log is there, and is carried over later; look at the disk' };
}

/**
 * Before 3.51.3, SQLite may lose what is written while another connection carries the log over (sqlite.org/wal.html#walresetbug); and before
 * 3.51, `noop` is an unknown word to it, at which it carries the log over in the thread that asks. `version`: as it names its own.
 */
export function mayCarryBeside(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)));
}

export interface LogCarrierOptions {
  /** The connection that writes. In memory there is no log, and nothing is ever done. */
  readonly file: DatabaseSync;
  readonly path: string;
  /** From so many pages in the log on they are carried over; what is written while most of them are comes on top. Infinity: never. */
  readonly pages: number;
}

/** The thread is started when there is first something for it to do: at most installations hardly ever. */
export class LogCarrier implements AsyncDisposable {
  readonly #path: string;
  readonly #pages: number;
  readonly #progress: StatementSync;
  #thread: Worker | undefined;
  #isCarrying = false;
  #isClosed = false;
  /** While the rest of the log is carried over, after most of it was. */
  #rest: PromiseWithResolvers<void> | undefined;
  #failure: unknown;

  constructor({ file, path, pages }: LogCarrierOptions) {
    this.#path = path;
    this.#pages = pages;
    // Carries nothing: it tells how long the log is and how far it was carried (sqlite.org/pragma.html#pragma_wal_checkpoint).
    this.#progress = file.prepare('pragma wal_checkpoint(noop)');
  }

  /** To be asked after transactions. Takes a microsecond or two, but where it starts the thread, and never throws. */
  look(): void {
    if (this.#pages === Number.POSITIVE_INFINITY || this.#isCarrying || this.#isClosed) return;
    if (this.#failure !== undefined) return;
    try {
      const { log, checkpointed } = this.#progress.get() ?? {};
      if (Number(log) < this.#pages || log === checkpointed) return;
      this.#isCarrying = true;
      this.#thread ??= this.#start();
      if (checkpointed !== 0) {
        // Most of it was carried over before, and whoever waits for the rest must not see the process end.
        this.#rest = Promise.withResolvers();
        this.#thread.ref();
      }
      this.#thread.postMessage('carry');
    } catch (failure) {
      this.#failed(failure);
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
    this.#thread = undefined;
    this.#isClosed = true;
    this.#carried();
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
    const hasEnded = (failure: unknown) => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#failed(failure);
    };
    thread.on('message', () => this.#carried());
    thread.on('error', hasEnded);
    thread.on('exit', (code) => hasEnded(`its thread ended with ${code}`));
    // Not before: whoever listens to a thread waits for it.
    thread.unref();
    return thread;
  }

  #carried(): void {
    this.#isCarrying = false;
    this.#rest?.resolve();
    this.#rest = undefined;
    this.#thread?.unref();
  }

  /** Nothing is tried until somebody has asked how it is. */
  #failed(failure: unknown): void {
    this.#failure = failure;
    this.#carried();
  }
}
