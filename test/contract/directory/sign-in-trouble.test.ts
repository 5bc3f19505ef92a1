// What each kind of directory alone says to a person who signs in, and sockets that are cut in the middle of it.

import { readFile } from 'node:fs/promises';
import { Attribute, Change, EqualityFilter } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { Directory, SignInResult } from '../../../src/agent/directory/ports.js';
import { openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type Cut, startCuttingProxy } from '../../support/cutting-proxy.js';
import { asAdministrator, attributesOf, boundAs } from '../../support/directory-administrator.js';
import { dirsrvForTests, type TestDirsrv } from '../../support/dirsrv.js';
import { openLdapForTests, type TestOpenLdap } from '../../support/openldap.js';
import { sambaForTests, type TestDomain } from '../../support/samba.js';
import { behindProxy, intentFor, openForTests } from './ldap-under-test.js';

const signal = () => AbortSignal.timeout(20_000);
const bytes = (text: string) => new TextEncoder().encode(text);
const WRONG = 'Lantern-Quay-00';
const RIGHT = { kind: 'right', next: undefined };

async function signIn(directory: Directory, userId: string, password: string): Promise<SignInResult> {
  await using intent = await intentFor(directory, userId);
  return await intent.signIn(bytes(password), signal());
}

describe('Active Directory', () => {
  let domain: TestDomain;
  let directory: Directory;
  beforeAll(async () => {
    domain = await sambaForTests();
    directory = await open();
  });
  afterAll(async () => {
    await directory[Symbol.asyncDispose]();
    await domain.stop();
  });

  const open = async (url = domain.url) =>
    openDirectory({
      directoryId: 'corp',
      kind: 'active-directory',
      urls: [url],
      serverName: domain.hostName,
      ca: await readFile(domain.caFile, 'utf8'),
      bindName: domain.serviceAccount.bindName,
      bindPassword: () => Secret.fromText(domain.serviceAccount.password),
      baseDn: domain.baseDn,
      clock: systemClock,
    });

  async function set(samAccountName: string, type: string, value: string | Buffer): Promise<void> {
    const bindName = `${domain.adminName}@corp.example.com`;
    await boundAs(domain, { bindName, password: domain.adminPassword }, async (client) => {
      const filter = new EqualityFilter({ attribute: 'sAMAccountName', value: samAccountName });
      const found = await client.search(domain.baseDn, { scope: 'sub', filter, attributes: ['cn'] });
      const modification = new Attribute(
        typeof value === 'string' ? { type, values: [value] } : { type, values: [value] },
      );
      await client.modify(found.searchEntries[0]?.dn ?? '', new Change({ operation: 'replace', modification }));
    });
  }

  test.each<[string, string, string, string | Buffer, string]>([
    ['at this hour', 'joerg', 'logonHours', Buffer.alloc(21), '00000530'],
    ['from this machine', 'kim2', 'userWorkstations', 'ELSEWHERE', '00000531'],
  ])('says that an account may not sign in %s', async (_, name, attribute, value, win32) => {
    await set(name, attribute, value);

    expect(await signIn(directory, name, SAMPLE_PASSWORD)).toEqual({
      kind: 'contact-administrator',
      reason: 'sign-in-restricted',
      evidence: { ldapResultCode: 49, win32 },
    });
  });

  test('takes the password before the last one for a while after a reset, as for every other sign-in', async () => {
    await using intent = await intentFor(directory, 'kim1');
    const reset = { kind: 'reset', password: bytes('Lantern-Quay-58'), unlock: false, mustChange: false } as const;
    expect(await intent.apply(reset, signal())).toEqual({ kind: 'applied' });

    expect(await signIn(directory, 'kim1', 'Lantern-Quay-58')).toEqual(RIGHT);
    expect(await signIn(directory, 'kim1', SAMPLE_PASSWORD)).toEqual(RIGHT);
  });

  test.each<Cut>(['lose-request', 'lose-answer'])(
    'behind a proxy that cuts, a sign-in that meets %s has no answer, and the next one has',
    async (cut) => {
      await using proxy = await startCuttingProxy({ host: domain.address, port: 636 });
      await using cutOff = await open(`ldaps://127.0.0.1:${proxy.port}`);
      await using intent = await intentFor(cutOff, 'ada');

      proxy.cutNext(cut);
      expect(await intent.signIn(bytes(SAMPLE_PASSWORD), signal())).toEqual({ kind: 'no-answer' });
      expect(await signIn(cutOff, 'ada', SAMPLE_PASSWORD)).toEqual(RIGHT);
    },
  );
});

