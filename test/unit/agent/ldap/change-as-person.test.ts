// What comes of a person's bind, before anything is changed.

import { expect, test } from 'vitest';
import type { AccountState } from '../../../../src/agent/directory/directory-account.js';
import { changeAsPerson } from '../../../../src/agent/ldap/change-as-person.js';
import type { PersonConnection } from '../../../../src/agent/ldap/connection.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { aPerson } from '../../../support/fake-directory.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const refused = (code: number, passwordPolicyError?: number): PersonConnection => ({
  kind: 'refused',
  refusal: new LdapRefusal(code, ''),
  passwordPolicyError,
});

async function changeWhen(
  person: PersonConnection,
  state: Partial<AccountState> = {},
  signal = new AbortController().signal,
) {
  let wasSetAs: string | undefined;
  const result = await changeAsPerson(
    {
      directory: 'openldap',
      connection: { openAs: async () => person },
      account: aPerson({ state }),
      change: { kind: 'change', currentPassword: bytes('Lantern-Quay-58'), password: bytes('Lantern-Quay-59') },
      set: async () => {
        wasSetAs = 'person';
        return { kind: 'applied' };
      },
      setAsService: async () => {
        wasSetAs = 'service';
        return { kind: 'applied' };
      },
    },
    signal,
  );
  return { result, wasSetAs };
}

test.each<[string, PersonConnection, Partial<AccountState>, unknown, string | undefined]>([
  ['a wrong password', refused(49), {}, { kind: 'wrong-password' }, undefined],
  ['the same of an account that is locked', refused(49), { isLocked: true }, { kind: 'account-locked' }, undefined],
  [
    'or that was locked by an administrator',
    refused(49),
    { isDisabled: true },
    { kind: 'contact-administrator', reason: 'disabled' },
    undefined,
  ],
  ['a lock that is told', refused(49, 1), {}, { kind: 'account-locked' }, undefined],
  ['a right one that has expired', refused(49, 0), {}, { kind: 'applied' }, 'service'],
  ['no answer', { kind: 'unreachable' }, {}, { kind: 'not-sent' }, undefined],
  ['something that nobody knows', refused(80), {}, { kind: 'agent-fault' }, undefined],
])('%s', async (_, person, state, expected, as) => {
  const { result, wasSetAs } = await changeWhen(person, state);

  expect(result).toMatchObject(expected ?? {});
  expect(wasSetAs).toBe(as);
});

test('nobody is bound for whoever has stopped waiting', async () => {
  expect(await changeWhen(refused(49), {}, AbortSignal.abort())).toEqual({
    result: { kind: 'not-sent' },
    wasSetAs: undefined,
  });
});
