// OpenLDAP as a dialect: how its accounts are named, read and written. Knows no pool, no deadline, no other kind.

import { EqualityFilter } from 'ldapts';
import type { Clock } from '../../../timing/clock.js';
import type { Dialect } from '../dialect.js';
import { readOwnEntry } from '../own-entry.js';
import { everybodyWithUid, peopleNamed, peopleWith } from '../uid-and-mail.js';
import { delegationCommands } from './delegation-commands.js';
import { rightsChecks } from './examine-rights.js';
import { openLdapServerChecks } from './examine-server.js';
import { type OpenLdapServer, readOpenLdapServer } from './openldap-server.js';
import { accountSearch, anchorOf, isEntryUuid, readAccount } from './read-account.js';
import { readLockout } from './read-lockout.js';
import { historyOnReset, readPolicy } from './read-policy.js';
import { writeChange } from './write-change.js';

export interface OpenLdapSettings {
  readonly baseDn: string;
  /** Holds people's private addresses. Default: none is read. */
  readonly resetMailAttribute?: string | undefined;
  /** The policy of everybody who has none of their own (`ppolicy_default`), which only `cn=config` tells. Default: not known. */
  readonly passwordPolicyDn?: string | undefined;
  readonly clock: Clock;
}

export function openLdap(settings: OpenLdapSettings): Dialect<OpenLdapServer> {
  const { baseDn, resetMailAttribute, passwordPolicyDn, clock } = settings;
  const search = accountSearch(resetMailAttribute);
  return {
    accounts: {
      search,
      singleSearch: search,
      everybody: everybodyWithUid(),
      named: (userId, { suffix }) => peopleNamed(userId, suffix),
      under: (anchor, base) =>
        isEntryUuid(anchor)
          ? { base, scope: 'sub', filter: peopleWith(new EqualityFilter({ attribute: 'entryUUID', value: anchor })) }
          : undefined,
      readAccount: (entry, server) => readAccount(entry, { server, resetMailAttribute, nowMs: clock.nowMs() }),
    },
    passwordTimes: 'whole-seconds',
    // All that can be written to are alike: the order of the settings decides.
    historyOnReset,
    prefersToWrite: () => false,
    greet: (connection, signal) => readOpenLdapServer(connection, { baseDn, passwordPolicyDn }, signal),
    readPolicy,
    readLockout: (held, account, signal) => readLockout(held, { account, nowMs: clock.nowMs() }, signal),
    readServiceAccount: ({ connection }, names, signal) =>
      readOwnEntry({ connection, names, anchorAttribute: 'entryUUID', anchorOf }, signal),
    write: writeChange,
    serverChecks: openLdapServerChecks,
    checks: rightsChecks,
    // Rules there name the account as it binds: nothing has to be looked up.
    delegation: { readTrustee: async () => undefined, commands: delegationCommands },
  };
}
