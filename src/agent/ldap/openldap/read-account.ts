// Turns an OpenLDAP entry into an account as the agent knows it. Pure: an entry in, an account or what is missing out.
// @NOTE The overlay tells a lock by failed attempts and one by an administrator by one value only; a reset clears both.

import type { ReadAccount } from '../dialect.js';
import { generalizedTimeMs, wholeSeconds } from '../generalized-time.js';
import type { LdapEntry } from '../ldap-entry.js';
import { isMachineOrService } from '../person-entry.js';
import { readUidAccount, type TextAnchor, type UidReading } from '../uid-dialect.js';
import { type OpenLdapServer, rulesFor } from './openldap-server.js';
import type { OpenLdapRules } from './password-rules.js';

export type AccountReading = UidReading<Pick<OpenLdapServer, 'suffix' | 'hasPolicies' | 'policies' | 'defaultPolicy'>>;

/** RFC 4530 §2.1. */
export const ENTRY_UUID: TextAnchor = {
  attribute: 'entryUUID',
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
};

export function readAccount(entry: LdapEntry, { server, map, anchor, nowMs }: AccountReading): ReadAccount {
  // What is there and is no time would pass for "never".
  const end = entry.text('pwdEndTime');
  if (end !== undefined && generalizedTimeMs(end) === undefined) return { kind: 'unreadable', missing: 'pwdEndTime' };
  return readUidAccount(entry, { identity: ENTRY_UUID, anchor, suffix: server.suffix, map }, () => {
    const rules = rulesFor(server, entry.text('pwdPolicySubentry'));
    const lockedTime = entry.text('pwdAccountLockedTime');
    const changedMs = generalizedTimeMs(entry.text('pwdChangedTime'));
    const mustChange = entry.text('pwdReset')?.toUpperCase() === 'TRUE' && rules?.isMustChangeKept !== false;
    return {
      revision: entry.text('entryCSN'),
      state: {
        isDisabled: isForEver(lockedTime),
        isLocked: lockedTime !== undefined && !isForEver(lockedTime) && isLockHeld(lockedTime, rules, nowMs),
        mustChange,
        isPasswordExpired: mustChange || isTooOld(changedMs, rules, nowMs),
        accountExpiresAtMs: generalizedTimeMs(end),
        cannotChangePassword: rules?.mayPeopleChange === false,
        isSmartcardRequired: false,
        // Who is an administrator stands in the server's access rules alone: only scope and exclusions keep them out.
        isProtected: false,
        isServiceOrTrust: isMachineOrService(entry),
        isSystemObject: false,
        passwordLastSet: wholeSeconds(changedMs),
        passwordLastSetMs: changedMs,
      },
    };
  });
}

export const STATE_ATTRIBUTES = [
  'entryUUID',
  'entryCSN',
  'pwdPolicySubentry',
  'pwdAccountLockedTime',
  'pwdReset',
  'pwdChangedTime',
  'pwdEndTime',
];

/** `000001010000Z`, which only an administrator writes (draft-behera-10 §5.3.3): whoever it is on must stay out. */
function isForEver(lockedTime: string | undefined): boolean {
  return lockedTime?.startsWith('0000') ?? false;
}

/** What cannot be told counts as locked: an unlock too many does no harm, an attempt too many may. */
function isLockHeld(lockedTime: string, rules: OpenLdapRules | undefined, nowMs: number): boolean {
  const sinceMs = generalizedTimeMs(lockedTime);
  if (rules === undefined || rules.lockoutMs === 0 || sinceMs === undefined) return true;
  return nowMs < sinceMs + rules.lockoutMs;
}

function isTooOld(sinceMs: number | undefined, rules: OpenLdapRules | undefined, nowMs: number): boolean {
  if (rules === undefined || rules.ageMaxMs === 0 || sinceMs === undefined) return false;
  return nowMs >= sinceMs + rules.ageMaxMs;
}
