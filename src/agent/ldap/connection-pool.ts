// Keeps a few bound connections warm and lends each to one intent at a time. Chooses the domain controller: in the order of
// the settings, those that failed a moment ago last. Knows nothing of what is asked over a connection.
// Promises that a lent connection was bound when it was lent, and that nothing is lent twice or after `close`.

import type { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../directory/ports.js';
import { BindHold } from './bind-hold.js';
import type { Endpoint, LdapConnection } from './connection.js';
import { BindRefused } from './connection-failures.js';
import type { DirectoryEvents } from './directory-events.js';

/** Connections at a time, lent and idle; whoever comes then waits for one to come back. */
const CONNECTIONS_MAX = 16;
/** Callers that wait; one more is refused as unreachable. */
const WAITING_MAX = 64;
/** Idle connections kept; further ones are closed when they come back. */
const IDLE_MAX = 4;
/** Active Directory closes after 900 s of silence, firewalls earlier; a longer idle connection is not trusted any more. */
const IDLE_MS_MAX = 5 * 60_000;
/** How long a domain controller that failed is asked last. */
const FAILED_LAST_MS = 30_000;

/** What the pool needs of a connection. */
export type Poolable = Pick<LdapConnection, 'isUsable' | 'destroy'>;

export interface PoolOptions<Facts, Connection extends Poolable = LdapConnection> {
  readonly endpoints: readonly Endpoint[];
  /** Asked before every bind, so that a changed password is found without a restart. */
  readonly readPassword: () => Secret | Promise<Secret>;
  readonly open: (endpoint: Endpoint, password: Secret, signal: AbortSignal) => Promise<Connection>;
  /** Asks a new connection what has to be known of its domain controller. */
  readonly greet: (connection: Connection, signal: AbortSignal) => Promise<Facts>;
  /** Random bytes; see bind-hold.ts. */
  readonly salt: Uint8Array;
  readonly clock: Clock;
  readonly events: DirectoryEvents;
}

/** A connection on loan. Dispose it to give it back; a broken one is closed then. */
export interface Lease<Facts, Connection extends Poolable = LdapConnection> extends Disposable {
  readonly connection: Connection;
  readonly server: Facts;
  /** Whether it lay idle before: then it may have died unnoticed. */
  readonly wasIdle: boolean;
}

interface Pooled<Facts, Connection extends Poolable> {
  readonly connection: Connection;
  readonly server: Facts;
  idleSinceMs: number;
}

export class ConnectionPool<Facts, Connection extends Poolable = LdapConnection> {
  readonly #options: PoolOptions<Facts, Connection>;
  readonly #lent = new Set<Connection>();
  #idle: Pooled<Facts, Connection>[] = [];
  #opening = 0;
  #waiting: (() => void)[] = [];
  #failedAtMs = new Map<string, number>();
  readonly #bindHold: BindHold;
  readonly #closed = new AbortController();

  constructor(options: PoolOptions<Facts, Connection>) {
    this.#options = options;
    this.#bindHold = new BindHold(options.clock, options.salt);
  }

  /** Lends any connection. Throws DirectoryUnreachable, DirectoryMisconfigured or the abort reason. */
  async lease(signal: AbortSignal): Promise<Lease<Facts, Connection>> {
    return this.#within(signal, (both) => this.#takeIdle() ?? this.#openAny(both));
  }

  /**
   * Lends a new connection to the domain controller that `isIt` recognises; undefined when none that answers is.
   * New, because whoever asks has just lost one, and the idle ones may have died with it.
   */
  async leaseFrom(isIt: (facts: Facts) => boolean, signal: AbortSignal): Promise<Lease<Facts, Connection> | undefined> {
    return this.#within(signal, async (both) => {
      for (const endpoint of this.#inOrder()) {
        const pooled = await this.#open(endpoint, both).catch((failure: unknown) =>
          this.#noteFailure(endpoint, failure),
        );
        both.throwIfAborted();
        if (pooled !== undefined && isIt(pooled.server)) return this.#lend(pooled, false);
        pooled?.connection.destroy();
      }
      return undefined;
    });
  }

  /** Carries a read out on any connection that answers; see `hold`. */
  async read<T>(signal: AbortSignal, ask: (lease: Lease<Facts, Connection>) => Promise<T>): Promise<T> {
    const { lease, answer } = await this.hold(signal, ask);
    lease[Symbol.dispose]();
    return answer;
  }

  /**
   * Asks on any connection, and once more on a new one when an idle one turned out dead; the connection that answered stays
   * on loan. Only for questions that may be asked twice.
   */
  async hold<T>(
    signal: AbortSignal,
    ask: (lease: Lease<Facts, Connection>) => Promise<T>,
  ): Promise<{ readonly lease: Lease<Facts, Connection>; readonly answer: T }> {
    const first = await this.lease(signal);
    try {
      return { lease: first, answer: await ask(first) };
    } catch (error) {
      first[Symbol.dispose]();
      if (!(error instanceof DirectoryUnreachable && first.wasIdle)) throw error;
    }
    // Its siblings lay idle beside it: whatever ended that one has ended them too.
    this.#closeIdle();
    const second = await this.lease(signal);
    try {
      return { lease: second, answer: await ask(second) };
    } catch (error) {
      second[Symbol.dispose]();
      throw error;
    }
  }

  /** Ends every connection, also those on loan, and refuses from then on. */
  close(): void {
    this.#closed.abort(new DirectoryUnreachable('the directory is closed'));
    this.#closeIdle();
    for (const connection of this.#lent) connection.destroy();
  }

  async #within<T>(signal: AbortSignal, use: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const both = AbortSignal.any([signal, this.#closed.signal]);
    both.throwIfAborted();
    await this.#waitForPlace(both);
    this.#opening += 1;
    try {
      return await use(both);
    } finally {
      this.#opening -= 1;
      this.#letNextIn();
    }
  }

  async #waitForPlace(signal: AbortSignal): Promise<void> {
    while (this.#lent.size + this.#opening >= CONNECTIONS_MAX) {
      if (this.#waiting.length >= WAITING_MAX)
        throw new DirectoryUnreachable('too many requests wait for the directory');
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => {
          this.#waiting = this.#waiting.filter((other) => other !== proceed);
          reject(signal.reason);
        };
        const proceed = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        this.#waiting.push(proceed);
      });
    }
  }

  #letNextIn(): void {
    this.#waiting.shift()?.();
  }

  #takeIdle(): Lease<Facts, Connection> | undefined {
    const nowMs = this.#options.clock.monotonicMs();
    const isAlive = ({ connection, idleSinceMs }: Pooled<Facts, Connection>) =>
      connection.isUsable && nowMs - idleSinceMs < IDLE_MS_MAX;
    for (const dead of this.#idle.filter((pooled) => !isAlive(pooled))) dead.connection.destroy();
    this.#idle = this.#idle.filter(isAlive);
    // The one that was used last: the others may grow old and go.
    const pooled = this.#idle.pop();
    return pooled === undefined ? undefined : this.#lend(pooled, true);
  }

  #lend(pooled: Pooled<Facts, Connection>, wasIdle: boolean): Lease<Facts, Connection> {
    const { connection, server } = pooled;
    this.#lent.add(connection);
    return { connection, server, wasIdle, [Symbol.dispose]: () => this.#takeBack(pooled) };
  }

  #takeBack(pooled: Pooled<Facts, Connection>): void {
    if (!this.#lent.delete(pooled.connection)) return;
    const mayStay = pooled.connection.isUsable && this.#idle.length < IDLE_MAX && !this.#closed.signal.aborted;
    if (mayStay) {
      pooled.idleSinceMs = this.#options.clock.monotonicMs();
      this.#idle.push(pooled);
    } else {
      pooled.connection.destroy();
    }
    this.#letNextIn();
  }

  #closeIdle(): void {
    for (const { connection } of this.#idle) connection.destroy();
    this.#idle = [];
  }

  async #openAny(signal: AbortSignal): Promise<Lease<Facts, Connection>> {
    const failures: unknown[] = [];
    for (const endpoint of this.#inOrder()) {
      try {
        return this.#lend(await this.#open(endpoint, signal), false);
      } catch (failure) {
        signal.throwIfAborted();
        if (failure instanceof BindRefused) throw failure;
        this.#noteFailure(endpoint, failure);
        failures.push(failure);
      }
    }
    const [only] = failures;
    if (failures.length === 1) throw only;
    const everyOne = failures.every((failure) => failure instanceof DirectoryMisconfigured);
    throw everyOne && only !== undefined
      ? only
      : new DirectoryUnreachable('no domain controller can be used', { cause: failures.at(-1) });
  }

  async #open(endpoint: Endpoint, signal: AbortSignal): Promise<Pooled<Facts, Connection>> {
    const { readPassword, open, greet, clock } = this.#options;
    const password = await readPassword();
    this.#bindHold.throwIfHeld(password);
    let connection: Connection;
    try {
      connection = await open(endpoint, password, signal);
    } catch (failure) {
      if (failure instanceof BindRefused) this.#bindHold.hold(failure, password);
      throw failure;
    }
    this.#bindHold.release();
    try {
      const server = await greet(connection, signal);
      this.#failedAtMs.delete(endpoint.url);
      return { connection, server, idleSinceMs: clock.monotonicMs() };
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  #noteFailure(endpoint: Endpoint, failure: unknown): undefined {
    this.#failedAtMs.set(endpoint.url, this.#options.clock.monotonicMs());
    this.#options.events.domainControllerFailed({ url: endpoint.url, failure });
  }

  #inOrder(): Endpoint[] {
    const nowMs = this.#options.clock.monotonicMs();
    const failedLately = ({ url }: Endpoint) => nowMs - (this.#failedAtMs.get(url) ?? -FAILED_LAST_MS) < FAILED_LAST_MS;
    const all = this.#options.endpoints;
    return [...all.filter((endpoint) => !failedLately(endpoint)), ...all.filter(failedLately)];
  }
}
