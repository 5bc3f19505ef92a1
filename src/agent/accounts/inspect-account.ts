// Answers the front door's question about one account, live: who it is, what may be done, which rules its password must meet.
// Reads only. A directory that cannot be read is `try-later`, never `not-found`.

import { Failure } from '../../failure/failure.js';
import type { Disposition } from '../../protocol/dispositions.js';
import type { AccountSubject } from '../../protocol/frames.js';
import type { Inspection } from '../../protocol/managed-accounts.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryReader, FoundAccount } from '../directory/ports.js';
import type { RuleMode } from '../passwords/rule-verdicts.js';
import { toManagedAccount } from './managed-account.js';
import type { ToldGroup } from './told-groups.js';

export interface InspectDeps {
  readonly reader: DirectoryReader;
  readonly decideDisposition: (account: DirectoryAccount) => Disposition;
  /** Of which groups of the account's directory the front door is told. */
  readonly toldGroups: (account: DirectoryAccount) => readonly ToldGroup[];
  /** How the agent's own rule on banned words is set. */
  readonly bannedWords: RuleMode;
  readonly events: InspectEvents;
}

export interface InspectEvents {
  /** The directory could not be read for a question of the front door. */
  inspectionFailed(event: { readonly failure: unknown }): void;
}

/** Throws only for our own mistakes and the signal. */
export async function inspectAccount(
  deps: InspectDeps,
  subject: AccountSubject,
  signal: AbortSignal,
): Promise<Inspection> {
  try {
    const found = await findSubject(deps.reader, subject, signal);
    if (found.kind !== 'found') return { kind: found.kind };
    const { account } = found;
    const policy = await deps.reader.readPolicy(account, signal);
    const { isLocked, mustChange } = account.state;
    return {
      kind: 'found',
      account: toManagedAccount(account, deps.decideDisposition(account), deps.toldGroups(account)),
      // Only what refuses is told: nobody is shown a rule that is in audit.
      policy: deps.bannedWords === 'enforce' ? { ...policy, bannedWords: 'enforced' } : policy,
      isLocked,
      mustChange,
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    deps.events.inspectionFailed({ failure: error });
    return { kind: 'try-later', reason: 'directory-unreachable' };
  }
}

async function findSubject(
  reader: DirectoryReader,
  subject: AccountSubject,
  signal: AbortSignal,
): Promise<FoundAccount> {
  if (subject.kind === 'anchor') {
    const account = await reader.read(subject.anchor, signal);
    return account === undefined ? { kind: 'not-found' } : { kind: 'found', account };
  }
  const userId = canonicalUserId(subject.userId);
  return userId === undefined ? { kind: 'not-found' } : reader.find(userId, signal);
}
