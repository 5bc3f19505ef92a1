// A real OpenLDAP where it differs from everything else: whom it would let in by a reset, what it does not say, whose binds must
// not be used, and sockets cut in the middle of a write.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountChange, type Directory, DirectoryMisconfigured } from '../../../src/agent/directory/ports.js';
import type { DirectoryOptions } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import type { Cut } from '../../support/cutting-proxy.js';
import { attributesOf } from '../../support/directory-administrator.js';
import { openLdapForTests, type TestOpenLdap } from '../../support/openldap.js';
import { reset } from './directory-contract.js';
import { accountOf, applyTo, behindProxy, intentFor, openForTests, unsettled } from './ldap-under-test.js';
import { meetsUidTroubles } from './uid-troubles.js';

let server: TestOpenLdap;
let directory: Directory;
beforeAll(async () => {
  server = await openLdapForTests();
  directory = await open();
});
afterAll(async () => {
  await directory[Symbol.asyncDispose]();
  await server.stop();
});

const signal = () => AbortSignal.timeout(20_000);
const open = (changes: Partial<DirectoryOptions> = {}) => openForTests(server, 'openldap', changes);
const defaultPolicy = () => `cn=default,ou=policies,${server.suffix}`;

async function failureOf(changes: Partial<DirectoryOptions>): Promise<unknown> {
  await using opened = await open(changes);
  return await opened.probe(signal()).then(
    () => 'no failure',
    (failure: unknown) => failure,
  );
}

