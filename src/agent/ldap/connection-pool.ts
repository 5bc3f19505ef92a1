// Keeps a few bound connections warm and lends each to one intent at a time. Chooses the server: in the order given, those that
// failed last; one that failed is tried again beside the work, and taken back once it answers. Knows nothing of what is asked.
// Promises that a lent connection was bound when it was lent, and that nothing is lent twice or after `close`.

import type { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../directory/ports.js';
import { BindHold } from './bind-hold.js';
import type { Endpoint, LdapConnection } from './connection.js';
import { BindRefused } from './connection-failures.js';
import type { DirectoryEvents } from './directory-events.js';
import { EndpointOrder } from './endpoint-order.js';

/** Connections at a time, lent and idle; whoever comes then waits for one to come back. */
const CONNECTIONS_MAX = 16;
/** Callers that wait; one more is refused as unreachable. */
const WAITING_MAX = 64;
/** Idle connections kept; further ones are closed when they come back. */
const IDLE_MAX = 4;
/** Active Directory closes after 900 s of silence, firewalls earlier; a longer idle connection is not trusted any more. */
const IDLE_MS_MAX = 5 * 60_000;
/** A question that is not answered for so long met a server that accepts and stays silent. */
const SILENT_AFTER_MS = 1_000;

/** What the pool needs of a connection. */
export type Poolable = Pick<LdapConnection, 'isUsable' | 'destroy'>;

export interface PoolOptions<Facts, Connection extends Poolable = LdapConnection> {
  /** The servers, the best one first. Asked before a connection is opened, so that they may change. */
  readonly endpoints: (signal: AbortSignal) => Promise<readonly Endpoint[]>;
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
  readonly endpoint: Endpoint;
  /** Whether it lay idle before: then it may have died unnoticed. */
  readonly wasIdle: boolean;
}

/** Which server is wanted; `known`: by URL, what those that were reached said of themselves. */
export type Wanted<Facts> = (endpoint: Endpoint, known: ReadonlyMap<string, Facts>) => boolean;

interface Pooled<Facts, Connection extends Poolable> {
  readonly endpoint: Endpoint;
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
  readonly #order: EndpointOrder;
  /** What each server said of itself when it was last greeted. */
  readonly #known = new Map<string, Facts>();
  #isTryingAgain = false;
  readonly #bindHold: BindHold;
  readonly #closed = new AbortController();

  constructor(options: PoolOptions<Facts, Connection>) {
    this.#options = options;
    this.#order = new EndpointOrder(options.clock);
    this.#bindHold = new BindHold(options.clock, options.salt);
  }

  /** Lends a connection to the best server that answers. Throws DirectoryUnreachable, DirectoryMisconfigured or the abort reason. */
  async lease(signal: AbortSignal, isWanted: Wanted<Facts> = () => false): Promise<Lease<Facts, Connection>> {
    return this.#within(signal, async (both) => {
      const endpoints = await this.#inOrder(isWanted, both);
      this.#tryFailedAgain(endpoints);
      return this.#takeIdle(endpoints) ?? (await this.#openAny(endpoints, both));
    });
  }

  /**
   * Lends a new connection to the domain controller that `isIt` recognises; undefined when none that answers is.
   * New, because whoever asks has just lost one, and the idle ones may have died with it.
   */
  async leaseFrom(isIt: (facts: Facts) => boolean, signal: AbortSignal): Promise<Lease<Facts, Connection> | undefined> {
    return this.#within(signal, async (both) => {
      for (const endpoint of await this.#inOrder(() => false, both)) {
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

  /** Lends a new connection to this server, whatever the order. Throws why there is none, or the abort reason. */
  async leaseAt(endpoint: Endpoint, signal: AbortSignal): Promise<Lease<Facts, Connection>> {
    return this.#within(signal, async (both) => this.#lend(await this.#open(endpoint, both), false));
  }

  /** Carries a read out on any connection that answers; see `hold`. */
  async read<T>(signal: AbortSignal, ask: (lease: Lease<Facts, Connection>) => Promise<T>): Promise<T> {
    const { lease, answer } = await this.hold(signal, ask);
    lease[Symbol.dispose]();
    return answer;
  }

  /**
   * Asks on a connection to the best server, and once more on a new one, to another server where there is one, when it did not
   * answer; the connection that answered stays on loan. Only for questions that may be asked twice.
   */
  async hold<T>(
    signal: AbortSignal,
    ask: (lease: Lease<Facts, Connection>) => Promise<T>,
    isWanted?: Wanted<Facts>,
  ): Promise<{ readonly lease: Lease<Facts, Connection>; readonly answer: T }> {
    const first = await this.lease(signal, isWanted);
    const askedAtMs = this.#options.clock.monotonicMs();
    try {
      return { lease: first, answer: await ask(first) };
    } catch (error) {
      first[Symbol.dispose]();
      signal.throwIfAborted();
      if (!(error instanceof DirectoryUnreachable)) throw error;
      // A connection that died while it lay idle fails at once and says nothing of its server. Silence does.
      const isSilent = this.#options.clock.monotonicMs() - askedAtMs >= SILENT_AFTER_MS;
      if (!first.wasIdle || isSilent) this.#noteFailure(first.endpoint, error);
      if (!first.wasIdle && !(await this.#hasAnother(first.endpoint, signal))) throw error;
      // Its siblings lay idle beside it: whatever ended that one has ended them too.
      this.#closeIdle(({ url }) => url === first.endpoint.url);
    }
    const second = await this.lease(signal, isWanted);
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

  /** Of the best server that has not failed; undefined where that one has to be connected to first. */
  #takeIdle(endpoints: readonly Endpoint[]): Lease<Facts, Connection> | undefined {
    const nowMs = this.#options.clock.monotonicMs();
    const isAlive = ({ connection, idleSinceMs }: Pooled<Facts, Connection>) =>
      connection.isUsable && nowMs - idleSinceMs < IDLE_MS_MAX;
    for (const dead of this.#idle.filter((pooled) => !isAlive(pooled))) dead.connection.destroy();
    this.#idle = this.#idle.filter(isAlive);
    for (const endpoint of endpoints) {
      // The one that was used last: the others may grow old and go.
      const at = this.#idle.findLastIndex((pooled) => pooled.endpoint.url === endpoint.url);
      const [pooled] = at === -1 ? [] : this.#idle.splice(at, 1);
      if (pooled !== undefined) return this.#lend(pooled, true);
      if (!this.#order.hasFailed(endpoint)) return undefined;
    }
    return undefined;
  }

  #lend(pooled: Pooled<Facts, Connection>, wasIdle: boolean): Lease<Facts, Connection> {
    const { endpoint, connection, server } = pooled;
    this.#lent.add(connection);
    return { endpoint, connection, server, wasIdle, [Symbol.dispose]: () => this.#takeBack(pooled) };
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

  #closeIdle(isMeant: (endpoint: Endpoint) => boolean = () => true): void {
    for (const { connection } of this.#idle.filter(({ endpoint }) => isMeant(endpoint))) connection.destroy();
    this.#idle = this.#idle.filter(({ endpoint }) => !isMeant(endpoint));
  }

  async #openAny(endpoints: readonly Endpoint[], signal: AbortSignal): Promise<Lease<Facts, Connection>> {
    const failures: unknown[] = [];
    for (const endpoint of endpoints) {
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
      this.#order.noteSuccess(endpoint);
      this.#known.set(endpoint.url, server);
      return { endpoint, connection, server, idleSinceMs: clock.monotonicMs() };
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  #noteFailure(endpoint: Endpoint, failure: unknown): undefined {
    this.#order.noteFailure(endpoint);
    this.#options.events.domainControllerFailed({ url: endpoint.url, failure });
  }

  async #hasAnother({ url }: Endpoint, signal: AbortSignal): Promise<boolean> {
    return (await this.#options.endpoints(signal)).some((endpoint) => endpoint.url !== url);
  }

  async #inOrder(isWanted: Wanted<Facts>, signal: AbortSignal): Promise<Endpoint[]> {
    const endpoints = await this.#options.endpoints(signal);
    return this.#order.sorted(endpoints, (endpoint) => isWanted(endpoint, this.#known));
  }

  /** Fails back: nobody waits for a server that has been away, and it serves again as soon as it answers. */
  #tryFailedAgain(endpoints: readonly Endpoint[]): void {
    const isAnybodyWell = endpoints.some((endpoint) => !this.#order.hasFailed(endpoint));
    if (!isAnybodyWell || this.#isTryingAgain) return;
    const failed = endpoints.find((endpoint) => this.#order.takeRetry(endpoint));
    if (failed === undefined) return;
    this.#isTryingAgain = true;
    void this.#tryAgain(failed).finally(() => {
      this.#isTryingAgain = false;
    });
  }

  async #tryAgain(endpoint: Endpoint): Promise<void> {
    try {
      const pooled = await this.#open(endpoint, this.#closed.signal);
      this.#lent.add(pooled.connection);
      this.#takeBack(pooled);
    } catch (failure) {
      if (!this.#closed.signal.aborted) this.#noteFailure(endpoint, failure);
    }
  }
}
