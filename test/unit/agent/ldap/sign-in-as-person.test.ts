// What a directory says to a bind as a person. That its connection is ended at once is shown in test/contract/directory.

import { PasswordPolicyControl } from 'ldapts';
import { describe, expect, test } from 'vitest';
import type { AccountState } from '../../../../src/agent/directory/directory-account.js';
import type { DirectoryKind } from '../../../../src/agent/directory/directory-kind.js';
import type { PersonBind, PersonConnection, PolicyRemarks } from '../../../../src/agent/ldap/connection.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { nextAfter, signInAsPerson } from '../../../../src/agent/ldap/sign-in-as-person.js';
import { aPerson } from '../../../support/fake-directory.js';

const password = new TextEncoder().encode('Lantern-Quay-58');
const never = new AbortController().signal;
const refused = (code: number, passwordPolicyError?: number, said = ''): PersonConnection => ({
  kind: 'refused',
  refusal: new LdapRefusal(code, said),
  passwordPolicyError,
});

interface Asked {
  readonly directory?: DirectoryKind;
  readonly state?: Partial<AccountState>;
  readonly signal?: AbortSignal;
}

async function signIn(person: PersonConnection, { directory = 'openldap', state = {}, signal = never }: Asked = {}) {
  const binds: PersonBind[] = [];
  const connection = {
    openAs: async (bind: PersonBind) => {
      binds.push(bind);
      return person;
    },
  };
  const result = await signInAsPerson({ directory, connection, account: aPerson({ state }), password }, signal);
  return { result, binds };
}

test.each<[string, PolicyRemarks, unknown]>([
  ['no remark', {}, undefined],
  ['that it must be changed', { passwordPolicyError: 2 }, 'must-change'],
  ['a count of grace logins', { graceSignInsLeft: 3 }, 'password-expired'],
  ['the last of the grace logins', { graceSignInsLeft: 0 }, 'password-expired'],
  ['that it has expired', { passwordPolicyError: 0 }, 'password-expired'],
  ['a remark that concerns no sign-in', { passwordPolicyError: 7 }, undefined],
])('of a right password a directory remarks %s', (_, remarks, next) => {
  expect(nextAfter(remarks)).toBe(next);
});

describe('a bind that does not', () => {
  test.each<[string, PersonConnection, Asked, unknown]>([
    ['is told as wrong', refused(49), {}, { kind: 'wrong-password' }],
    ['is told as expired', refused(49, 0), {}, { kind: 'right', next: 'password-expired' }],
    ['is told as locked', refused(49, 1), {}, { kind: 'account-locked' }],
    [
      'of a locked account looks like a wrong one',
      refused(49),
      { state: { isLocked: true } },
      { kind: 'account-locked' },
    ],
    [
      'of a disabled account does too',
      refused(49),
      { state: { isDisabled: true } },
      { kind: 'contact-administrator', reason: 'disabled' },
    ],
    ['gets no answer', { kind: 'unreachable' }, {}, { kind: 'no-answer' }],
    ['meets a busy server', refused(51), {}, { kind: 'no-answer' }],
    ['gets one that nobody knows', refused(80), {}, { kind: 'agent-fault', evidence: { ldapResultCode: 80 } }],
  ])('%s', async (_, person, asked, expected) => {
    expect((await signIn(person, asked)).result).toMatchObject(expected ?? {});
  });

  test('on Active Directory says why by its sub-code, which the evidence has', async () => {
    const said = '80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v4563';

    expect((await signIn(refused(49, undefined, said), { directory: 'active-directory' })).result).toEqual({
      kind: 'wrong-password',
      evidence: { ldapResultCode: 49, win32: '0000052E' },
    });
  });
});

test('a directory is asked for its remarks where it has such, anew each time', async () => {
  const askedOf = async (directory: DirectoryKind) => (await signIn(refused(49), { directory })).binds[0]?.controls;

  expect(await askedOf('active-directory')).toEqual([]);
  expect(await askedOf('389-ds')).toEqual([expect.any(PasswordPolicyControl)]);
  expect((await askedOf('openldap'))?.[0]).not.toBe((await askedOf('openldap'))?.[0]);
});

test('nobody is bound for whoever has stopped waiting', async () => {
  expect(await signIn(refused(49), { signal: AbortSignal.abort() })).toEqual({
    result: { kind: 'no-answer' },
    binds: [],
  });
});
