// Carries one intent to a directory in any dialect: reads the account on the server that will be written to, sends the change or
// tries the password there, and can find out there what became of a change. Decides nothing: whether it may be written is asked before.

import { assert, assertNever } from '../../failure/assert.js';
import { Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { wait } from '../../timing/waits.js';
import type { AccountAnchor, DirectoryAccount } from '../directory/directory-account.js';
import type {
  AccountChange,
  DirectoryWriter,
  LockoutFacts,
  Settlement,
  SignInResult,
  UnsettledWrite,
  WriteIntent,
  WriteResult,
} from '../directory/ports.js';
import type { AccountLookup } from './account-lookup.js';
import type { ConnectionPool, Lease } from './connection-pool.js';
import type { Dialect, DirectoryServer } from './dialect.js';

/**
 * When an answer was lost, the server may still be at it: unchanged counts as not applied only after it stayed so through
 * all of these pauses. Together longer than the slowest reset we have seen.
 */
const SETTLE_PAUSES_MS = [0, 250, 500, 750, 1000] as const;

/**
 * A password's time in whole seconds that stayed the same proves something only when it was over for longer than this before
 * the write: write-back settles within a quarter of an hour, and clocks may be a few minutes apart.
 */
const SURELY_BEFORE_MS = 30 * 60_000;

type Writing<Server extends DirectoryServer> = Pick<
  Dialect<Server>,
  'passwordTimes' | 'prefersToWrite' | 'historyOnReset' | 'readLockout' | 'write' | 'signIn'
>;

export interface WriterParts<Server extends DirectoryServer> {
  readonly pool: ConnectionPool<Server>;
  readonly accounts: AccountLookup<Server>;
  readonly dialect: Writing<Server>;
  readonly clock: Clock;
}

export class LdapWriter<Server extends DirectoryServer> implements DirectoryWriter {
  readonly #parts: WriterParts<Server>;

  constructor(parts: WriterParts<Server>) {
    this.#parts = parts;
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    const { pool, accounts, dialect } = this.#parts;
    const ask = (held: Lease<Server>) => accounts.read(held, anchor, signal);
    const { lease, answer } = await pool.hold(signal, ask, (endpoint, server) =>
      dialect.prefersToWrite(endpoint, server),
    );
    if (answer !== undefined) return new LdapIntent(dialect, lease, answer);
    lease[Symbol.dispose]();
    return undefined;
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    const { pool, accounts, dialect, clock } = this.#parts;
    const times = dialect.passwordTimes;
    try {
      using lease = await pool.leaseFrom(({ name }) => name === write.domainController, signal);
      if (lease === undefined) return 'cannot-tell';
      let settlement: Settlement = 'cannot-tell';
      for (const pauseMs of SETTLE_PAUSES_MS) {
        await wait(clock, pauseMs, signal);
        const account = await accounts.read(lease, write.anchor, signal);
        settlement =
          account === undefined ? 'cannot-tell' : settlementOf(write, account, { times, nowMs: clock.nowMs() });
        // Where times are coarse, what cannot be told yet may be told by the next look: not all of a write is there at once.
        const isFinal = settlement === 'applied' || (settlement === 'cannot-tell' && times === 'exact');
        if (isFinal) return settlement;
      }
      return settlement;
    } catch (error) {
      // Out of time, or out of reach: exactly what cannot be told.
      if (signal.aborted || error instanceof Failure) return 'cannot-tell';
      throw error;
    }
  }
}

/** What the account, read back on the same server, says of a write whose answer was lost. Pure. */
export function settlementOf(write: UnsettledWrite, account: DirectoryAccount, reading: PasswordTimes): Settlement {
  const { revision, state } = account;
  // Nothing at all was written to the entry since: the surest sign there is.
  if (revision !== undefined && revision === write.revisionBefore) return 'not-applied';
  switch (write.kind) {
    case 'unlock':
      return state.isLocked ? 'not-applied' : 'applied';
    case 'reset':
    case 'change': {
      const settlement = passwordSettlement(write, state.passwordLastSet, reading);
      // The password came through; that it has to be changed is a second operation in some directories, and did not.
      return settlement === 'applied' && write.mustChange && !state.mustChange ? 'cannot-tell' : settlement;
    }
    case 'reset-after-compromise':
      // Of its two writes the first alone may have come through; the account looks the same then.
      return passwordSettlement(write, state.passwordLastSet, reading) === 'not-applied'
        ? 'not-applied'
        : 'cannot-tell';
    default:
      return assertNever(write.kind);
  }
}

interface PasswordTimes {
  readonly times: Dialect<DirectoryServer>['passwordTimes'];
  readonly nowMs: number;
}

function passwordSettlement(
  { passwordLastSetBefore: before }: UnsettledWrite,
  after: bigint,
  { times, nowMs }: PasswordTimes,
): Settlement {
  // 0, must change, hides when the password was set: another's doing and ours look alike. Where it is not kept, the same.
  if (after === 0n) return 'cannot-tell';
  // Within one second two writes have one time.
  const couldBeBoth = times === 'whole-seconds' && Number(before) * 1000 > nowMs - SURELY_BEFORE_MS;
  if (after === before) return couldBeBoth ? 'cannot-tell' : 'not-applied';
  return after > before ? 'applied' : 'cannot-tell';
}

class LdapIntent<Server extends DirectoryServer> implements WriteIntent {
  readonly account: DirectoryAccount;
  readonly domainController: string;
  readonly historyOnReset: WriteIntent['historyOnReset'];
  readonly #dialect: Writing<Server>;
  readonly #lease: Lease<Server>;
  readonly #asked: Promise<unknown>[] = [];
  #isSpent = false;

  constructor(dialect: Writing<Server>, lease: Lease<Server>, account: DirectoryAccount) {
    this.#dialect = dialect;
    this.#lease = lease;
    this.account = account;
    this.domainController = lease.server.name;
    this.historyOnReset = dialect.historyOnReset(lease.server);
  }

  readLockout(signal: AbortSignal): Promise<LockoutFacts> {
    const facts = this.#dialect.readLockout(this.#lease, this.account, signal);
    this.#asked.push(facts);
    return facts;
  }

  apply(change: AccountChange, signal: AbortSignal): Promise<WriteResult> {
    this.#spend();
    const result = this.#dialect.write(this.#lease, this.account, change, signal);
    this.#asked.push(result);
    return result;
  }

  signIn(password: Uint8Array, signal: AbortSignal): Promise<SignInResult> {
    this.#spend();
    const result = this.#dialect.signIn(this.#lease, this.account, password, signal);
    this.#asked.push(result);
    return result;
  }

  #spend(): void {
    assert(!this.#isSpent, 'one intent is one change, or one sign-in');
    this.#isSpent = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // `return intent.apply(…)` leaves the scope of an `await using` before the answer is there.
    await Promise.allSettled(this.#asked);
    this.#lease[Symbol.dispose]();
  }
}
