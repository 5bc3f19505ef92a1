// Must-change on OpenLDAP is a second operation: whatever becomes of it, nobody is told "done" when only the first went through.

import { describe, expect, test } from 'vitest';
import type { WriteResult } from '../../../../../src/agent/directory/ports.js';
import { LdapConnection, parseEndpoint } from '../../../../../src/agent/ldap/connection.js';
import { NO_RULES } from '../../../../../src/agent/ldap/openldap/password-rules.js';
import { writeChange } from '../../../../../src/agent/ldap/openldap/write-change.js';
import { Secret } from '../../../../../src/secret/secret.js';
import { aPerson } from '../../../../support/fake-directory.js';
import { bindDone, extendedDone, modifyDone, pageEnd, searchEntry } from '../../../../support/ldap-messages.js';
import { type Answer, startScriptedLdapServer } from '../../../../support/scripted-ldap-server.js';

const POLICY = 'cn=default,ou=policies,dc=example,dc=com';
const found =
  (dn: string, attributes: Readonly<Record<string, string>> = {}): Answer =>
  (id) =>
    Buffer.concat([searchEntry(dn, id, attributes), pageEnd(undefined, id)]);
const KEPT = [found('uid=ada'), found(POLICY, { pwdAttribute: 'userPassword', pwdMustChange: 'TRUE' })];
const NOT_KEPT = [found('uid=ada'), found(POLICY, { pwdAttribute: 'userPassword', pwdMustChange: 'FALSE' })];

async function resetWith(answers: readonly Answer[]): Promise<{ result: WriteResult; requests: number }> {
  await using server = await startScriptedLdapServer([bindDone, ...answers]);
  const signal = AbortSignal.timeout(10_000);
  const connection = await LdapConnection.open(
    {
      endpoint: parseEndpoint(`ldaps://127.0.0.1:${server.port}`),
      serverName: undefined,
      ca: server.ca,
      bindName: 'cn=svc,dc=example,dc=com',
      bindPassword: Secret.fromText('Lantern-Quay-58'),
      connectTimeoutMs: 2000,
      operationTimeoutMs: 300,
    },
    signal,
  );
  const held = {
    connection,
    server: {
      name: 'ldap1',
      suffix: { distinguishedName: 'dc=example,dc=com', domainName: 'example.com' },
      hasPolicies: true,
      policies: [],
      defaultPolicy: { distinguishedName: POLICY, rules: NO_RULES },
    },
  };
  const password = new TextEncoder().encode('Lantern-Quay-59');
  const change = { kind: 'reset', password, unlock: false, mustChange: true } as const;
  try {
    const result = await writeChange(held, aPerson(), change, signal);
    // The bind is no part of it.
    return { result, requests: server.requests - 1 };
  } finally {
    connection.destroy();
  }
}

describe('a password that has to be changed', () => {
  test.each<[string, readonly Answer[], unknown]>([
    ['both went through', [...KEPT, extendedDone, modifyDone], { kind: 'applied' }],
    [
      'the second was refused',
      [...KEPT, extendedDone, (id) => modifyDone(id, 50)],
      { kind: 'agent-fault', evidence: { ldapResultCode: 50, control: 'password-policy' } },
    ],
    ['the second was not answered', [...KEPT, extendedDone, () => undefined], { kind: 'answer-lost' }],
    [
      'the first was refused',
      [...KEPT, (id) => extendedDone(id, 19, 6)],
      {
        kind: 'refused-by-policy',
        rules: ['too-short'],
        evidence: { ldapResultCode: 19, passwordPolicyError: 6, control: 'password-policy' },
      },
    ],
    ['the first was not answered', [...KEPT, () => undefined], { kind: 'answer-lost' }],
  ])('%s', async (_, answers, expected) => {
    expect((await resetWith(answers)).result).toEqual(expected);
  });

  test('is not set at all where the rules would not make the person change it', async () => {
    expect(await resetWith(NOT_KEPT)).toEqual({
      result: { kind: 'agent-fault', reason: 'must-change-has-no-effect', evidence: undefined },
      requests: 2,
    });
  });

  test('nor where they could not be asked', async () => {
    expect((await resetWith([() => undefined])).result).toEqual({ kind: 'not-sent' });
  });
});
