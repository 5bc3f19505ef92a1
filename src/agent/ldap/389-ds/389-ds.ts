// 389 Directory Server (also inside FreeIPA) as a dialect: how its accounts are named, read and written. Knows no pool, no
// deadline, no other kind.

import type { Clock } from '../../../timing/clock.js';
import { chosenAnchor } from '../account-anchor.js';
import type { Dialect } from '../dialect.js';
import { USUAL_PERSON } from '../person-entry.js';
import { type PersonMapSettings, personMap } from '../person-map.js';
import { signInAsPerson } from '../sign-in-as-person.js';
import { uidDialect } from '../uid-dialect.js';
import { changeTrail } from './change-trail.js';
import { delegationCommands } from './delegation-commands.js';
import { type DirectoryServer389, readDirectoryServer } from './directory-server.js';
import { passwordManagerChecks } from './examine-managers.js';
import { rightsChecks } from './examine-rights.js';
import { directoryServerChecks } from './examine-server.js';
import { IPA_UNIQUE_ID, readAccount, STATE_ATTRIBUTES, UNIQUE_ID } from './read-account.js';
import { readLockout } from './read-lockout.js';
import { readPolicy } from './read-policy.js';
import { writeChange } from './write-change.js';

export interface DirectoryServer389Settings {
  readonly baseDn: string;
  /** Where the person's names and addresses come from. Default: `USUAL_PERSON`. */
  readonly attributes?: PersonMapSettings | undefined;
  /** What accounts are known by: `nsUniqueId` (default), or FreeIPA's `ipaUniqueID`. */
  readonly anchor?: string | undefined;
  readonly clock: Clock;
}

/** Throws DirectoryMisconfigured for an anchor that it does not have. */
export function directoryServer389(settings: DirectoryServer389Settings): Dialect<DirectoryServer389> {
  const { baseDn, attributes = {}, anchor, clock } = settings;
  return uidDialect({
    identity: UNIQUE_ID,
    anchor: chosenAnchor(anchor, [UNIQUE_ID, IPA_UNIQUE_ID], '389 Directory Server'),
    map: personMap(attributes, USUAL_PERSON),
    stateAttributes: STATE_ATTRIBUTES,
    // Whatever has the class extensibleObject may have attributes that no schema knows (seen with 2.3.1).
    schemaBinds: false,
    changes: () => changeTrail(baseDn, clock),
    readAccount,
    greet: (connection, signal) => readDirectoryServer(connection, baseDn, signal),
    // For everybody but the Directory Manager, whom the agent never is.
    historyOnReset: () => 'enforced',
    readPolicy,
    readLockout,
    write: writeChange,
    signIn: ({ connection }, account, password, signal) =>
      signInAsPerson({ directory: '389-ds', connection, account, password }, signal),
    serverChecks: directoryServerChecks,
    checks: (examined) => [...rightsChecks(examined), ...passwordManagerChecks(examined)],
    delegationCommands,
    clock,
  });
}
