// What is said of rights and of readability in OpenLDAP, where much cannot be told; the rest is looked at on the real server
// (test/contract/health/other-directories-checks.test.ts).

import { describe, expect, test } from 'vitest';
import {
  judgeScope,
  type SampledAccount,
  type ScopeSample,
} from '../../../../../src/agent/ldap/openldap/judge-rights.js';

const SCOPE = 'ou=people,dc=example,dc=com';

const account = (uid: string, changes: Partial<SampledAccount> = {}): SampledAccount => ({
  distinguishedName: `uid=${uid},${SCOPE}`,
  unreadable: [],
  hasPasswordTime: true,
  isPasswordSearchable: false,
  attributes: new Set(),
  writableAttributes: new Set(),
  ...changes,
});

/** As the overlay "allowed" answers. */
const allowed = (...writable: string[]): Partial<SampledAccount> => ({
  attributes: new Set(['uid', 'mail', 'userpassword']),
  writableAttributes: new Set(writable),
});

const judge = (accounts: readonly SampledAccount[], changes: Partial<ScopeSample> = {}) =>
  judgeScope({
    scope: SCOPE,
    operations: ['reset', 'unlock'],
    bindName: 'cn=svc,dc=example,dc=com',
    hasPolicies: true,
    accounts,
    ...changes,
  });

const statuses = (...judged: Parameters<typeof judge>) =>
  judge(...judged).map(({ code, status }) => `${status} ${code}`);

describe('rights', () => {
  test('cannot be told by a server as it comes; the command names a real account, in quotes', () => {
    const [finding] = judge([account("o'hara")]).filter(({ code }) => code === 'right-unlock');

    expect(finding).toMatchObject({ status: 'cannot-tell' });
    expect(finding?.advice).toContain(
      `slapacl -D 'cn=svc,dc=example,dc=com' -b 'uid=o'\\''hara,${SCOPE}' userPassword/write pwdAccountLockedTime/write pwdReset/write –`,
    );
  });

  test('are asked for as the operations need them; of nobody, on the scope itself', () => {
    const [finding] = judge([], { operations: ['unlock'] }).filter(({ code }) => code === 'right-unlock');

    expect(finding?.advice).toContain(`-b '${SCOPE}' pwdAccountLockedTime/write –`);
  });

  test.each<[string, SampledAccount[], string]>([
    ['held', [account('ada', allowed('userpassword'))], 'pass'],
    ['missing', [account('ada', allowed())], 'fail'],
    ['held on some', [account('ada', allowed()), account('kim', allowed('userpassword'))], 'warn'],
    ['told on one', [account('ada', allowed('userpassword')), account('kim')], 'pass'],
    ['told of other attributes only', [account('ada', { attributes: new Set(['uid']) })], 'cannot-tell'],
  ])('that the overlay tells are taken from it: %s', (_, accounts, status) => {
    expect(statuses(accounts)).toEqual([
      'pass accounts-readable',
      `${status} right-reset-password`,
      // Operational attributes are in no class, so that it never tells of them.
      'cannot-tell right-unlock',
      'cannot-tell right-must-change',
      'pass over-privilege',
    ]);
  });

  test('that only some changes need, missing, leave the directory open', () => {
    expect(statuses([account('ada', allowed())], { operations: ['change'] })).toContain('warn right-reset-password');
  });
});

test.each<[string, SampledAccount[], Partial<ScopeSample>, string]>([
  ['all can be read', [account('ada')], {}, 'pass'],
  ['none shows its anchor', [account('ada', { unreadable: ['entryUUID'] })], {}, 'fail'],
  ['one does not show its anchor', [account('ada', { unreadable: ['entryUUID'] }), account('kim')], {}, 'warn'],
  ['no password was ever set, or it may not be read', [account('ada', { hasPasswordTime: false })], {}, 'cannot-tell'],
  ['there is no ppolicy to say when', [account('ada', { hasPasswordTime: false })], { hasPolicies: false }, 'pass'],
  ['nobody is there', [], {}, 'cannot-tell'],
])('accounts are readable or not: %s', (_, accounts, changes, status) => {
  expect(statuses(accounts, changes)).toContain(`${status} accounts-readable`);
});

test.each<[string, SampledAccount[], string]>([
  ['stored passwords can be searched', [account('ada', { isPasswordSearchable: true }), account('kim')], 'warn'],
  ['addresses can be written', [account('ada', allowed('userpassword', 'mail'))], 'warn'],
  ['nothing of the kind', [account('ada', allowed('userpassword'))], 'pass'],
  ['nobody is there', [], 'cannot-tell'],
])('too much is told: %s', (_, accounts, status) => {
  expect(statuses(accounts)).toContain(`${status} over-privilege`);
});
