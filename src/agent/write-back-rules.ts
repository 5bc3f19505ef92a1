// The settings' write-back parts as the rules that decide-disposition.ts takes. Wiring, apart because two commands need it.

import { hash } from 'node:crypto';
import type { Disposition } from '../protocol/dispositions.js';
import type { AccountAnchor } from '../protocol/identifiers.js';
import { AGENT_OPERATIONS, type AgentOperation } from '../protocol/operations.js';
import { decideDisposition, type WriteBackRules } from './accounts/decide-disposition.js';
import { judgeManaged, type ManagedVerdict } from './accounts/judge-managed.js';
import type { ToldGroup } from './accounts/told-groups.js';
import type { DirectoryConfig } from './config.js';
import type { DirectoryAccount } from './directory/directory-account.js';

export interface ServiceAccounts {
  /** Those that the directories have told. */
  readonly identities: readonly AccountAnchor[];
  /** The names of all, as they stand in the settings: known before any directory answers. */
  readonly bindNames: readonly string[];
}

/** Of every directory, since several may lie in one forest: none of them must be written to, by any. */
export function serviceAccountsOf(
  directories: readonly DirectoryConfig[],
  identities: readonly (AccountAnchor | undefined)[],
): ServiceAccounts {
  return {
    identities: identities.flatMap((identity) => identity ?? []),
    bindNames: directories.map(({ bindName }) => bindName),
  };
}

export function writeBackRulesOf({ managed, writeBack }: DirectoryConfig, ours: ServiceAccounts): WriteBackRules {
  return {
    managed,
    isOn: writeBack.isOn,
    operations: {
      reset: writeBack.operations.includes('reset'),
      unlock: writeBack.operations.includes('unlock'),
      change: writeBack.operations.includes('change'),
      signIn: writeBack.operations.includes('sign-in'),
    },
    scopeBases: writeBack.scope,
    excludedBases: writeBack.excluded,
    excludedIdentities: ours.identities,
    excludedSignInNames: ours.bindNames,
  };
}

/** What is done where resets are, and needs nothing that they do not need. */
const AS_RESETS: readonly AgentOperation[] = ['reset-after-compromise', 'invalidate-password'];

/**
 * What any of the directories is open to; each account's own directory decides once more. One that writes nothing back is asked
 * for writes all the same, to say so of each account. Not for sign-ins: a page for them is offered where somebody may.
 */
export function operationsOf(directories: readonly Pick<DirectoryConfig, 'writeBack'>[]): AgentOperation[] {
  const enabled = new Set<AgentOperation>(
    directories.flatMap(({ writeBack: { isOn, operations } }) =>
      operations.filter((operation) => isOn || operation !== 'sign-in'),
    ),
  );
  return AGENT_OPERATIONS.filter((operation) => enabled.has(AS_RESETS.includes(operation) ? 'reset' : operation));
}

/**
 * What may be done in each directory. Nothing before the directory has told which account is ours there, and nothing while its
 * checks say that nothing can be done.
 */
export class LiveRules {
  readonly #directories: readonly DirectoryConfig[];
  readonly #identities = new Map<string, AccountAnchor | undefined>();
  readonly #shut = new Map<string, Disposition>();
  /** By directory, made when they are first asked for: every account of a pass is decided by them. */
  readonly #made = new Map<string, WriteBackRules>();

  constructor(directories: readonly DirectoryConfig[]) {
    this.#directories = directories;
  }

  /** How often what is decided by has changed. */
  news = 0;

  learn(directoryId: string, bindIdentity: AccountAnchor | undefined): void {
    if (!this.#identities.has(directoryId) || this.#identities.get(directoryId) !== bindIdentity) this.news += 1;
    this.#identities.set(directoryId, bindIdentity);
    this.#made.clear();
  }

  /** What everybody of the directory is answered from now on; undefined opens it. True if that is news. */
  shut(directoryId: string, because: Disposition | undefined): boolean {
    const before = this.#shut.get(directoryId);
    if (because === undefined) this.#shut.delete(directoryId);
    else this.#shut.set(directoryId, because);
    const isNews = before?.kind !== because?.kind;
    if (isNews) this.news += 1;
    return isNews;
  }

  /** Another word whenever the same account may be decided or read otherwise, for a reason of ours. */
  word(directoryId: string, software: string): string {
    const parts = [software, this.#directories, [...this.#identities].toSorted(), this.#shut.get(directoryId)];
    return hash('sha256', JSON.stringify(parts), 'base64url');
  }

  /** Whether the mirror holds it, and why. Throws TypeError for an account of another's directory. */
  judgeManaged(account: DirectoryAccount): ManagedVerdict {
    const directory = this.#directories.find(({ id }) => id === account.directoryId);
    if (directory === undefined)
      throw new TypeError(`an account of directory "${account.directoryId}", which is not ours`);
    return judgeManaged(account, directory.managed);
  }

  /** Of which groups of the account's directory the front door is told. */
  toldGroups(account: Pick<DirectoryAccount, 'directoryId'>): readonly ToldGroup[] {
    return this.#directories.find(({ id }) => id === account.directoryId)?.tellGroups ?? [];
  }

  decide(account: DirectoryAccount, nowMs: number): Disposition {
    const directory = this.#directories.find(({ id }) => id === account.directoryId);
    if (directory === undefined || !this.#identities.has(directory.id)) {
      return { kind: 'try-later', reason: 'directory-unreachable' };
    }
    const disposition = decideDisposition(account, this.#rulesOf(directory), nowMs);
    // Whoever has a reason of their own is told that: it would still hold if the directory were open.
    return disposition.kind === 'write-back' ? (this.#shut.get(directory.id) ?? disposition) : disposition;
  }

  #rulesOf(directory: DirectoryConfig): WriteBackRules {
    const made = this.#made.get(directory.id);
    if (made !== undefined) return made;
    const ours = serviceAccountsOf(this.#directories, [...this.#identities.values()]);
    const rules = writeBackRulesOf(directory, ours);
    this.#made.set(directory.id, rules);
    return rules;
  }
}
