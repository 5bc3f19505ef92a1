// Accounts looked up and read over a connection that answers what a test says, in the dialect of Active Directory.

import { AccountLookup } from '../../src/agent/ldap/account-lookup.js';
import {
  type ActiveDirectorySettings,
  activeDirectory,
} from '../../src/agent/ldap/active-directory/active-directory.js';
import type { DomainController } from '../../src/agent/ldap/active-directory/domain-controller.js';
import type { SearchPage } from '../../src/agent/ldap/connection.js';
import { DirectoryWalk, type Walking } from '../../src/agent/ldap/directory-walk.js';
import { GroupMembers } from '../../src/agent/ldap/group-members.js';
import type { LdapEntry } from '../../src/agent/ldap/ldap-entry.js';
import { readManagedBases } from '../../src/agent/ldap/managed-bases.js';
import { parseAccountAnchor } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { anEntry } from './ldap-entries.js';
import { aDescriptor } from './security-descriptors.js';

export const ANCHOR = parseAccountAnchor('f4c2ce4e-1f08-4358-abdc-fe3f035af4cd');

export function anAccountEntry(changes: Record<string, string | string[] | Buffer> = {}) {
  return anEntry({
    objectGUID: Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex'),
    nTSecurityDescriptor: aDescriptor([]),
    sAMAccountName: 'ada',
    userAccountControl: '512',
    'msDS-User-Account-Control-Computed': '0',
    dn: 'CN=Ada,OU=People,DC=corp',
    ...changes,
  });
}

const BASE = 'OU=People,DC=corp';

export function aLookup(settings: ActiveDirectorySettings = {}) {
  const told: unknown[] = [];
  const { accounts, changes } = activeDirectory(settings);
  const lookup = new AccountLookup({
    directoryId: 'corp',
    dialect: accounts,
    baseDn: BASE,
    bases: readManagedBases(BASE, []),
    attributes: [],
    groupMembers: new GroupMembers({ groups: [], dialect: accounts.groups, clock: systemClock }),
    events: {
      domainControllerFailed: (event) => told.push(event),
      accountUnreadable: (event) => told.push({ unreadable: event }),
      permissionsUnreadable: (event) => told.push({ permissions: event }),
    },
  });
  const walk = new DirectoryWalk({
    accounts: lookup,
    dialect: accounts,
    changes: changes([]),
    bases: readManagedBases(BASE, []),
    pageSize: 5,
  });
  return { lookup, walk, told };
}

/** Answers each search by the next of `answers`, each page by the next of `pages`, each question for changes by the next of `changes`. */
export function aLease(
  answers: readonly (LdapEntry[] | Error)[],
  pages: readonly SearchPage[] = [],
  changes: readonly (readonly LdapEntry[])[] = [],
): Walking<DomainController> {
  const [searches, rest, told] = [[...answers], [...pages], [...changes]];
  return {
    connection: {
      search: async () => {
        const answer = searches.shift() ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      searchChanges: async () => ({ entries: [...(told.shift() ?? [])], isMore: false, cookie: Buffer.from('on') }),
      searchPage: async () => rest.shift() ?? { entries: [], nextCookie: Buffer.from('more') },
    },
    server: {
      name: 'dc1',
      dnsHostName: 'dc1',
      pdcHostName: undefined,
      invocationId: undefined,
      policyHintsOid: undefined,
      domain: { namingContext: 'DC=corp', dnsName: 'corp', netbiosName: 'CORP' },
    },
  };
}
