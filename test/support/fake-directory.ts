// A directory in memory: the ports of src/agent/directory, with the manners of a real one and trouble on demand.
// Kept honest by the same contract suite as Active Directory; see test/contract/directory.

import type { AccountState, DirectoryAccount, PasswordPolicy } from '../../src/agent/directory/directory-account.js';
import type {
  AccountChange,
  AccountPage,
  ChangeCursor,
  ChangePage,
  DirectoryFollower,
  DirectoryReader,
  DirectoryWriter,
  FoundAccount,
  PresencePage,
  Settlement,
  SignInResult,
  UnsettledWrite,
  WriteIntent,
  WriteResult,
} from '../../src/agent/directory/ports.js';
import {
  ChangesLost,
  DirectoryMisconfigured,
  DirectoryUnreachable,
  NAMESAKES_TOLD_MAX,
} from '../../src/agent/directory/ports.js';
import { type AccountAnchor, parseAccountAnchor } from '../../src/protocol/identifiers.js';

export interface PersonChanges extends Partial<Omit<DirectoryAccount, 'anchor' | 'state'>> {
  readonly anchor?: string;
  readonly state?: Partial<AccountState>;
}

/** An ordinary person of example.com, changed field by field. */
export function aPerson(changes: PersonChanges = {}): DirectoryAccount {
  const samAccountName = changes.samAccountName ?? 'ada';
  const displayName = changes.displayName ?? 'Ada Example';
  const anchor = parseAccountAnchor(changes.anchor ?? '3197589d-30f3-4bfb-a0e3-f8ce41b3feec');
  return {
    directoryId: 'corp',
    identity: anchor,
    revision: undefined,
    distinguishedName: `CN=${displayName},OU=People,DC=corp,DC=example,DC=com`,
    displayName,
    givenName: 'Ada',
    surname: 'Example',
    userPrincipalName: `${samAccountName}@corp.example.com`,
    samAccountName,
    domainName: 'CORP',
    mail: [`${samAccountName}@example.com`],
    resetMail: [],
    resetPhones: [],
    base: 'DC=corp,DC=example,DC=com',
    groups: [],
    attributes: {},
    ...changes,
    anchor,
    state: {
      isDisabled: false,
      isLocked: false,
      mustChange: false,
      isPasswordExpired: false,
      accountExpiresAtMs: undefined,
      cannotChangePassword: false,
      isSmartcardRequired: false,
      isProtected: false,
      isServiceOrTrust: false,
      isSystemObject: false,
      passwordLastSet: 1000n,
      passwordLastSetMs: undefined,
      ...changes.state,
    },
  };
}

export interface FakePerson {
  readonly account: DirectoryAccount;
  readonly password: string;
  /** Default: the directory's own. */
  readonly policy?: PasswordPolicy;
}

export interface FakeDirectoryOptions {
  readonly people: readonly FakePerson[];
  readonly policy?: PasswordPolicy;
  /** Default `dc1.corp.example.com/fake`. */
  readonly domainController?: string;
  /** Default 500. */
  readonly pageSize?: number;
}

/** What the next write meets. `answer-lost-…`: the answer never comes, after or before the write took place. */
export type FakeWriteTrouble = 'not-sent' | 'answer-lost-applied' | 'answer-lost-not-applied' | WriteResult;

export type ChangeWithoutPassword =
  | { readonly kind: 'reset' | 'reset-after-compromise'; readonly unlock: boolean; readonly mustChange: boolean }
  | { readonly kind: 'unlock' | 'change' };

export const FAKE_POLICY: PasswordPolicy = {
  source: 'domain',
  lengthMin: 8,
  mustBeComplex: true,
  historyLength: 5,
  historyOnReset: 'not-enforced',
  ageMinMs: 0,
};

interface Holding {
  account: DirectoryAccount;
  password: string;
  readonly policy: PasswordPolicy;
  readonly earlierPasswords: string[];
  failures: number;
  lastFailureAtMs: number | undefined;
}

/** As in the lab's domains. */
const FAKE_LOCKOUT_THRESHOLD = 5;

