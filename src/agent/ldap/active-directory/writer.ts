// Writes one intent to an Active Directory: reads the account on the domain controller that will be written to, sends one
// modify there, and can find out there what became of it. Decides nothing: whether it may be written is asked before.

import { Attribute, Change } from 'ldapts';
import { assert, assertNever } from '../../../failure/assert.js';
import { Failure } from '../../../failure/failure.js';
import type { Clock } from '../../../timing/clock.js';
import { wait } from '../../../timing/waits.js';
import type { AccountAnchor, DirectoryAccount } from '../../directory/directory-account.js';
import type {
  AccountChange,
  DirectoryWriter,
  Settlement,
  UnsettledWrite,
  WriteIntent,
  WriteResult,
} from '../../directory/ports.js';
import type { ConnectionPool, Lease } from '../connection-pool.js';
import { policyHintsControl } from '../controls.js';
import { type AccountLookup, guidName } from './account-lookup.js';
import type { DomainController } from './domain-controller.js';
import { unicodePwd } from './unicode-pwd.js';
import { writeResultOf } from './write-results.js';

/**
 * When an answer was lost, the domain controller may still be at it: unchanged counts as not applied only after it stayed
 * so through all of these pauses. Together longer than the slowest reset we have seen.
 */
const SETTLE_PAUSES_MS = [0, 250, 500, 750, 1000] as const;

/** pwdLastSet takes two values only (MS-ADTS 3.1.1.5.3.2): now, and must change at the next sign-in. */
const SET_NOW = '-1';
const MUST_CHANGE = '0';

export class ActiveDirectoryWriter implements DirectoryWriter {
  readonly #pool: ConnectionPool<DomainController>;
  readonly #accounts: AccountLookup;
  readonly #clock: Clock;

  constructor(pool: ConnectionPool<DomainController>, accounts: AccountLookup, clock: Clock) {
    this.#pool = pool;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    const { lease, answer } = await this.#pool.hold(signal, (held) => this.#accounts.read(held, anchor, signal));
    if (answer !== undefined) return new ActiveDirectoryIntent(lease, answer);
    lease[Symbol.dispose]();
    return undefined;
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    try {
      using lease = await this.#pool.leaseFrom(({ name }) => name === write.domainController, signal);
      if (lease === undefined) return 'cannot-tell';
      let settlement: Settlement = 'cannot-tell';
      for (const pauseMs of SETTLE_PAUSES_MS) {
        await wait(this.#clock, pauseMs, signal);
        const account = await this.#accounts.read(lease, write.anchor, signal);
        settlement = account === undefined ? 'cannot-tell' : settlementOf(write, account);
        if (settlement !== 'not-applied') return settlement;
      }
      return settlement;
    } catch (error) {
      // Out of time, or out of reach: exactly what cannot be told.
      if (signal.aborted || error instanceof Failure) return 'cannot-tell';
      throw error;
    }
  }
}

/** What the account, read back on the same domain controller, says of a write whose answer was lost. Pure. */
export function settlementOf(write: UnsettledWrite, account: DirectoryAccount): Settlement {
  const { isLocked, passwordLastSet } = account.state;
  const before = write.passwordLastSetBefore;
  switch (write.kind) {
    case 'unlock':
      return isLocked ? 'not-applied' : 'applied';
    case 'reset':
      // 0, must change, hides when the password was set: another's doing and ours look alike.
      if (passwordLastSet === 0n) return 'cannot-tell';
      if (passwordLastSet === before) return 'not-applied';
      return passwordLastSet > before ? 'applied' : 'cannot-tell';
    default:
      return assertNever(write.kind);
  }
}

class ActiveDirectoryIntent implements WriteIntent {
  readonly account: DirectoryAccount;
  readonly domainController: string;
  readonly #lease: Lease<DomainController>;
  #underWay: Promise<WriteResult> | undefined;

  constructor(lease: Lease<DomainController>, account: DirectoryAccount) {
    this.#lease = lease;
    this.account = account;
    this.domainController = lease.controller.name;
  }

  apply(change: AccountChange, signal: AbortSignal): Promise<WriteResult> {
    assert(this.#underWay === undefined, 'one intent is one modify');
    this.#underWay = this.#modify(change, signal);
    return this.#underWay;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // `return intent.apply(…)` leaves the scope of an `await using` before the answer is there.
    await this.#underWay?.catch(() => undefined);
    this.#lease[Symbol.dispose]();
  }

  async #modify(change: AccountChange, signal: AbortSignal): Promise<WriteResult> {
    const { connection, controller } = this.#lease;
    const { policyHintsOid } = controller;
    const controls =
      change.kind === 'unlock' || policyHintsOid === undefined ? [] : [policyHintsControl(policyHintsOid)];
    const password = change.kind === 'reset' ? unicodePwd(change.password) : Buffer.alloc(0);
    try {
      const distinguishedName = guidName(this.account.anchor);
      const answer = await connection.modify(
        { distinguishedName, changes: changesOf(change, password), controls },
        signal,
      );
      return answer.kind === 'refused' ? writeResultOf(answer.refusal) : answer;
    } finally {
      // @NOTE ldapts has copied it into the request it sent, which only the garbage collector ends.
      password.fill(0);
    }
  }
}

function changesOf(change: AccountChange, password: Buffer): Change[] {
  // A reset does not unlock by itself; all attributes go in one modify, of which a directory carries out all or nothing.
  const unlocking = change.kind === 'unlock' || change.unlock ? [replace('lockoutTime', '0')] : [];
  if (change.kind === 'unlock') return unlocking;
  return [
    replace('unicodePwd', password),
    replace('pwdLastSet', change.mustChange ? MUST_CHANGE : SET_NOW),
    ...unlocking,
  ];
}

function replace(type: string, value: string | Buffer): Change {
  const modification = new Attribute(typeof value === 'string' ? { type, values: [value] } : { type, values: [value] });
  return new Change({ operation: 'replace', modification });
}
