// OpenLDAP as a dialect: how its accounts are named, read and written. Knows no pool, no deadline, no other kind.

import type { Clock } from '../../../timing/clock.js';
import { chosenAnchor } from '../account-anchor.js';
import type { Dialect } from '../dialect.js';
import { USUAL_PERSON } from '../person-entry.js';
import { type PersonMapSettings, personMap } from '../person-map.js';
import { signInAsPerson } from '../sign-in-as-person.js';
import { timedTrail } from '../timed-trail.js';
import { anchorAttribute, uidDialect } from '../uid-dialect.js';
import { delegationCommands } from './delegation-commands.js';
import { rightsChecks } from './examine-rights.js';
import { openLdapServerChecks } from './examine-server.js';
import { type OpenLdapServer, readOpenLdapServer } from './openldap-server.js';
import { ENTRY_UUID, readAccount, STATE_ATTRIBUTES } from './read-account.js';
import { readLockout } from './read-lockout.js';
import { historyOnReset, readPolicy } from './read-policy.js';
import { writeChange } from './write-change.js';

export interface OpenLdapSettings {
  readonly baseDn: string;
  /** Where the person's names and addresses come from. Default: `USUAL_PERSON`. */
  readonly attributes?: PersonMapSettings | undefined;
  /** What accounts are known by: `entryUUID`. */
  readonly anchor?: string | undefined;
  /** The policy of everybody who has none of their own (`ppolicy_default`), which only `cn=config` tells. Default: not known. */
  readonly passwordPolicyDn?: string | undefined;
  readonly clock: Clock;
}

/** Throws DirectoryMisconfigured for an anchor that it does not have. */
export function openLdap(settings: OpenLdapSettings): Dialect<OpenLdapServer> {
  const { baseDn, attributes = {}, anchor, passwordPolicyDn, clock } = settings;
  return uidDialect({
    identity: ENTRY_UUID,
    anchor: chosenAnchor(anchor, [ENTRY_UUID], 'OpenLDAP'),
    map: personMap(attributes, USUAL_PERSON),
    stateAttributes: STATE_ATTRIBUTES,
    schemaBinds: true,
    changes: () =>
      timedTrail({
        attribute: 'entryCSN',
        // The smallest of that time (draft-chu-ldap-csn): a number, a server, another number.
        suffix: '#000000#000#000000',
        digits: 'microseconds',
        anchor: anchorAttribute(ENTRY_UUID),
        root: ({ suffix }) => suffix.distinguishedName,
        orElse: baseDn,
        clock,
      }),
    readAccount,
    greet: (connection, signal) => readOpenLdapServer(connection, { baseDn, passwordPolicyDn }, signal),
    historyOnReset,
    readPolicy,
    readLockout,
    write: writeChange,
    signIn: ({ connection }, account, password, signal) =>
      signInAsPerson({ directory: 'openldap', connection, account, password }, signal),
    serverChecks: openLdapServerChecks,
    checks: rightsChecks,
    delegationCommands,
    clock,
  });
}