export class FakeDirectory implements DirectoryReader, DirectoryFollower, DirectoryWriter {
  /** Every modify that arrived, applied or not. */
  readonly writes: { readonly anchor: AccountAnchor; readonly change: ChangeWithoutPassword }[] = [];
  /** Every bind as a person that arrived. */
  readonly signIns: AccountAnchor[] = [];
  /** Set to make every question fail like this. */
  trouble: 'none' | 'unreachable' | 'misconfigured' = 'none';
  /** The next `apply` meets these, one each. */
  readonly writeTroubles: FakeWriteTrouble[] = [];
  /** Who is there, but cannot be read: left out of full reads. */
  readonly unreadable = new Set<AccountAnchor>();
  /** Full reads end in DirectoryUnreachable after so many pages. */
  readAllFailsAfterPages: number | undefined;
  readonly #people = new Map<AccountAnchor, Holding>();
  readonly #options: FakeDirectoryOptions;
  #now = 10_000n;
  /** How many there were so far, and the number of the last one of each account. */
  #changes = 0;
  readonly #changedAt = new Map<AccountAnchor, number>();

  constructor(options: FakeDirectoryOptions) {
    this.#options = options;
    for (const person of options.people) this.put(person);
  }

  get domainController(): string {
    return this.#options.domainController ?? 'dc1.corp.example.com/fake';
  }

