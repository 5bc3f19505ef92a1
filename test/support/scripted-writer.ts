// A directory with one domain controller that does what the test says: applies, refuses, loses answers, goes away.
// Keeps the truth of what was applied, for tests to hold answers against.

import type { AccountState, DirectoryAccount } from '../../src/agent/directory/directory-account.js';
import {
  type AccountChange,
  DirectoryUnreachable,
  type DirectoryWriter,
  type LockoutFacts,
  type Settlement,
  type SignInResult,
  type UnsettledWrite,
  type WriteIntent,
  type WriteResult,
} from '../../src/agent/directory/ports.js';
import { type AccountAnchor, parseAccountAnchor } from '../../src/protocol/identifiers.js';
import { unlessAborted } from '../../src/timing/waits.js';
import { aPerson } from './fake-directory.js';

export type Step =
  | WriteResult
  | { readonly kind: 'lost-after-applying' }
  | { readonly kind: 'lost-before-applying' }
  | { readonly kind: 'throws-after-applying' };

export interface AppliedChange {
  readonly anchor: AccountAnchor;
  readonly kind: AccountChange['kind'];
  readonly password: string | undefined;
  readonly unlock: boolean;
  readonly mustChange: boolean;
}

export const ADA = parseAccountAnchor('5f2b7c1e-0000-4000-8000-00000000ada0');
export const BOB = parseAccountAnchor('5f2b7c1e-0000-4000-8000-00000000b0b0');

export class ScriptedWriter implements DirectoryWriter {
  readonly accounts = new Map<AccountAnchor, DirectoryAccount>([
    [ADA, accountOf(ADA, 'ada')],
    [BOB, accountOf(BOB, 'bob')],
  ]);
  /** What the next writes come to; applied when there is no more. */
  readonly script: Step[] = [];
  readonly applied: AppliedChange[] = [];
  /** What the next sign-ins come to, or throw; right when there is no more. */
  readonly signInScript: (SignInResult | Error)[] = [];
  /** Every sign-in that reached the directory. */
  readonly signIns: { readonly anchor: AccountAnchor; readonly password: string }[] = [];
  isReachable = true;
  canReadBack = true;
  reads = 0;
  lockout: LockoutFacts = { failures: 0, threshold: 0, lastFailureAtMs: undefined, windowMs: 0 };
  historyOnReset: WriteIntent['historyOnReset'] = 'enforced';
  intentsOpen = 0;
  /** Those that came back included. */
  intentsLent = 0;
  /** The very bytes that were handed in, to see that they are zeroed. */
  readonly seenPasswords: Uint8Array[] = [];
  writesUnderWay = 0;
  writesUnderWayMax = 0;
  /** When set, every read of an account waits for it, or until whoever asked gives up. */
  readGate: Promise<void> | undefined;
  /** When set, every write waits for it. */
  writeGate: Promise<void> | undefined;

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    signal.throwIfAborted();
    this.reads += 1;
    if (this.readGate !== undefined) await unlessAborted(this.readGate, signal);
    if (!this.isReachable) throw new DirectoryUnreachable('no domain controller answers');
    const account = this.accounts.get(anchor);
    if (account === undefined) return undefined;
    this.intentsOpen += 1;
    this.intentsLent += 1;
    return {
      account,
      domainController: 'dc1.example.com',
      historyOnReset: this.historyOnReset,
      readLockout: async () => this.lockout,
      apply: (change) => this.#apply(anchor, change),
      signIn: (password) => this.#signIn(anchor, password),
      [Symbol.asyncDispose]: async () => {
        this.intentsOpen -= 1;
      },
    };
  }

  async settle(write: UnsettledWrite): Promise<Settlement> {
    if (!this.canReadBack) return 'cannot-tell';
    const state = this.accounts.get(write.anchor)?.state;
    if (state === undefined) return 'cannot-tell';
    if (write.kind === 'unlock') return state.isLocked ? 'not-applied' : 'applied';
    return state.passwordLastSet === write.passwordLastSetBefore ? 'not-applied' : 'applied';
  }

  setState(anchor: AccountAnchor, changes: Partial<AccountState>): void {
    const account = this.accounts.get(anchor);
    if (account === undefined) throw new Error('no such account in this test');
    this.accounts.set(anchor, { ...account, state: { ...account.state, ...changes } });
  }

  async #apply(anchor: AccountAnchor, change: AccountChange): Promise<WriteResult> {
    this.writesUnderWay += 1;
    this.writesUnderWayMax = Math.max(this.writesUnderWayMax, this.writesUnderWay);
    try {
      await this.writeGate;
      return this.#carryOut(anchor, change, this.script.shift() ?? { kind: 'applied' });
    } finally {
      this.writesUnderWay -= 1;
    }
  }

  async #signIn(anchor: AccountAnchor, password: Uint8Array): Promise<SignInResult> {
    this.seenPasswords.push(password);
    this.signIns.push({ anchor, password: new TextDecoder().decode(password) });
    await this.writeGate;
    const result = this.signInScript.shift() ?? { kind: 'right', next: undefined };
    if (result instanceof Error) throw result;
    return result;
  }

  #carryOut(anchor: AccountAnchor, change: AccountChange, step: Step): WriteResult {
    if ('password' in change) this.seenPasswords.push(change.password);
    if ('currentPassword' in change) this.seenPasswords.push(change.currentPassword);
    if ('throwAway' in change) this.seenPasswords.push(change.throwAway);
    switch (step.kind) {
      case 'applied':
        this.#changeState(anchor, change);
        return step;
      case 'lost-after-applying':
        this.#changeState(anchor, change);
        return { kind: 'answer-lost' };
      case 'throws-after-applying':
        this.#changeState(anchor, change);
        throw new DirectoryUnreachable('the connection broke');
      case 'lost-before-applying':
        return { kind: 'answer-lost' };
      default:
        return step;
    }
  }

  #changeState(anchor: AccountAnchor, change: AccountChange): void {
    const before = this.accounts.get(anchor)?.state.passwordLastSet ?? 0n;
    const unlock = change.kind === 'unlock' || ('unlock' in change && change.unlock);
    this.applied.push({
      anchor,
      kind: change.kind,
      password: 'password' in change ? new TextDecoder().decode(change.password) : undefined,
      unlock,
      mustChange: 'mustChange' in change && change.mustChange,
    });
    if ('password' in change) this.setState(anchor, { passwordLastSet: before + 1n });
    if (unlock) this.setState(anchor, { isLocked: false });
  }
}

function accountOf(anchor: AccountAnchor, name: string): DirectoryAccount {
  return aPerson({
    anchor,
    samAccountName: name,
    distinguishedName: `CN=${name},OU=Staff,DC=corp,DC=example,DC=com`,
    state: { passwordLastSet: 133_801_234_567_890_123n },
  });
}
