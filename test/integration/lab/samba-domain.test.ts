// The lab's domain is what the rest of the tests and the demo stand on: it must be a real directory, trusted only by its
// own authority, with exactly the rights and states that it is asked for, and gone when it is stopped.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority, openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { assertAddressFree } from '../../../scripts/lab/lab-address.js';
import { LabFailure } from '../../../scripts/lab/lab-failure.js';
import { proveBind, proveKerberos } from '../../../scripts/lab/proofs.js';
import { startSambaDomain } from '../../../scripts/lab/samba-domain.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import { livingMembersOf } from '../../support/process-groups.js';
import type { TestDomain } from '../../support/samba.js';
import { sambaForTests } from '../../support/samba.js';

const LOCKOUT = 0x10;
const RESTART_MAX_MS = 6000;

let domain: TestDomain;

beforeAll(async () => {
  domain = await sambaForTests();
});
afterAll(() => domain.stop());

describe('people of the domain', () => {
  test('sign in over LDAPS and over Kerberos', async () => {
    expect(await proveBind({ ...domain, bindName: upn('ada'), password: SAMPLE_PASSWORD })).toMatchObject({
      kind: 'accepted',
    });
    const principal = `ada@${domain.realm}`;
    expect(await proveKerberos({ ...domain, principal, password: SAMPLE_PASSWORD })).toMatchObject({
      kind: 'accepted',
    });
  });

  test('are refused with a wrong password', async () => {
    const refused = { kind: 'refused' };
    expect(await proveBind({ ...domain, bindName: upn('ada'), password: 'wrong' })).toMatchObject(refused);
    const principal = `ada@${domain.realm}`;
    expect(await proveKerberos({ ...domain, principal, password: 'wrong' })).toMatchObject(refused);
  });

  test.each([
    ['bert', '775', 'locked'],
    ['cleo', '773', 'must change'],
    ['dora', '533', 'disabled'],
    ['emil', '701', 'expired'],
  ])('%s is refused with data %s: %s', async (name, data) => {
    const proof = await proveBind({ ...domain, bindName: upn(name), password: SAMPLE_PASSWORD });
    expect(proof.said).toContain(`data ${data}`);
  });

  test('a locked person shows the computed lock, and an ordinary one does not', async () => {
    await using client = await serviceClient();
    expect(await numberOf(client, 'bert', 'msDS-User-Account-Control-Computed')).toBe(LOCKOUT);
    expect(await numberOf(client, 'ada', 'msDS-User-Account-Control-Computed')).toBe(0);
  });

  test('failed sign-ins really lock, and restoring unlocks', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await proveBind({ ...domain, bindName: upn('kim1'), password: `wrong-${attempt}` });
    }
    const locked = await proveBind({ ...domain, bindName: upn('kim1'), password: SAMPLE_PASSWORD });
    expect(locked.said).toContain('data 775');
    await domain.restorePeople();
    const restored = await proveBind({ ...domain, bindName: upn('kim1'), password: SAMPLE_PASSWORD });
    expect(restored.kind).toBe('accepted');
  });
});

describe('rules of the domain', () => {
  test('a fine-grained policy applies to whom it names, and to nobody else', async () => {
    await using client = await serviceClient();
    const short = passwordChange('Fresh-Harbour-52');
    await expect(client.modify(await dnOf(client, 'lena'), short)).rejects.toMatchObject({ code: 19 });
    await client.modify(await dnOf(client, 'kim2'), short);
  });

  test('who cannot change the password is refused even with the old one, as nobody else is', async () => {
    await using client = await serviceClient();
    const own = (name: string) => changeOwnPassword(client, name, 'Fresh-Harbour-52');
    // Samba's access check answers a change with constraintViolation and no hex, where one would expect 50.
    await expect(own('gina')).rejects.toMatchObject({ code: 19 });
    await expect(own('joerg')).resolves.toBeUndefined();
  });
});