  put({ account, password, policy }: FakePerson): void {
    this.#note(account.anchor);
    this.#people.set(account.anchor, {
      account: { ...account, revision: account.revision ?? '1' },
      password,
      policy: policy ?? this.#options.policy ?? FAKE_POLICY,
      earlierPasswords: [password],
      failures: 0,
      lastFailureAtMs: undefined,
    });
  }

  remove(anchor: AccountAnchor): void {
    this.#note(anchor);
    this.#people.delete(anchor);
  }

  /** Whether it gets the person in: the one in force, or, as in Active Directory for a while, the one before it. */
  takes(anchor: AccountAnchor, password: string): boolean {
    return this.#people.get(anchor)?.earlierPasswords.slice(-2).includes(password) ?? false;
  }

  passwordOf(anchor: AccountAnchor): string | undefined {
    return this.#people.get(anchor)?.password;
  }

  async find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    this.#answerOrFail(signal);
    const found = [...this.#people.values()].filter(({ account }) => namesOf(account).includes(userId.toLowerCase()));
    const [only] = found;
    if (only === undefined) return { kind: 'not-found' };
    if (found.length === 1) return { kind: 'found', account: only.account };
    const distinguishedNames = found.slice(0, NAMESAKES_TOLD_MAX).map(({ account }) => account.distinguishedName);
    return { kind: 'ambiguous', distinguishedNames };
  }

  async read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    this.#answerOrFail(signal);
    return this.#people.get(anchor)?.account;
  }

  async readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    this.#answerOrFail(signal);
    return this.#people.get(account.anchor)?.policy ?? this.#options.policy ?? FAKE_POLICY;
  }

  async *readAll(signal: AbortSignal): AsyncGenerator<AccountPage> {
    const cursor = String(this.#changes);
    const everybody = [...this.#people.values()].map(({ account }) => account);
    const pageSize = this.#options.pageSize ?? 500;
    for (let at = 0, pages = 0; at === 0 || at < everybody.length; at += pageSize, pages += 1) {
      this.#answerOrFail(signal);
      if (pages === this.readAllFailsAfterPages) throw new DirectoryUnreachable('gone in the middle of a full read');
      const page = everybody.slice(at, at + pageSize);
      const accounts = page.filter(({ anchor }) => !this.unreadable.has(anchor));
      const isLast = at + pageSize >= everybody.length;
      yield { accounts, leftOut: page.length - accounts.length, ...(isLast ? { cursor } : {}) };
    }
  }

  /** The latest change of each, in the order of the changes. */
  async *readChanges(since: ChangeCursor, signal: AbortSignal): AsyncGenerator<ChangePage> {
    this.#answerOrFail(signal);
    const from = Number(since);
    if (!Number.isInteger(from) || from > this.#changes) throw new ChangesLost('the fake directory was restored');
    const cursor = String(this.#changes);
    const changed = [...this.#changedAt].filter(([, at]) => at > from).map(([anchor]) => anchor);
    const accounts = changed.flatMap((anchor) => this.#people.get(anchor)?.account ?? []);
    const gone = changed.filter((anchor) => !this.#people.has(anchor));
    yield { accounts, gone, leftOut: 0, cursor, areGoneTold: true };
  }

  async *readPresent(signal: AbortSignal): AsyncGenerator<PresencePage> {
    this.#answerOrFail(signal);
    const anchors = [...this.#people.keys()].filter((anchor) => !this.unreadable.has(anchor));
    yield { anchors, leftOut: this.#people.size - anchors.length };
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    const account = await this.read(anchor, signal);
    if (account === undefined) return undefined;
    return {
      account,
      domainController: this.domainController,
      historyOnReset: (await this.readPolicy(account, signal)).historyOnReset,
      readLockout: async (readSignal) => {
        this.#answerOrFail(readSignal);
        const { failures, lastFailureAtMs } = this.#people.get(anchor) ?? { failures: 0, lastFailureAtMs: undefined };
        return { failures, lastFailureAtMs, threshold: FAKE_LOCKOUT_THRESHOLD, windowMs: 15 * 60_000 };
      },
      apply: async (change, applySignal) => this.#apply(anchor, change, applySignal),
      signIn: async (password, signInSignal) => this.#signIn(anchor, textOf(password), signInSignal),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    const state = this.#people.get(write.anchor)?.account.state;
    const isOutOfReach = signal.aborted || this.trouble !== 'none' || write.domainController !== this.domainController;
    if (isOutOfReach || state === undefined) return 'cannot-tell';
    const isUntouched = this.#people.get(write.anchor)?.account.revision === write.revisionBefore;
    if (isUntouched && write.revisionBefore !== undefined) return 'not-applied';
    if (write.kind === 'unlock') return state.isLocked ? 'not-applied' : 'applied';
    if (write.kind === 'reset-after-compromise' && state.passwordLastSet !== write.passwordLastSetBefore)
      return 'cannot-tell';
    if (state.passwordLastSet === 0n) return 'cannot-tell';
    return state.passwordLastSet > write.passwordLastSetBefore ? 'applied' : 'not-applied';
  }

  #apply(anchor: AccountAnchor, change: AccountChange, signal: AbortSignal): WriteResult {
    const trouble = this.writeTroubles.shift();
    if (signal.aborted || this.trouble !== 'none' || trouble === 'not-sent') return { kind: 'not-sent' };
    this.writes.push({ anchor, change: withoutPassword(change) });
    if (typeof trouble === 'object') return trouble;
    if (trouble === 'answer-lost-not-applied') return { kind: 'answer-lost' };
    const result = this.#write(anchor, change);
    return trouble === 'answer-lost-applied' ? { kind: 'answer-lost' } : result;
  }

  /** As Active Directory answers: a lock before everything, what is wrong with the account only to whoever has the password. */
  #signIn(anchor: AccountAnchor, password: string, signal: AbortSignal): SignInResult {
    const trouble = this.writeTroubles.shift();
    const holding = this.#people.get(anchor);
    if (signal.aborted || this.trouble !== 'none' || trouble !== undefined || holding === undefined) {
      return { kind: 'no-answer' };
    }
    this.signIns.push(anchor);
    const { state } = holding.account;
    if (state.isLocked) return { kind: 'account-locked', evidence: bindRefused('00000775') };
    if (!this.takes(anchor, password)) {
      this.#countFailure(holding);
      return { kind: 'wrong-password', evidence: bindRefused('0000052E') };
    }
    if (state.isDisabled) {
      return { kind: 'contact-administrator', reason: 'disabled', evidence: bindRefused('00000533') };
    }
    if ((state.accountExpiresAtMs ?? Infinity) <= Date.now()) {
      return { kind: 'contact-administrator', reason: 'account-expired', evidence: bindRefused('00000701') };
    }
    if (state.mustChange) return { kind: 'right', next: 'must-change' };
    if (state.isPasswordExpired) return { kind: 'right', next: 'password-expired' };
    holding.failures = 0;
    return { kind: 'right', next: undefined };
  }

  #countFailure(holding: Holding): void {
    holding.failures += 1;
    holding.lastFailureAtMs = Date.now();
    if (holding.failures >= FAKE_LOCKOUT_THRESHOLD) this.#touch(holding, { isLocked: true });
  }

  #write(anchor: AccountAnchor, change: AccountChange): WriteResult {
    const holding = this.#people.get(anchor);
    if (holding === undefined) return { kind: 'no-such-account', evidence: { ldapResultCode: 32, win32: '00002030' } };
    switch (change.kind) {
      case 'change':
        return this.#changePassword(holding, change);
      case 'reset-after-compromise':
        if (holding.account.state.isProtected) return { kind: 'not-permitted', evidence: { ldapResultCode: 50 } };
        this.#setPassword(holding, change.throwAway, {});
        return afterThrowAway(this.#reset(holding, change));
      case 'reset':
        if (holding.account.state.isProtected) return { kind: 'not-permitted', evidence: { ldapResultCode: 50 } };
        return this.#reset(holding, change);
      case 'unlock':
        if (holding.account.state.isProtected) return { kind: 'not-permitted', evidence: { ldapResultCode: 50 } };
        this.#touch(holding, { isLocked: false });
        return { kind: 'applied' };
    }
  }

  #reset(holding: Holding, change: Omit<Extract<AccountChange, { kind: 'reset' }>, 'kind'>): WriteResult {
    if (textOf(change.password).length < holding.policy.lengthMin) return tooShort;
    this.#setPassword(holding, change.password, {
      isLocked: holding.account.state.isLocked && !change.unlock,
      mustChange: change.mustChange,
      isPasswordExpired: change.mustChange,
    });
    if (change.mustChange) this.#touch(holding, { passwordLastSet: 0n });
    return { kind: 'applied' };
  }

  #changePassword(holding: Holding, change: Extract<AccountChange, { kind: 'change' }>): WriteResult {
    if (holding.account.state.isLocked) {
      return { kind: 'account-locked', evidence: { ldapResultCode: 19, win32: '00000775' } };
    }
    if (textOf(change.currentPassword) !== holding.password) {
      this.#countFailure(holding);
      return { kind: 'wrong-password', evidence: { ldapResultCode: 19, win32: '00000056' } };
    }
    if (textOf(change.password).length < holding.policy.lengthMin) return tooShort;
    if (holding.earlierPasswords.includes(textOf(change.password))) {
      return { kind: 'refused-by-policy', rules: ['in-history'], evidence: { ldapResultCode: 19, win32: '0000052D' } };
    }
    this.#setPassword(holding, change.password, { mustChange: false, isPasswordExpired: false });
    return { kind: 'applied' };
  }

  #setPassword(holding: Holding, password: Uint8Array, changes: Partial<AccountState>): void {
    this.#now += 1n;
    holding.password = textOf(password);
    holding.earlierPasswords.push(holding.password);
    this.#touch(holding, { ...changes, passwordLastSet: this.#now });
  }

  #touch(holding: Holding, changes: Partial<AccountState>): void {
    const { account } = holding;
    this.#note(account.anchor);
    holding.account = {
      ...account,
      revision: String(Number(account.revision ?? '0') + 1),
      state: { ...account.state, ...changes },
    };
  }

  #note(anchor: AccountAnchor): void {
    this.#changes += 1;
    this.#changedAt.set(anchor, this.#changes);
  }

  #answerOrFail(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (this.trouble === 'unreachable') throw new DirectoryUnreachable('the fake directory is away');
    if (this.trouble === 'misconfigured') throw new DirectoryMisconfigured('the fake directory refuses the agent');
  }
}

function namesOf(account: DirectoryAccount): string[] {
  const { samAccountName, domainName, userPrincipalName, mail } = account;
  const domain = `${domainName}.example.com`;
  return [
    samAccountName,
    `${domainName}\\${samAccountName}`,
    `${domain}\\${samAccountName}`,
    `${samAccountName}@${domain}`,
    ...(userPrincipalName === undefined ? [] : [userPrincipalName]),
    ...mail,
  ].map((name) => name.toLowerCase());
}

function withoutPassword(change: AccountChange): ChangeWithoutPassword {
  if (change.kind === 'unlock' || change.kind === 'change') return { kind: change.kind };
  const { kind, unlock, mustChange } = change;
  return { kind, unlock, mustChange };
}

function textOf(password: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password);
}

const tooShort: WriteResult = {
  kind: 'refused-by-policy',
  rules: ['too-short'],
  evidence: { ldapResultCode: 19, win32: '0000052D' },
};

function afterThrowAway(result: WriteResult): WriteResult {
  return result.kind === 'refused-by-policy' ? { ...result, kind: 'refused-after-throw-away' } : result;
}

const bindRefused = (win32: string) => ({ ldapResultCode: 49, win32 });
