// An entry of 389 Directory Server becomes an account, or says what is missing: above all what is a lock and what is not.

import { describe, expect, test } from 'vitest';
import type { Rules389 } from '../../../../../src/agent/ldap/389-ds/password-rules.js';
import { readAccount, UNIQUE_ID } from '../../../../../src/agent/ldap/389-ds/read-account.js';
import { USUAL_PERSON } from '../../../../../src/agent/ldap/person-entry.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const NOW_MS = Date.UTC(2026, 5, 1, 12, 0, 0);
const RULES: Rules389 = {
  lengthMin: 8,
  kindsMin: 3,
  historyLength: 5,
  ageMinMs: 0,
  doPasswordsExpire: true,
  failuresMax: 3,
  failureWindowMs: 600_000,
  isMustChangeKept: true,
  mayPeopleChange: true,
};

type Values = Record<string, string | string[]>;

const WHOLE: Values = {
  objectClass: ['top', 'inetOrgPerson'],
  uid: 'ada',
  nsUniqueId: '7d7fd0b4-e86711f1-af45acd7-719a10eb',
  entryusn: '17',
};

function read(changes: Values, rules: Rules389 | undefined = RULES, countsChanges = true) {
  return readAccount(anEntry({ dn: 'uid=ada,ou=People,dc=example,dc=com', ...WHOLE, ...changes }), {
    server: {
      suffix: { distinguishedName: 'dc=example,dc=com', domainName: 'example.com' },
      changeCounter: countsChanges ? 'lastusn;userroot' : undefined,
      ownRules: rules,
      policies: [],
    },
    map: USUAL_PERSON,
    anchor: UNIQUE_ID,
    nowMs: NOW_MS,
  });
}

function account(...args: Parameters<typeof read>) {
  const result = read(...args);
  if (result.kind !== 'read') throw new Error(`missing ${result.missing}`);
  return result.account;
}

const withoutRules = (changes: Values) => {
  const { nsUniqueId = [] } = WHOLE;
  // An entry that names a policy which cannot be read has no rules that are known.
  return account({ nsUniqueId, pwdpolicysubentry: 'cn=hidden,dc=example,dc=com', ...changes });
};

test('an entry with little in it is still a person', () => {
  expect(account({})).toMatchObject({
    anchor: '7d7fd0b4-e86711f1-af45acd7-719a10eb',
    revision: '17',
    displayName: 'ada',
    state: { isLocked: false, isDisabled: false, passwordLastSet: 0n, isProtected: false },
  });
});

test.each(['nsUniqueId', 'uid'])('an entry without %s is no account', (missing) => {
  expect(read({ [missing]: [], dn: 'cn=ada,dc=example,dc=com' })).toEqual({ kind: 'unreadable', missing });
});

test('a number that is not counted on any more says nothing', () => {
  expect(account({}, RULES, false).revision).toBeUndefined();
});

describe('a lock', () => {
  test.each([
    ['both, for ever', { passwordRetryCount: '3', accountUnlockTime: '19700101000000Z' }, true],
    ['both, for a while yet', { passwordRetryCount: '4', accountUnlockTime: '20260601120001Z' }, true],
    ['both, and over', { passwordRetryCount: '3', accountUnlockTime: '20260601120000Z' }, false],
    ['attempts that do not suffice', { passwordRetryCount: '2', accountUnlockTime: '19700101000000Z' }, false],
    ['attempts without a time', { passwordRetryCount: '3' }, false],
    ['a time that a reset left behind', { passwordRetryCount: '0', accountUnlockTime: '19700101000000Z' }, false],
  ])('%s', (_, values, isLocked) => {
    expect(account(values).state.isLocked).toBe(isLocked);
  });

  test('is one by any attempt where the rules cannot be read, and never where nothing locks', () => {
    const values = { passwordRetryCount: '1', accountUnlockTime: '19700101000000Z' };
    expect(withoutRules(values).state.isLocked).toBe(true);
    expect(account({ ...values, passwordRetryCount: '9' }, { ...RULES, failuresMax: 0 }).state.isLocked).toBe(false);
  });
});

test.each<[string, Partial<Rules389>, boolean, boolean]>([
  ['19700101000000Z', {}, true, true],
  ['19700101000000Z', { isMustChangeKept: false }, false, false],
  ['19700101000001Z', {}, false, false],
  ['20260601120000Z', {}, false, true],
  ['20260601120000Z', { doPasswordsExpire: false }, false, false],
  ['20260601120001Z', {}, false, false],
])('passwordExpirationTime %s with %j: must change %s, expired %s', (time, rules, mustChange, isPasswordExpired) => {
  const { state } = account({ passwordExpirationTime: time }, { ...RULES, ...rules });
  expect(state).toMatchObject({ mustChange, isPasswordExpired });
});

test('disabled, and kept from changing the password', () => {
  expect(account({ nsAccountLock: 'TRUE' }, { ...RULES, mayPeopleChange: false }).state).toMatchObject({
    isDisabled: true,
    cannotChangePassword: true,
  });
});

test.each([
  ['cn=Directory Administrators,dc=example,dc=com', true],
  ['CN=admins,cn=groups,cn=accounts,DC=example,dc=com', true],
  ['cn=admins,dc=example,dc=com', false],
  ['cn=Directory Administrators,dc=other,dc=com', false],
])('membership of %s protects: %s', (memberOf, isProtected) => {
  expect(account({ memberOf: ['cn=staff,dc=example,dc=com', memberOf] }).state.isProtected).toBe(isProtected);
});