describe('trust', () => {
  test('a client that trusts another authority gets no connection', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-'));
    try {
      const caFile = join(folder, 'other.pem');
      await writeFile(caFile, (await createCertificateAuthority('Another CA')).certificatePem);
      const proof = await proveBind({ ...domain, caFile, bindName: upn('ada'), password: SAMPLE_PASSWORD });
      expect(proof.kind).toBe('unreachable');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the service account', () => {
  test('resets and unlocks in one modify', async () => {
    await using client = await serviceClient();
    await client.modify(await dnOf(client, 'bert'), [
      passwordChange('Fresh-Harbour-52'),
      change('pwdLastSet', '-1'),
      change('lockoutTime', '0'),
    ]);
    const proof = await proveBind({ ...domain, bindName: upn('bert'), password: 'Fresh-Harbour-52' });
    expect(proof.kind).toBe('accepted');
  });

  test('can write nothing else', async () => {
    await using client = await serviceClient();
    const ada = await dnOf(client, 'ada');
    for (const [attribute, value] of [
      ['description', 'x'],
      ['userAccountControl', '514'],
      ['mail', 'someone@example.com'],
    ] as const) {
      await expect(client.modify(ada, change(attribute, value))).rejects.toMatchObject({ code: 50 });
    }
  });

  test.each([
    ['fred', 'a protected administrator'],
    ['iris', 'a person outside its units'],
  ])('cannot reset %s, %s', async (name) => {
    await using client = await serviceClient();
    const dn = await dnOf(client, name);
    await expect(client.modify(dn, passwordChange('Fresh-Harbour-52'))).rejects.toMatchObject({ code: 50 });
    await expect(client.modify(dn, change('lockoutTime', '0'))).rejects.toMatchObject({ code: 50 });
  });
});

describe('starting and stopping', () => {
  test('stops without leaving a process, and starts again from its folder within seconds', async () => {
    await using first = await sambaForTests();
    const { folder, address } = first;
    const authority = await openCertificateAuthority(folder);
    // The same folder again, as after a killed parent: the earlier one is ended first.
    const startedAt = performance.now();
    await using again = await startSambaDomain({ folder, address, authority });
    expect(performance.now() - startedAt).toBeLessThan(RESTART_MAX_MS);
    expect(await livingMembersOf(first.pid)).toEqual([]);
    expect(again.adminPassword).toBe(first.adminPassword);
    await again.stop();
    expect(await livingMembersOf(again.pid)).toEqual([]);
  });

  test('names what holds the address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.240', port: 0 }, resolve));
    try {
      const bound = server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      const refusal = assertAddressFree('127.0.0.240', [port]);
      await expect(refusal).rejects.toBeInstanceOf(LabFailure);
      await expect(refusal).rejects.toThrow(`process ${process.pid}`);
    } finally {
      server.close();
    }
  });

  test('refuses an address on which a domain already listens', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-'));
    try {
      const authority = await openCertificateAuthority(folder);
      const second = startSambaDomain({ folder, address: domain.address, authority });
      await expect(second).rejects.toThrow('is taken by samba');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function upn(name: string): string {
  return `${name}@${domain.realm.toLowerCase()}`;
}

async function serviceClient(): Promise<Client & AsyncDisposable> {
  const client = new Client({ url: domain.url, tlsOptions: { ca: await readFile(domain.caFile) } });
  await client.bind(domain.serviceAccount.bindName, domain.serviceAccount.password);
  return client;
}

async function dnOf(client: Client, name: string): Promise<string> {
  const { searchEntries } = await client.search(domain.baseDn, {
    filter: `(sAMAccountName=${name})`,
    attributes: ['1.1'],
  });
  return searchEntries[0]?.dn ?? '';
}

async function numberOf(client: Client, name: string, attribute: string): Promise<number> {
  const { searchEntries } = await client.search(await dnOf(client, name), { scope: 'base', attributes: [attribute] });
  return Number(searchEntries[0]?.[attribute]);
}

function change(type: string, value: string): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });
}

function passwordChange(password: string): Change {
  const values = [Buffer.from(`"${password}"`, 'utf16le')];
  return new Change({ operation: 'replace', modification: new Attribute({ type: 'unicodePwd', values }) });
}

/** As the person would: the old value deleted, the new one added, on a connection of any account. */
async function changeOwnPassword(client: Client, name: string, password: string): Promise<void> {
  const value = (text: string) => new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${text}"`, 'utf16le')] });
  await client.modify(await dnOf(client, name), [
    new Change({ operation: 'delete', modification: value(SAMPLE_PASSWORD) }),
    new Change({ operation: 'add', modification: value(password) }),
  ]);
}