describe('what is reached', () => {
  test('is known by its root DSE', async () => {
    await using found = await openForTests(server, undefined);

    expect(await accountOf(found, 'ada')).toMatchObject({ samAccountName: 'ada' });
  });

  test('is named by its host, and knows the service account below the base or proves it elsewhere', async () => {
    await using within = await open({ baseDn: server.peopleDn });

    expect(await directory.probe(signal())).toMatchObject({
      server: { name: server.address },
      bindIdentity: expect.stringMatching(/^[0-9a-f-]{36}$/),
      baseAnchor: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect((await within.probe(signal())).bindIdentity).toBeUndefined();
  });

  test('says the same of itself to everybody who reads the same part of it, and something else of another part', async () => {
    await using again = await open();
    await using within = await open({ baseDn: server.peopleDn });
    const keyOf = async (opened: typeof again) => (await opened.probe(signal())).baseAnchor;
    expect(await keyOf(again)).toBe(await keyOf(directory));
    expect(await keyOf(within)).not.toBe(await keyOf(directory));
  });
});

describe('everybody is read only by names that are there', () => {
  const readers: readonly [string, Partial<DirectoryOptions>, RegExp][] = [
    [
      'an attribute is misspelt',
      { attributes: { mail: [{ attribute: 'mial' }] } },
      /attributes\.mail: .*no attribute mial/,
    ],
    [
      'two are',
      { attributes: { mail: [{ attribute: 'mial' }], surname: [{ attribute: 'surename' }] } },
      /surename; attributes\.mail: .*mial/,
    ],
    [
      'a group of the rules is not there',
      { managed: { bases: [], attributes: [], groups: ['cn=nobody,dc=example,dc=com'] } },
      /there is no group cn=nobody,dc=example,dc=com: correct its name/,
    ],
  ];
  test.each(readers)(
    'and nobody where %s: the mirror would lose what it has of everybody',
    async (_, changes, said) => {
      await using misnamed = await open(changes);
      const reading = async () => {
        for await (const page of misnamed.readAll(signal())) expect(page.accounts).toEqual([]);
      };
      const failure = await reading().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DirectoryMisconfigured);
      expect(failure).toMatchObject({ message: expect.stringMatching(said) });
    },
  );
});

describe('somebody has to act when', () => {
  test.each<[string, () => Partial<DirectoryOptions>, RegExp]>([
    [
      'the server’s own administrator is to be the service account',
      () => ({ bindName: server.adminDn, bindPassword: () => Secret.fromText(server.adminPassword) }),
      /must not be used/,
    ],
    ['the base lies in no database of the server', () => ({ baseDn: 'dc=other,dc=org' }), /does not hold/],
    ['the policy is not there', () => ({ passwordPolicyDn: 'cn=none,dc=example,dc=com' }), /passwordPolicyDn/],
    ['the bind name is no distinguished name', () => ({ bindName: 'svc@example.com' }), /simple bind/],
  ])('%s', async (_, changes, advice) => {
    const failure = await failureOf(changes());

    expect(failure).toBeInstanceOf(DirectoryMisconfigured);
    expect(failure).toHaveProperty('message', expect.stringMatching(advice));
  });
});

describe('rules', () => {
  test('are those of the person’s own policy, those that the settings name, or said to be unknown', async () => {
    await using told = await open({ passwordPolicyDn: defaultPolicy() });
    const policyOf = async (from: Directory, uid: string) => from.readPolicy(await accountOf(from, uid), signal());

    expect(await policyOf(directory, 'lena')).toMatchObject({ source: 'fine-grained', lengthMin: 20 });
    expect(await policyOf(directory, 'ada')).toMatchObject({ source: 'unreadable' });
    expect(await policyOf(told, 'ada')).toMatchObject({ source: 'domain', lengthMin: 8 });
  });

  test('that are unknown let nobody be tried twice', async () => {
    await using intent = await intentFor(directory, 'ada');

    expect(await intent.readLockout(signal())).toMatchObject({ threshold: 1 });
  });

  test('hold for resets too: nobody gets a password before the last one is old enough', async () => {
    expect(await applyTo(directory, 'nora', reset('Lantern-Quay-58'))).toMatchObject({
      kind: 'refused-by-policy',
      rules: ['too-young'],
      evidence: { ldapResultCode: 19, passwordPolicyError: 7, control: 'password-policy' },
    });
  });
});

describe('never', () => {
  test.each<[string, AccountChange]>([
    ['a reset', { ...reset('Lantern-Quay-58'), unlock: true }],
    ['an unlock', { kind: 'unlock' }],
  ])('lets %s somebody in whom an administrator locked out', async (_, anyChange) => {
    expect(await applyTo(directory, 'dora', anyChange)).toEqual({ kind: 'not-permitted', evidence: undefined });

    const { pwdAccountLockedTime } = await attributesOf(server, server.dnOf('dora'), ['pwdAccountLockedTime']);
    expect(pwdAccountLockedTime).toBe('000001010000Z');
  });

  test('sends what could be taken for a hash', async () => {
    expect(await applyTo(directory, 'ada', reset('{SSHA}c2VjcmV0c2VjcmV0c2VjcmV0'))).toEqual({
      kind: 'refused-by-policy',
      rules: ['inadmissible-characters'],
      evidence: undefined,
    });
  });

  test('keeps the clear text of a password', async () => {
    await applyTo(directory, 'kim2', reset('Lantern-Quay-59'));

    const kept = await attributesOf(server, server.dnOf('kim2'), ['userPassword', 'pwdHistory']);
    expect(kept.userPassword).toMatch(/^\{SSHA\}/);
    expect(JSON.stringify(kept)).not.toContain('Lantern-Quay-59');
  });
});

meetsUidTroubles({
  kind: 'openldap',
  server: () => server,
  directory: () => directory,
  lostRequest: ['not-applied', 'joerg'],
});

describe('behind a proxy that cuts', () => {
  test.each<[Cut, 'applied' | 'not-applied']>([
    ['lose-request', 'not-applied'],
    ['lose-answer', 'applied'],
  ])('an unlock that meets %s is lost, and settles as %s', async (cut, settlement) => {
    await using path = await behindProxy(server, 'openldap');
    await using intent = await intentFor(path.directory, 'bert');

    path.proxy.cutNext(cut);
    expect(await intent.apply({ kind: 'unlock' }, signal())).toEqual({ kind: 'answer-lost' });

    expect(await path.directory.settle(unsettled(intent, 'unlock'), signal())).toBe(settlement);
  });
});
