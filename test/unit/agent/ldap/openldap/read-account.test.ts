// An OpenLDAP entry becomes an account, or says what is missing: above all what a lock looks like, and who must stay out.

import { describe, expect, test } from 'vitest';
import { NO_RULES, type OpenLdapRules } from '../../../../../src/agent/ldap/openldap/password-rules.js';
import { ENTRY_UUID, readAccount } from '../../../../../src/agent/ldap/openldap/read-account.js';
import { USUAL_PERSON } from '../../../../../src/agent/ldap/person-entry.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const NOW_MS = Date.UTC(2026, 5, 1, 12, 0, 0);
const POLICY = 'cn=own,ou=policies,dc=example,dc=com';
const RULES: OpenLdapRules = { ...NO_RULES, isMustChangeKept: true, lockoutMs: 600_000, ageMaxMs: 86_400_000 };

type Values = Record<string, string | string[]>;

const WHOLE: Values = {
  objectClass: ['top', 'inetOrgPerson'],
  uid: 'ada',
  entryUUID: '549A97D4-7cb9-1041-9970-db4d23f92180',
  entryCSN: '20261125011439.140418Z#000000#000#000000',
};

function read(changes: Values, rules: { own?: OpenLdapRules; ofAll?: OpenLdapRules; hasPolicies?: boolean } = {}) {
  const { own, ofAll, hasPolicies = true } = rules;
  const policy = (distinguishedName: string, held: OpenLdapRules | undefined) =>
    held === undefined ? [] : [{ distinguishedName, rules: held }];
  return readAccount(anEntry({ dn: 'uid=ada,ou=People,dc=example,dc=com', ...WHOLE, ...changes }), {
    server: {
      suffix: { distinguishedName: 'dc=example,dc=com', domainName: 'example.com' },
      hasPolicies,
      policies: policy(POLICY, own),
      defaultPolicy: policy('cn=default,dc=example,dc=com', ofAll)[0],
    },
    map: USUAL_PERSON,
    anchor: ENTRY_UUID,
    nowMs: NOW_MS,
  });
}

function account(...args: Parameters<typeof read>) {
  const result = read(...args);
  if (result.kind !== 'read') throw new Error(`missing ${result.missing}`);
  return result.account;
}

test('an entry with little in it is still a person', () => {
  expect(account({})).toMatchObject({
    anchor: '549a97d4-7cb9-1041-9970-db4d23f92180',
    revision: '20261125011439.140418Z#000000#000#000000',
    samAccountName: 'ada',
    domainName: 'example.com',
    displayName: 'ada',
    userPrincipalName: undefined,
    state: { isLocked: false, isDisabled: false, passwordLastSet: 0n },
  });
});

test.each(['entryUUID', 'uid'])('an entry without %s is no account', (missing) => {
  const dn = 'cn=ada,dc=example,dc=com';
  expect(read({ [missing]: [], dn })).toEqual({ kind: 'unreadable', missing });
});

test('an account whose end is no time is not read', () => {
  expect(read({ pwdEndTime: 'soon' })).toEqual({ kind: 'unreadable', missing: 'pwdEndTime' });
});

test('of several short names the one that names the entry counts', () => {
  expect(account({ uid: ['a.example', 'ada'] }).samAccountName).toBe('ada');
});

describe('a lock', () => {
  const locked = (time: string, rules?: Parameters<typeof read>[1]) =>
    account({ pwdAccountLockedTime: time, pwdPolicySubentry: POLICY }, rules).state;

  test.each(['000001010000Z', '00000101000000Z'])(
    'by an administrator is for ever, and no lock to take away: %s',
    (time) => {
      expect(locked(time, { own: RULES })).toMatchObject({ isDisabled: true, isLocked: false });
      expect(locked(time)).toMatchObject({ isDisabled: true, isLocked: false });
    },
  );

  test('by failed attempts holds as long as the rules say, from the last of them', () => {
    expect(locked('20260601115001Z', { own: RULES }).isLocked).toBe(true);
    expect(locked('20260601115000Z', { own: RULES }).isLocked).toBe(false);
    expect(locked('20200601115000Z', { own: { ...RULES, lockoutMs: 0 } }).isLocked).toBe(true);
  });

  test('counts as one where the rules cannot be read, also while another’s can', () => {
    expect(locked('20200601115000Z').isLocked).toBe(true);
    expect(locked('20200601115000Z', { ofAll: RULES }).isLocked).toBe(true);
  });
});

test('must change only where the rules make it so, or are not known', () => {
  const mustChange = (own?: OpenLdapRules) => {
    const { state } = account({ pwdReset: 'TRUE', pwdPolicySubentry: POLICY }, own === undefined ? {} : { own });
    return [state.mustChange, state.isPasswordExpired];
  };
  expect(mustChange(RULES)).toEqual([true, true]);
  expect(mustChange()).toEqual([true, true]);
  expect(mustChange({ ...RULES, isMustChangeKept: false })).toEqual([false, false]);
});

test('expires by the rules of everybody where the entry names no others', () => {
  const isExpired = (time: string) => account({ pwdChangedTime: time }, { ofAll: RULES }).state.isPasswordExpired;
  expect(isExpired('20260531120000Z')).toBe(true);
  expect(isExpired('20260531120001Z')).toBe(false);
  expect(account({ pwdChangedTime: '20200101000000Z' }).state.isPasswordExpired).toBe(false);
});

test('ends, and may be kept from changing the password', () => {
  const { state } = account({ pwdEndTime: '20260101000000Z' }, { ofAll: { ...RULES, mayPeopleChange: false } });
  expect(state).toMatchObject({ accountExpiresAtMs: Date.UTC(2026, 0, 1), cannotChangePassword: true });
});

test('a machine with a short name is no person', () => {
  expect(account({ objectClass: ['device', 'posixAccount'] }).state.isServiceOrTrust).toBe(true);
});
