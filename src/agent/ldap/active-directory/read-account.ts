// Turns an Active Directory entry into an account as the agent knows it. Pure: an entry in, an account or what is missing out.
// Never guesses: an account of which the decisive attributes cannot be read is no account, and permissions that cannot be
// read count as denied.

import type { AnchorAttribute } from '../change-trail.js';
import { daclOnlyControl } from '../controls.js';
import type { ReadAccount, WhatIsAsked } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { addressesFrom, mappedAttributes, nameFrom, type PersonMap } from '../person-map.js';
import { readAccountControl, readComputedControl } from './account-control.js';
import { accountExpiryMs, filetimeMs } from './filetime.js';
import { OBJECT_GUID } from './object-guid-attribute.js';
import { relativeId, sidText } from './object-sid.js';
import { isProtectedGroup } from './protected-groups.js';
import { deniesPasswordChange, MalformedSecurityDescriptor } from './security-descriptor.js';

export interface AccountReading {
  readonly domainName: string;
  readonly map: PersonMap;
  /** What accounts are known by. */
  readonly anchor: AnchorAttribute;
}

export const USUAL_PERSON: PersonMap = {
  displayName: [{ attribute: 'displayName' }, { attribute: 'cn' }],
  givenName: [{ attribute: 'givenName' }],
  surname: [{ attribute: 'sn' }],
  mail: [{ attribute: 'mail' }, { attribute: 'proxyAddresses', transform: 'smtp-address' }],
  resetMail: [{ attribute: 'otherMailbox' }],
  // Off: whoever is signed in may write their own numbers (the property set Personal-Information), unless that was taken from them.
  resetPhones: [],
};

/** What every search for accounts asks for. */
export function accountSearch({ map, anchor }: Pick<AccountReading, 'map' | 'anchor'>): WhatIsAsked {
  return {
    attributes: [...new Set([...ACCOUNT_ATTRIBUTES, anchor.attribute, ...mappedAttributes(map)])],
    controls: [daclOnlyControl()],
  };
}

/** What a search for one entry may ask for besides: its groups, nested ones too, which a directory computes one by one. */
export function singleAccountSearch(reading: Pick<AccountReading, 'map' | 'anchor'>): WhatIsAsked {
  const { attributes, controls = [] } = accountSearch(reading);
  return {
    attributes: [...attributes, 'tokenGroups'],
    controls,
  };
}

export function readAccount(entry: LdapEntry, { domainName, map, anchor: knownBy }: AccountReading): ReadAccount {
  const anchor = knownBy.of(entry);
  const identity = OBJECT_GUID.of(entry);
  const samAccountName = entry.text('sAMAccountName');
  const userAccountControl = entry.integer('userAccountControl');
  const computedControl = entry.integer('msDS-User-Account-Control-Computed');
  if (identity === undefined) return unreadable(OBJECT_GUID.attribute);
  if (anchor === undefined) return unreadable(knownBy.attribute);
  if (samAccountName === undefined) return unreadable('sAMAccountName');
  if (userAccountControl === undefined) return unreadable('userAccountControl');
  if (computedControl === undefined) return unreadable('msDS-User-Account-Control-Computed');
  // What is there and is no number would pass for "never".
  const malformed = DECIDING_TIMES.find((name) => entry.integer(name) === undefined && entry.text(name) !== undefined);
  if (malformed !== undefined) return unreadable(malformed);

  const control = readAccountControl(Number(userAccountControl));
  const computed = readComputedControl(Number(computedControl));
  const passwordLastSet = entry.integer('pwdLastSet') ?? 0n;
  const mayNotChange = isPasswordChangeDenied(entry);
  return {
    kind: 'read',
    arePermissionsReadable: mayNotChange !== undefined,
    account: {
      anchor,
      distinguishedName: entry.distinguishedName,
      identity,
      revision: entry.text('uSNChanged'),
      displayName: nameFrom(map.displayName, entry) ?? samAccountName,
      givenName: nameFrom(map.givenName, entry),
      surname: nameFrom(map.surname, entry),
      userPrincipalName: entry.text('userPrincipalName'),
      samAccountName,
      domainName,
      mail: addressesFrom(map.mail, entry),
      resetMail: addressesFrom(map.resetMail, entry),
      resetPhones: addressesFrom(map.resetPhones, entry),
      state: {
        isDisabled: control.isDisabled,
        isLocked: computed.isLocked,
        // 0 means nothing for a password that never expires (MS-ADTS 3.1.1.4.5.17).
        mustChange: passwordLastSet === 0n && !control.doesPasswordNeverExpire,
        isPasswordExpired: computed.isPasswordExpired,
        accountExpiresAtMs: accountExpiryMs(entry.integer('accountExpires')),
        cannotChangePassword: mayNotChange ?? true,
        isSmartcardRequired: control.isSmartcardRequired,
        isProtected: isProtectedEntry(entry),
        isServiceOrTrust: control.isMachineOrTrust || isServiceEntry(entry),
        isSystemObject: entry.text('isCriticalSystemObject') === 'TRUE',
        passwordLastSet,
        passwordLastSetMs: filetimeMs(passwordLastSet),
      },
    },
  };
}

const DECIDING_TIMES = ['pwdLastSet', 'accountExpires'];

/** What an account is read from, besides what the map says of its person. */
export const ACCOUNT_ATTRIBUTES = [
  'objectClass',
  'userPrincipalName',
  'sAMAccountName',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'pwdLastSet',
  'uSNChanged',
  'accountExpires',
  'adminCount',
  'isCriticalSystemObject',
  'msDS-SecondaryKrbTgtNumber',
  'objectGUID',
  'objectSid',
  'nTSecurityDescriptor',
];

/** Relative identifiers of built-in accounts (MS-ADTS 6.1.1.6). */
const BUILT_IN_ADMINISTRATOR = 500;
const KRBTGT = 502;
/** Computers and every kind of managed service account, which are classes derived from it or beside it. */
const SERVICE_CLASSES = [
  'computer',
  'msds-managedserviceaccount',
  'msds-groupmanagedserviceaccount',
  'msds-delegatedmanagedserviceaccount',
];

/** adminCount comes up to an hour after the membership (MS-ADTS 3.1.1.6.1.2): until then only the groups tell. */
function isProtectedEntry(entry: LdapEntry): boolean {
  return (
    entry.integer('adminCount') === 1n ||
    relativeIdOf(entry) === BUILT_IN_ADMINISTRATOR ||
    entry.allBytes('tokenGroups').some((sid) => isProtectedGroup(sidText(sid) ?? ''))
  );
}

function isServiceEntry(entry: LdapEntry): boolean {
  return (
    entry.keywords('objectClass').some((name) => SERVICE_CLASSES.includes(name)) ||
    entry.text('msDS-SecondaryKrbTgtNumber') !== undefined ||
    relativeIdOf(entry) === KRBTGT
  );
}

function relativeIdOf(entry: LdapEntry): number | undefined {
  return relativeId(entry.bytes('objectSid') ?? Buffer.alloc(0));
}

/** Undefined when it cannot be read. */
function isPasswordChangeDenied(entry: LdapEntry): boolean | undefined {
  const descriptor = entry.bytes('nTSecurityDescriptor');
  if (descriptor === undefined) return undefined;
  try {
    return deniesPasswordChange(descriptor);
  } catch (error) {
    if (error instanceof MalformedSecurityDescriptor) return undefined;
    throw error;
  }
}

function unreadable(missing: string): ReadAccount {
  return { kind: 'unreadable', missing };
}
