// A directory in memory: the ports of src/agent/directory, with the manners of a real one and trouble on demand.
// Kept honest by the same contract suite as Active Directory; see test/contract/directory.

import type { AccountState, DirectoryAccount, PasswordPolicy } from '../../src/agent/directory/directory-account.js';
import type {
  AccountChange,
  AccountPage,
  DirectoryReader,
  DirectoryWriter,
  FoundAccount,
  Settlement,
  UnsettledWrite,
  WriteIntent,
  WriteResult,
} from '../../src/agent/directory/ports.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../src/agent/directory/ports.js';
import { type AccountAnchor, parseAccountAnchor } from '../../src/protocol/identifiers.js';

export interface PersonChanges extends Partial<Omit<DirectoryAccount, 'anchor' | 'state'>> {
  readonly anchor?: string;
  readonly state?: Partial<AccountState>;
}

/** An ordinary person of example.com, changed field by field. */
export function aPerson(changes: PersonChanges = {}): DirectoryAccount {
  const samAccountName = changes.samAccountName ?? 'ada';
  const displayName = changes.displayName ?? 'Ada Example';
  return {
    directoryId: 'corp',
    distinguishedName: `CN=${displayName},OU=People,DC=corp,DC=example,DC=com`,
    displayName,
    givenName: 'Ada',
    surname: 'Example',
    userPrincipalName: `${samAccountName}@corp.example.com`,
    samAccountName,
    domainName: 'CORP',
    mail: [`${samAccountName}@example.com`],
    resetMail: [],
    ...changes,
    anchor: parseAccountAnchor(changes.anchor ?? '3197589d-30f3-4bfb-a0e3-f8ce41b3feec'),
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
      passwordLastSet: 1000n,
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
  | { readonly kind: 'reset'; readonly unlock: boolean; readonly mustChange: boolean }
  | { readonly kind: 'unlock' };

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
}

export class FakeDirectory implements DirectoryReader, DirectoryWriter {
  /** Every modify that arrived, applied or not. */
  readonly writes: { readonly anchor: AccountAnchor; readonly change: ChangeWithoutPassword }[] = [];
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

  constructor(options: FakeDirectoryOptions) {
    this.#options = options;
    for (const person of options.people) this.put(person);
  }

  get domainController(): string {
    return this.#options.domainController ?? 'dc1.corp.example.com/fake';
  }

  put({ account, password, policy }: FakePerson): void {
    this.#people.set(account.anchor, { account, password, policy: policy ?? this.#options.policy ?? FAKE_POLICY });
  }

  remove(anchor: AccountAnchor): void {
    this.#people.delete(anchor);
  }

  passwordOf(anchor: AccountAnchor): string | undefined {
    return this.#people.get(anchor)?.password;
  }

  async find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    this.#answerOrFail(signal);
    const found = [...this.#people.values()].filter(({ account }) => namesOf(account).includes(userId.toLowerCase()));
    const [only] = found;
    if (only === undefined) return { kind: 'not-found' };
    return found.length > 1 ? { kind: 'ambiguous', count: found.length } : { kind: 'found', account: only.account };
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
    const everybody = [...this.#people.values()].map(({ account }) => account);
    const pageSize = this.#options.pageSize ?? 500;
    for (let at = 0, pages = 0; at === 0 || at < everybody.length; at += pageSize, pages += 1) {
      this.#answerOrFail(signal);
      if (pages === this.readAllFailsAfterPages) throw new DirectoryUnreachable('gone in the middle of a full read');
      const page = everybody.slice(at, at + pageSize);
      const accounts = page.filter(({ anchor }) => !this.unreadable.has(anchor));
      yield { accounts, leftOut: page.length - accounts.length };
    }
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    const account = await this.read(anchor, signal);
    if (account === undefined) return undefined;
    return {
      account,
      domainController: this.domainController,
      apply: async (change, applySignal) => this.#apply(anchor, change, applySignal),
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    const state = this.#people.get(write.anchor)?.account.state;
    const isOutOfReach = signal.aborted || this.trouble !== 'none' || write.domainController !== this.domainController;
    if (isOutOfReach || state === undefined) return 'cannot-tell';
    if (write.kind === 'unlock') return state.isLocked ? 'not-applied' : 'applied';
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

  #write(anchor: AccountAnchor, change: AccountChange): WriteResult {
    const holding = this.#people.get(anchor);
    if (holding === undefined) return { kind: 'no-such-account', evidence: { ldapResultCode: 32, win32: '00002030' } };
    if (holding.account.state.isProtected) return { kind: 'not-permitted', evidence: { ldapResultCode: 50 } };
    const { state } = holding.account;
    if (change.kind === 'unlock') {
      holding.account = { ...holding.account, state: { ...state, isLocked: false } };
      return { kind: 'applied' };
    }
    const password = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(change.password);
    if (password.length < holding.policy.lengthMin) {
      return { kind: 'refused-by-policy', rules: ['too-short'], evidence: { ldapResultCode: 19, win32: '0000052D' } };
    }
    this.#now += 1n;
    holding.password = password;
    holding.account = {
      ...holding.account,
      state: {
        ...state,
        isLocked: state.isLocked && !change.unlock,
        mustChange: change.mustChange,
        isPasswordExpired: change.mustChange,
        passwordLastSet: change.mustChange ? 0n : this.#now,
      },
    };
    return { kind: 'applied' };
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
  if (change.kind === 'unlock') return change;
  const { kind, unlock, mustChange } = change;
  return { kind, unlock, mustChange };
}
