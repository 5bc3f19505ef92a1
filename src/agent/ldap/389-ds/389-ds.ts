// 389 Directory Server (also inside FreeIPA) as a dialect: how its accounts are named, read and written. Knows no pool, no
// deadline, no other kind.

import { EqualityFilter } from 'ldapts';
import type { Clock } from '../../../timing/clock.js';
import type { Dialect } from '../dialect.js';
import { readOwnEntry } from '../own-entry.js';
import { everybodyWithUid, peopleNamed, peopleWith } from '../uid-and-mail.js';
import { delegationCommands } from './delegation-commands.js';
import { type DirectoryServer389, readDirectoryServer } from './directory-server.js';
import { passwordManagerChecks } from './examine-managers.js';
import { rightsChecks } from './examine-rights.js';
import { accountSearch, anchorOf, isUniqueId, readAccount } from './read-account.js';
import { readLockout } from './read-lockout.js';
import { readPolicy } from './read-policy.js';
import { writeChange } from './write-change.js';

export interface DirectoryServer389Settings {
  readonly baseDn: string;
  /** Holds people's private addresses. Default: none is read. */
  readonly resetMailAttribute?: string | undefined;
  readonly clock: Clock;
}

export function directoryServer389(settings: DirectoryServer389Settings): Dialect<DirectoryServer389> {
  const { baseDn, resetMailAttribute, clock } = settings;
  const search = accountSearch(resetMailAttribute);
  return {
    accounts: {
      search,
      singleSearch: search,
      everybody: everybodyWithUid(),
      named: (userId, { suffix }) => peopleNamed(userId, suffix),
      under: (anchor, base) =>
        isUniqueId(anchor)
          ? { base, scope: 'sub', filter: peopleWith(new EqualityFilter({ attribute: 'nsUniqueId', value: anchor })) }
          : undefined,
      readAccount: (entry, server) => readAccount(entry, { server, resetMailAttribute, nowMs: clock.nowMs() }),
    },
    passwordTimes: 'whole-seconds',
    // All that can be written to are alike: the order of the settings decides.
    // For everybody but the Directory Manager, whom the agent never is.
    historyOnReset: () => 'enforced',
    prefersToWrite: () => false,
    greet: (connection, signal) => readDirectoryServer(connection, baseDn, signal),
    readPolicy,
    readLockout: (held, account, signal) => readLockout(held, { account, nowMs: clock.nowMs() }, signal),
    readServiceAccount: ({ connection }, names, signal) =>
      readOwnEntry({ connection, names, anchorAttribute: 'nsUniqueId', anchorOf }, signal),
    write: writeChange,
    checks: (examined) => [...rightsChecks(examined), ...passwordManagerChecks(examined)],
    // Instructions there name the account as it binds: nothing has to be looked up.
    delegation: { readTrustee: async () => undefined, commands: delegationCommands },
  };
}
