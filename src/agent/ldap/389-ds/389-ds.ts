// 389 Directory Server (also inside FreeIPA) as a dialect: how its accounts are named, read and written. Knows no pool, no
// deadline, no other kind.

import type { Clock } from '../../../timing/clock.js';
import type { Dialect } from '../dialect.js';
import { uidDialect } from '../uid-dialect.js';
import { changeTrail } from './change-trail.js';
import { delegationCommands } from './delegation-commands.js';
import { type DirectoryServer389, readDirectoryServer } from './directory-server.js';
import { passwordManagerChecks } from './examine-managers.js';
import { rightsChecks } from './examine-rights.js';
import { readAccount, STATE_ATTRIBUTES, UNIQUE_ID } from './read-account.js';
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
  return uidDialect({
    anchor: UNIQUE_ID,
    resetMailAttribute,
    stateAttributes: STATE_ATTRIBUTES,
    changes: () => changeTrail(baseDn, clock),
    readAccount,
    greet: (connection, signal) => readDirectoryServer(connection, baseDn, signal),
    // For everybody but the Directory Manager, whom the agent never is.
    historyOnReset: () => 'enforced',
    readPolicy,
    readLockout,
    write: writeChange,
    checks: (examined) => [...rightsChecks(examined), ...passwordManagerChecks(examined)],
    delegationCommands,
    clock,
  });
}
