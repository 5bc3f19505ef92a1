// A real 389 Directory Server where it differs from everything else: what a lost answer is settled by, what it says of a rule,
// whose binds must not be used, and sockets cut in the middle of a write. As it comes: changes are not counted, and who got a
// password from somebody else need not change it.

import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Directory, DirectoryMisconfigured } from '../../../src/agent/directory/ports.js';
import type { DirectoryOptions } from '../../../src/agent/ldap/open-directory.js';
import type { PolicyRule } from '../../../src/protocol/outcomes.js';
import { Secret } from '../../../src/secret/secret.js';
import { asAdministrator } from '../../support/directory-administrator.js';
import { dirsrvForTests, type TestDirsrv } from '../../support/dirsrv.js';
import { change, reset } from './directory-contract.js';
import { accountOf, applyTo, behindProxy, intentFor, openForTests, unsettled } from './ldap-under-test.js';
import { meetsUidTroubles } from './uid-troubles.js';

let server: TestDirsrv;
let directory: Directory;
beforeAll(async () => {
  server = await dirsrvForTests();
  directory = await open();
});
afterAll(async () => {
  await directory[Symbol.asyncDispose]();
  await server.stop();
});

const signal = () => AbortSignal.timeout(20_000);
const open = (changes: Partial<DirectoryOptions> = {}) => openForTests(server, '389-ds', changes);

test('is known by its root DSE, and knows the service account', async () => {
  await using found = await openForTests(server, undefined);

  expect(await accountOf(found, 'ada')).toMatchObject({ revision: undefined });
  expect(await found.probe(signal())).toMatchObject({
    server: { name: server.address },
    bindIdentity: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{8}){3}$/),
    baseAnchor: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{8}){3}$/),
  });
});

test('is not used as its own administrator, whom no rule holds', async () => {
  await using asManager = await open({
    bindName: server.adminDn,
    bindPassword: () => Secret.fromText(server.adminPassword),
  });

  await expect(asManager.probe(signal())).rejects.toSatisfy(
    (failure) => failure instanceof DirectoryMisconfigured && /must not be used/.test(failure.message),
  );
});

test('knows people by FreeIPA’s ipaUniqueID where the settings say so', async () => {
  const uuid = '6f6f0c6e-1d1c-11ef-8a5b-525400a1b2c3';
  const type =
    "( 2.16.840.1.113730.3.8.3.1 NAME 'ipaUniqueID' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )";
  const add = (name: string, values: string[]) =>
    new Change({ operation: 'add', modification: new Attribute({ type: name, values }) });
  await asAdministrator(server, async (client) => {
    await client.modify('cn=schema', add('attributeTypes', [type]));
    await client.modify(server.dnOf('kim2'), [add('objectClass', ['extensibleObject']), add('ipaUniqueID', [uuid])]);
  });
  await using known = await open({ anchor: 'ipaUniqueID' });

  expect((await accountOf(known, 'kim2')).anchor).toBe(uuid);
  await expect(accountOf(known, 'kim1')).rejects.toThrow(/may not read ipaUniqueID/);
  expect(await applyTo(known, 'kim2', reset('Lantern-Quay-92'))).toEqual({ kind: 'applied' });
  await expect(open({ anchor: 'objectGUID' })).rejects.toThrow(/it has nsUniqueId or ipaUniqueID/);
});

test('applies the person’s own policy, and shows it', async () => {
  expect(await directory.readPolicy(await accountOf(directory, 'lena'), signal())).toMatchObject({
    source: 'fine-grained',
    lengthMin: 20,
  });
});

test.each<[string, string, PolicyRule, number]>([
  ['ada', 'alllowercase', 'not-complex', 5],
  ['ada', 'Example-Harbour-5', 'contains-name', 5],
  ['lena', 'Lantern-Quay-58', 'too-short', 5],
  ['nora', 'Lantern-Quay-58', 'too-young', 7],
])('names the rule that refuses %s the password %s: %s', async (uid, password, rule, passwordPolicyError) => {
  expect(await applyTo(directory, uid, reset(password))).toEqual({
    kind: 'refused-by-policy',
    rules: [rule],
    evidence: { ldapResultCode: 19, passwordPolicyError, control: 'password-policy' },
  });
});

test('leaves a disabled account disabled', async () => {
  expect(await applyTo(directory, 'dora', reset('Lantern-Quay-57'))).toEqual({ kind: 'applied' });
  expect((await accountOf(directory, 'dora')).state.isDisabled).toBe(true);
  expect(await applyTo(directory, 'dora', change('Lantern-Quay-57', 'Lantern-Quay-58'))).toMatchObject({
    kind: 'contact-administrator',
    reason: 'disabled',
    evidence: { ldapResultCode: 53, passwordPolicyError: 1, control: 'password-policy' },
  });
});

// Nothing on the entry says that it was not written to, and its times have whole seconds.
meetsUidTroubles({
  kind: '389-ds',
  server: () => server,
  directory: () => directory,
  lostRequest: ['cannot-tell', 'kim2'],
});

describe('behind a proxy that cuts', () => {
  test('one that never left settles as not applied where changes are counted', async () => {
    await using counting = await dirsrvForTests({ changes: 'counted' });
    await using path = await behindProxy(counting, '389-ds');
    await using intent = await intentFor(path.directory, 'kim1');

    path.proxy.cutNext('lose-request');
    expect(await intent.apply(reset('Lantern-Quay-72'), signal())).toEqual({ kind: 'answer-lost' });

    expect(await path.directory.settle(unsettled(intent, 'reset'), signal())).toBe('not-applied');
  });
});

test('says that it does not know the rules where cn=config is closed, and is careful then', async () => {
  await asAdministrator(server, (client) =>
    client.modify(
      'cn=config',
      new Change({ operation: 'delete', modification: new Attribute({ type: 'aci', values: [] }) }),
    ),
  );
  await using blind = await open();

  expect(await blind.readPolicy(await accountOf(blind, 'ada'), signal())).toMatchObject({ source: 'unreadable' });
  expect(await blind.readPolicy(await accountOf(blind, 'lena'), signal())).toMatchObject({ source: 'fine-grained' });
  await using intent = await intentFor(blind, 'ada');
  expect(await intent.readLockout(signal())).toMatchObject({ threshold: 1 });
  expect((await accountOf(blind, 'bert')).state.isLocked).toBe(true);
});
