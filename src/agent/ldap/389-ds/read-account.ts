// Turns an entry of 389 Directory Server into an account as the agent knows it. Pure: an entry in, an account or what is missing out.

import { type DistinguishedName, isWithin, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { ReadAccount } from '../dialect.js';
import { generalizedTimeMs, wholeSeconds } from '../generalized-time.js';
import type { LdapEntry } from '../ldap-entry.js';
import { isMachineOrService } from '../person-entry.js';
import type { Suffix } from '../suffix.js';
import { readUidAccount, type TextAnchor, type UidReading } from '../uid-dialect.js';
import { type DirectoryServer389, rulesFor } from './directory-server.js';
import type { Rules389 } from './password-rules.js';

export type AccountReading = UidReading<Pick<DirectoryServer389, 'suffix' | 'changeCounter' | 'ownRules' | 'policies'>>;

/** As in `7d7fd0b4-e86711f1-af45acd7-719a10eb`: on every entry, also of a bulk import, which entryUUID is not. */
export const UNIQUE_ID: TextAnchor = {
  attribute: 'nsUniqueId',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/,
};

/** What FreeIPA knows its people by: it stays when they are made anew in another realm with it. */
export const IPA_UNIQUE_ID: TextAnchor = {
  attribute: 'ipaUniqueID',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
};

export function readAccount(entry: LdapEntry, { server, map, anchor, nowMs }: AccountReading): ReadAccount {
  return readUidAccount(entry, { identity: UNIQUE_ID, anchor, suffix: server.suffix, map }, () => {
    const rules = rulesFor(server, entry.text('pwdpolicysubentry'));
    const changedMs = generalizedTimeMs(entry.text('pwdUpdateTime'));
    const expiration = entry.text('passwordExpirationTime');
    const mustChange = expiration === EPOCH && rules?.isMustChangeKept !== false;
    return {
      // Nothing else is finer than a second, and what is not would pass a write for none.
      revision: server.changeCounter !== undefined ? entry.text('entryusn') : undefined,
      state: {
        isDisabled: entry.text('nsAccountLock')?.toLowerCase() === 'true',
        isLocked: isLockHeld(entry, rules, nowMs),
        mustChange,
        isPasswordExpired: mustChange || isPast(expiration, rules, nowMs),
        accountExpiresAtMs: undefined,
        cannotChangePassword: rules?.mayPeopleChange === false,
        isSmartcardRequired: false,
        isProtected: isAdministrator(entry, server.suffix),
        isServiceOrTrust: isMachineOrService(entry),
        isSystemObject: false,
        passwordLastSet: wholeSeconds(changedMs),
        passwordLastSetMs: changedMs,
      },
    };
  });
}

export const STATE_ATTRIBUTES = [
  'nsUniqueId',
  'entryusn',
  'nsAccountLock',
  'memberOf',
  'pwdpolicysubentry',
  'passwordRetryCount',
  'accountUnlockTime',
  'passwordExpirationTime',
  'pwdUpdateTime',
];

/** In `accountUnlockTime`: until somebody unlocks; in `passwordExpirationTime`: has to be changed. */
const EPOCH = '19700101000000Z';
/** What the server writes where passwords do not expire. */
const NEVER_EXPIRES = '19700101000001Z';

/** A count without a time lets the person in, and a time without a count is what a reset leaves behind. */
function isLockHeld(entry: LdapEntry, rules: Rules389 | undefined, nowMs: number): boolean {
  const unlockTime = entry.text('accountUnlockTime');
  const failures = Number(entry.integer('passwordRetryCount') ?? 0n);
  if (unlockTime === undefined || failures === 0 || rules?.failuresMax === 0) return false;
  if (failures < (rules?.failuresMax ?? 1)) return false;
  return unlockTime === EPOCH || (generalizedTimeMs(unlockTime) ?? Number.POSITIVE_INFINITY) > nowMs;
}

function isPast(expiration: string | undefined, rules: Rules389 | undefined, nowMs: number): boolean {
  if (expiration === EPOCH || expiration === NEVER_EXPIRES || rules?.doPasswordsExpire === false) return false;
  const atMs = generalizedTimeMs(expiration);
  return atMs !== undefined && atMs <= nowMs;
}

/** The groups whose members rule the directory: of every suffix that dscreate makes, and of FreeIPA. */
const ADMINISTRATORS = ['cn=Directory Administrators', 'cn=admins,cn=groups,cn=accounts'];

/** Groups come with the memberOf plugin only; without it nothing on the entry tells. */
function isAdministrator(entry: LdapEntry, { distinguishedName: suffix }: Suffix): boolean {
  const groups: DistinguishedName[] = ADMINISTRATORS.map((name) => parseDistinguishedName(`${name},${suffix}`));
  return entry.texts('memberOf').some((group) => {
    const name = parseDistinguishedName(group);
    return groups.some((administrators) => isWithin(name, administrators));
  });
}
