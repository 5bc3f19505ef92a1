// What cannot be told of rights in 389 Directory Server is said to be so; the rest is looked at on the real server
// (test/contract/health/389-ds-rights.test.ts).

import { expect, test } from 'vitest';
import { effectiveRightsOf } from '../../../../../src/agent/ldap/389-ds/effective-rights.js';
import { judgeScope, type RightsOnEntry, type ScopeRights } from '../../../../../src/agent/ldap/389-ds/judge-rights.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const SCOPE = 'ou=people,dc=example,dc=com';
const HELD = 'userPassword:wo, passwordRetryCount:wo, accountUnlockTime:wo, aci:none';

const told = (uid: string, attributeLevelRights: string, entryLevelRights = 'v'): RightsOnEntry => {
  const entry = anEntry({ dn: uid, entryLevelRights, attributeLevelRights });
  return { distinguishedName: `uid=${uid},${SCOPE}`, rights: effectiveRightsOf(entry) };
};

function judge(changes: Partial<ScopeRights>): string[] {
  const nothing = { distinguishedName: SCOPE, rights: undefined };
  const sample = {
    scope: SCOPE,
    operations: ['reset', 'unlock'],
    accounts: [],
    place: nothing,
    newcomer: nothing,
  } as const;
  return judgeScope({ ...sample, ...changes }).map(({ code, status }) => `${status} ${code}`);
}

test('where the server tells no rights, none is called missing, and none too much', () => {
  const nothing = ['cannot-tell right-reset-password', 'cannot-tell right-unlock', 'cannot-tell over-privilege'];

  expect(judge({ accounts: [told('ada', '*:50'), told('kim', '')] })).toEqual(nothing);
  expect(judge({})).toEqual(nothing);
});

test('those that are told decide, and each right by itself', () => {
  expect(judge({ accounts: [told('ada', '*:50'), told('kim', HELD)] })).toEqual([
    'pass right-reset-password',
    'pass right-unlock',
    'pass over-privilege',
  ]);
  expect(judge({ accounts: [told('kim', 'userPassword:none, passwordRetryCount:wo')] })).toEqual([
    'fail right-reset-password',
    'cannot-tell right-unlock',
    'pass over-privilege',
  ]);
});

test('an account that somebody could make is judged only where there is none', () => {
  const newcomer = told('template', HELD);

  expect(judge({ newcomer })).toContain('pass right-reset-password');
  expect(judge({ newcomer, accounts: [told('ada', '*:50')] })).toContain('cannot-tell right-reset-password');
});

// As 2.3.1 tells it now and then, where it mostly tells nothing.
test('an account that somebody could make and that could not be seen tells nothing', () => {
  const newcomer = told('template', 'userPassword:none, passwordRetryCount:none, accountUnlockTime:none', 'none');

  expect(judge({ newcomer })).toEqual([
    'cannot-tell right-reset-password',
    'cannot-tell right-unlock',
    'cannot-tell over-privilege',
  ]);
});
