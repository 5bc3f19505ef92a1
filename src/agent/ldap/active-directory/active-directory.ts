// Active Directory as a dialect: how its accounts are named, read and written. Knows no pool, no deadline, no other kind.

import { isIP } from 'node:net';
import { AndFilter, EqualityFilter } from 'ldapts';
import { chosenAnchor } from '../account-anchor.js';
import type { Endpoint } from '../connection.js';
import type { Dialect } from '../dialect.js';
import type { GroupDialect, NumberedGroups } from '../group-members.js';
import { mappedAttributes, type PersonMapSettings, personMap } from '../person-map.js';
import { signInAsPerson } from '../sign-in-as-person.js';
import { changeTrail } from './change-trail.js';
import { delegationCommands } from './delegation-commands.js';
import { type DomainController, readDomainController } from './domain-controller.js';
import { domainChecks } from './examine-domain.js';
import { domainControllerChecks } from './examine-server.js';
import { guidBytes, guidName } from './object-guid.js';
import { CONSISTENCY_GUID, OBJECT_GUID } from './object-guid-attribute.js';
import { relativeId } from './object-sid.js';
import { readTrustee } from './own-identity.js';
import { accountSearch, readAccount, singleAccountSearch, USUAL_PERSON } from './read-account.js';
import { readLockout } from './read-lockout.js';
import { historyOnReset, readPolicy } from './read-policy.js';
import { accountsNamed, allPeople, anyAccount } from './resolve-user-id.js';
import { readServiceAccount } from './service-account.js';
import { writeChange } from './write-change.js';

export interface ActiveDirectorySettings {
  /** Where the person's names and addresses come from. Default: `USUAL_PERSON`. */
  readonly attributes?: PersonMapSettings | undefined;
  /** What accounts are known by: `objectGUID` (default) or `mS-DS-ConsistencyGuid`. */
  readonly anchor?: string | undefined;
}

/**
 * Passwords are sent on to the PDC emulator by every other domain controller, and asked there when one of them does not know
 * them yet: written there, they work everywhere at once. Each domain controller names it, whichever was reached first.
 */
function isPdcEmulator({ host, url }: Endpoint, known: ReadonlyMap<string, DomainController>): boolean {
  const pdcHostName = [...known.values()].find((server) => server.pdcHostName !== undefined)?.pdcHostName;
  if (pdcHostName === undefined) return false;
  const server = known.get(url);
  if (server !== undefined) return server.dnsHostName === pdcHostName;
  // An address does not tell who is there: connected to once, it does.
  return host === pdcHostName || isIP(host) !== 0;
}

const ANY_GROUP = new EqualityFilter({ attribute: 'objectClass', value: 'group' });

/** The primary group does not have the account among its members (MS-ADTS 3.1.1.4.5.2, `primaryGroupID`). */
const PRIMARY_GROUPS: NumberedGroups = {
  groupAttribute: 'objectSid',
  numberOf: (group) => relativeId(group.bytes('objectSid') ?? NOTHING)?.toString(),
  accountAttribute: 'primaryGroupID',
};
const NOTHING = Buffer.alloc(0);

const GROUPS: GroupDialect = {
  memberAttributes: ['member'],
  hasRanges: true,
  groupsIn: (value) => new AndFilter({ filters: [ANY_GROUP, new EqualityFilter({ attribute: 'memberOf', value })] }),
  everyGroup: ANY_GROUP,
  byNumber: PRIMARY_GROUPS,
};

/** Throws DirectoryMisconfigured for an anchor that it does not have. */
export function activeDirectory(settings: ActiveDirectorySettings = {}): Dialect<DomainController> {
  const map = personMap(settings.attributes ?? {}, USUAL_PERSON);
  const anchor = chosenAnchor(settings.anchor, [OBJECT_GUID, CONSISTENCY_GUID], 'Active Directory');
  return {
    accounts: {
      search: accountSearch({ map, anchor }),
      singleSearch: singleAccountSearch({ map, anchor }),
      everybody: allPeople(),
      named: (userId, { domain }) => accountsNamed(userId, domain, map.mail),
      under: (identity) =>
        guidBytes(identity) === undefined
          ? undefined
          : { base: guidName(identity), scope: 'base', filter: anyAccount() },
      identity: OBJECT_GUID,
      anchor,
      groups: GROUPS,
      root: ({ domain }) => domain.namingContext,
      readAccount: (entry, { domain }) => readAccount(entry, { domainName: domain.netbiosName, map, anchor }),
    },
    changes: (attributes) => changeTrail([anchor.attribute, ...mappedAttributes(map), ...attributes]),
    schemaBinds: true,
    passwordTimes: 'exact',
    greet: readDomainController,
    historyOnReset,
    prefersToWrite: isPdcEmulator,
    readPolicy,
    readLockout,
    readServiceAccount,
    write: writeChange,
    signIn: ({ connection }, account, password, signal) =>
      signInAsPerson({ directory: 'active-directory', connection, account, password }, signal),
    serverChecks: domainControllerChecks,
    checks: domainChecks,
    delegation: { readTrustee, commands: delegationCommands },
  };
}
