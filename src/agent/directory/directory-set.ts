// Several directories behind the ports of one. Knows which directory an account lives in, and nothing of what a directory is.
// Promises: nobody is "not found" while a directory that could hold them is away; a name that two directories know is
// ambiguous; what was sent to one directory is settled there. Each is read whole by itself: see `member`.

import type { AccountAnchor, DirectoryAccount, PasswordPolicy } from './directory-account.js';
import type {
  DirectoryFollower,
  DirectoryReader,
  DirectoryWriter,
  FoundAccount,
  Settlement,
  UnsettledWrite,
  WriteIntent,
} from './ports.js';

/** Accounts whose directory is remembered; the oldest is forgotten first and looked for in all directories again. */
const HOMES_MAX = 100_000;

export interface Member {
  /** The `id` of the settings: no colon in it. */
  readonly id: string;
  readonly directory: DirectoryReader & DirectoryFollower & DirectoryWriter;
}

export class DirectorySet implements DirectoryReader, DirectoryWriter {
  readonly #members: readonly Member[];
  readonly #homes = new Map<AccountAnchor, Member>();
  /** Members whose last answer was a failure: nobody who was found elsewhere waits for them. */
  readonly #away = new Set<Member>();

  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /** The directory of this id alone. Throws TypeError where there is none. */
  member(directoryId: string): Member['directory'] {
    return this.#member(directoryId).directory;
  }

  /**
   * Asks every directory. One that has been away is not waited for when another knows the person: it could only make the name
   * ambiguous, and one lost directory must not stop the people of all others.
   */
  async find(userId: string, signal: AbortSignal): Promise<FoundAccount> {
    const answers = this.#askAll((directory) => directory.find(userId, signal));
    const present = await Promise.all(answers.filter(({ wasAway }) => !wasAway).map(({ answer }) => answer));
    const soon = foundIn(present);
    if (soon !== undefined) return this.#remembered(soon);
    const all = await Promise.all(answers.map(({ answer }) => answer));
    const late = foundIn(all);
    if (late !== undefined) return this.#remembered(late);
    throwFirstFailure(all);
    return { kind: 'not-found' };
  }

  async read(anchor: AccountAnchor, signal: AbortSignal): Promise<DirectoryAccount | undefined> {
    const home = this.#homes.get(anchor);
    if (home !== undefined) return home.directory.read(anchor, signal);
    const answers = await Promise.all(
      this.#askAll((directory) => directory.read(anchor, signal)).map(({ answer }) => answer),
    );
    const account = answers.flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : [])).find(Boolean);
    if (account === undefined) throwFirstFailure(answers);
    else this.#remember(account);
    return account;
  }

  readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy> {
    return this.member(account.directoryId).readPolicy(account, signal);
  }

  async prepare(anchor: AccountAnchor, signal: AbortSignal): Promise<WriteIntent | undefined> {
    const home = this.#homes.get(anchor) ?? (await this.#findHome(anchor, signal));
    const intent = await home?.directory.prepare(anchor, signal);
    if (home === undefined || intent === undefined) return undefined;
    return {
      account: intent.account,
      domainController: `${home.id}:${intent.domainController}`,
      historyOnReset: intent.historyOnReset,
      readLockout: (readSignal) => intent.readLockout(readSignal),
      apply: (change, applySignal) => intent.apply(change, applySignal),
      signIn: (password, signInSignal) => intent.signIn(password, signInSignal),
      [Symbol.asyncDispose]: () => intent[Symbol.asyncDispose](),
    };
  }

  async settle(write: UnsettledWrite, signal: AbortSignal): Promise<Settlement> {
    const [, id, domainController] = /^([^:]*):(.*)$/s.exec(write.domainController) ?? [];
    const member = this.#members.find((candidate) => candidate.id === id);
    // A directory that was taken out of the settings, or never was in them.
    if (member === undefined || domainController === undefined) return 'cannot-tell';
    return member.directory.settle({ ...write, domainController }, signal);
  }

  async #findHome(anchor: AccountAnchor, signal: AbortSignal): Promise<Member | undefined> {
    const [only, ...others] = this.#members;
    // Nowhere else to look: preparing reads the account anyway.
    if (others.length === 0) return only;
    const account = await this.read(anchor, signal);
    return account === undefined ? undefined : this.#member(account.directoryId);
  }

  #member(directoryId: string): Member {
    const member = this.#members.find(({ id }) => id === directoryId);
    if (member === undefined) throw new TypeError(`an account of directory "${directoryId}", which is not in this set`);
    return member;
  }

  #askAll<T>(ask: (directory: Member['directory']) => Promise<T>): { wasAway: boolean; answer: Promise<Answer<T>> }[] {
    return this.#members.map((member) => ({
      wasAway: this.#away.has(member),
      answer: ask(member.directory).then(
        (value) => {
          this.#away.delete(member);
          return { kind: 'answered' as const, value };
        },
        (failure: unknown) => {
          this.#away.add(member);
          return { kind: 'failed' as const, failure };
        },
      ),
    }));
  }

  #remembered(found: FoundAccount): FoundAccount {
    if (found.kind === 'found') this.#remember(found.account);
    return found;
  }

  #remember({ anchor, directoryId }: DirectoryAccount): void {
    this.#homes.delete(anchor);
    this.#homes.set(anchor, this.#member(directoryId));
    const [oldest] = this.#homes.keys();
    if (this.#homes.size > HOMES_MAX && oldest !== undefined) this.#homes.delete(oldest);
  }
}

type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: unknown };

/** The one account, or that there are several; undefined when no directory that answered knows anybody. */
function foundIn(answers: readonly Answer<FoundAccount>[]): FoundAccount | undefined {
  const known = answers
    .flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : []))
    .filter((found) => found.kind !== 'not-found');
  const [only] = known;
  if (known.length <= 1) return only;
  return {
    kind: 'ambiguous',
    distinguishedNames: known.flatMap((found) =>
      found.kind === 'ambiguous' ? found.distinguishedNames : [found.account.distinguishedName],
    ),
  };
}

function throwFirstFailure(answers: readonly Answer<unknown>[]): void {
  for (const answer of answers) if (answer.kind === 'failed') throw answer.failure;
}