describe('OpenLDAP', () => {
  let server: TestOpenLdap;
  let directory: Directory;
  beforeAll(async () => {
    server = await openLdapForTests({ lockedBinds: 'told' });
    directory = await openForTests(server, 'openldap');
  });
  afterAll(async () => {
    await directory[Symbol.asyncDispose]();
    await server.stop();
  });

  test('uses a grace login up for a right password that has expired, which is told as expired, and so once there is none', async () => {
    await set(server, `cn=Ageing,ou=policies,${server.suffix}`, 'pwdGraceAuthNLimit', '2');
    const used = async () => {
      const { searchEntries } = await asAdministrator(server, (client) =>
        client.search(server.dnOf('mona'), { scope: 'base', attributes: ['pwdGraceUseTime'] }),
      );
      return [searchEntries[0]?.pwdGraceUseTime ?? []].flat().length;
    };

    expect(await signIn(directory, 'mona', WRONG)).toMatchObject({ kind: 'wrong-password' });
    expect(await used()).toBe(0);
    for (const count of [1, 2, 2]) {
      expect(await signIn(directory, 'mona', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: 'password-expired' });
      expect(await used()).toBe(count);
    }
  });

  test('says that an account is locked where it is told to', async () => {
    expect(await signIn(directory, 'bert', SAMPLE_PASSWORD)).toEqual({
      kind: 'account-locked',
      evidence: { ldapResultCode: 49, passwordPolicyError: 1, control: 'password-policy' },
    });
  });

  test.each([SAMPLE_PASSWORD, WRONG])('is asked over a connection that is ended at once', async (password) => {
    await using path = await behindProxy(server, 'openldap');
    await using intent = await intentFor(path.directory, 'iris');
    const { connections, open } = path.proxy;

    await intent.signIn(bytes(password), signal());
    expect(path.proxy.connections).toBe(connections + 1);
    await expect.poll(() => path.proxy.open).toBe(open);
  });

  test('that goes away has no answer', async () => {
    await using path = await behindProxy(server, 'openldap');
    await using intent = await intentFor(path.directory, 'ada');

    path.proxy.cutNext('lose-request');
    expect(await intent.signIn(bytes(SAMPLE_PASSWORD), signal())).toEqual({ kind: 'no-answer' });
  });
});

describe('389 Directory Server', () => {
  let server: TestDirsrv;
  let directory: Directory;
  beforeAll(async () => {
    server = await dirsrvForTests();
    directory = await openForTests(server, '389-ds');
  });
  afterAll(async () => {
    await directory[Symbol.asyncDispose]();
    await server.stop();
  });

  test('uses a grace login up for a right password that has expired, which is told as expired, and so once there is none', async () => {
    await set(server, await policyOfMona(), 'passwordGraceLimit', '2');
    const used = async () =>
      Number((await attributesOf(server, server.dnOf('mona'), ['passwordGraceUserTime'])).passwordGraceUserTime ?? 0);

    expect(await signIn(directory, 'mona', WRONG)).toMatchObject({ kind: 'wrong-password' });
    expect(await used()).toBe(0);
    for (const count of [1, 2, 2]) {
      expect(await signIn(directory, 'mona', SAMPLE_PASSWORD)).toEqual({ kind: 'right', next: 'password-expired' });
      expect(await used()).toBe(count);
    }
  });

  test('says that an account is disabled whatever the password', async () => {
    for (const password of [SAMPLE_PASSWORD, WRONG]) {
      expect(await signIn(directory, 'dora', password)).toMatchObject({
        kind: 'contact-administrator',
        reason: 'disabled',
      });
    }
  });

  async function policyOfMona(): Promise<string> {
    const { pwdpolicysubentry } = await attributesOf(server, server.dnOf('mona'), ['pwdpolicysubentry']);
    return pwdpolicysubentry ?? '';
  }
});

async function set(server: TestOpenLdap | TestDirsrv, dn: string, type: string, value: string): Promise<void> {
  const modification = new Attribute({ type, values: [value] });
  await asAdministrator(server, (client) => client.modify(dn, new Change({ operation: 'replace', modification })));
}
