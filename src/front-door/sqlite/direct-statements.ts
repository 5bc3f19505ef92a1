// The short way to the store's file, beside Kysely's, for what every reset asks for: SQL prepared once, and each piece of work
// done in one go. Kysely builds every query anew and hands it from promise to promise, which costs a reset more than the
// statements themselves. Takes its turn among Kysely's transactions, which share the connection.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { assert } from '../../failure/assert.js';
import type { LogSync } from './log-sync.js';

/** Runs work while nobody else is in the middle of a transaction. */
export type InTurn = <T>(work: () => T) => Promise<T>;

/** What a transaction came to, and when a power cut cannot take it any more. */
export interface Written<T> {
  readonly result: T;
  readonly onDisk: Promise<void>;
}

interface DirectOptions {
  readonly inTurn: InTurn;
  readonly log: LogSync;
  /** Called after every transaction, however it ended; must not throw. */
  readonly ended: () => void;
}

export class DirectStatements {
  readonly #file: DatabaseSync;
  readonly #inTurn: InTurn;
  readonly #log: LogSync;
  readonly #ended: () => void;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;

  constructor(file: DatabaseSync, { inTurn, log, ended }: DirectOptions) {
    this.#file = file;
    this.#inTurn = inTurn;
    this.#log = log;
    this.#ended = ended;
    // At once: a transaction that reads first could not get the write lock later beside another process.
    this.#begin = file.prepare('begin immediate');
    this.#commit = file.prepare('commit');
  }

  prepare(text: string): StatementSync {
    return this.#file.prepare(text);
  }

  read<T>(work: () => T): Promise<T> {
    return this.#inTurn(work);
  }

  /** One transaction, on the disk when it resolves. */
  async durably<T>(work: () => T): Promise<T> {
    const { result, onDisk } = await this.written(work);
    await onDisk;
    return result;
  }

  /** One transaction that others see when it resolves; the disk can be waited for beside other work. */
  async written<T>(work: () => T): Promise<Written<T>> {
    const result = await this.relaxed(work);
    return { result, onDisk: this.onDisk() };
  }

  /** Resolves once everything that was written until now survives a power cut. Whoever waits for it learns of a failure; nobody has to. */
  onDisk(): Promise<void> {
    const reached = this.#log.reached();
    reached.catch(() => undefined);
    return reached;
  }

  /**
   * One transaction that does not wait for the disk: it survives the process, and a power cut once any other transaction
   * followed (the WAL is one file, written in order). For what is followed, before anybody is told, by one that does wait, as
   * the audit entry of every answer is; and for what may as well be done twice.
   */
  relaxed<T>(work: () => T): Promise<T> {
    return this.#inTurn(() => {
      // Not prepared: SQLite sets this when it compiles the statement, and what running a kept one does is its own affair.
      this.#file.exec('pragma synchronous = normal');
      try {
        return this.#transact(work);
      } finally {
        this.#file.exec('pragma synchronous = full');
        this.#ended();
      }
    });
  }

  #transact<T>(work: () => T): T {
    assert(!this.#file.isTransaction, 'whoever has the turn begins with no transaction open');
    this.#begin.run();
    try {
      const result = work();
      this.#commit.run();
      return result;
    } catch (error) {
      if (this.#file.isTransaction) this.#file.exec('rollback');
      throw error;
    }
  }
}
