// OpenLDAP in the lab: verified TLS, people in the states they were asked for in, a service account with the rights that
// write-back needs and no others, and nothing left behind. What it answers to a reset is in docs/directories.md.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../../scripts/lab/lab-address.js';
import { peopleLdif, startOpenLdap } from '../../../scripts/lab/openldap-directory.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import { asAdministrator, attributesOf, boundAs } from '../../support/directory-administrator.js';
import type { TestOpenLdap } from '../../support/openldap.js';
import { openLdapForTests } from '../../support/openldap.js';
import { livingMembersOf } from '../../support/process-groups.js';

const FRESH = 'Fresh-Harbour-52';

let directory: TestOpenLdap;

beforeAll(async () => {
  directory = await openLdapForTests();
});
afterAll(() => directory.stop());

describe('people', () => {
  test.each([
    ['ada', SAMPLE_PASSWORD, 'accepted'],
    ['ada', 'wrong', 'refused'],
    ['bert', SAMPLE_PASSWORD, 'refused'],
    ['cleo', SAMPLE_PASSWORD, 'accepted'],
    ['dora', SAMPLE_PASSWORD, 'refused'],
    ['emil', SAMPLE_PASSWORD, 'refused'],
    ['iris', SAMPLE_PASSWORD, 'accepted'],
    ['joerg', SAMPLE_PASSWORD, 'accepted'],
    ['mona', SAMPLE_PASSWORD, 'refused'],
  ])('%s with the password %s is %s', async (uid, password, kind) => {
    expect(await proveBind({ ...directory, bindName: directory.dnOf(uid), password })).toMatchObject({ kind });
  });

  test('who must change the password may do nothing else', async () => {
    const cleo = { bindName: directory.dnOf('cleo'), password: SAMPLE_PASSWORD };
    await boundAs(directory, cleo, async (client) => {
      await expect(client.search(cleo.bindName, { scope: 'base' })).rejects.toMatchObject({ code: 50 });
    });
  });

  test('failed sign-ins really lock', async () => {
    const bindName = directory.dnOf('kim1');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await proveBind({ ...directory, bindName, password: `wrong-${attempt}` });
    }
    expect(await proveBind({ ...directory, bindName, password: SAMPLE_PASSWORD })).toMatchObject({ kind: 'refused' });
    expect(await attributesOf(directory, bindName, ['pwdAccountLockedTime'])).toEqual({
      pwdAccountLockedTime: expect.stringMatching(/^\d{14}Z$/),
    });
  });

  test('carry the groups they are members of', async () => {
    const member = directory.dnOf('kim2');
    const dn = `cn=staff,${directory.suffix}`;
    await asAdministrator(directory, (client) => client.add(dn, { objectClass: 'groupOfNames', cn: 'staff', member }));
    expect(await attributesOf(directory, member, ['memberOf'])).toEqual({ memberOf: dn });
  });
});

describe('the service account', () => {
  test('resets and unlocks in one modify', async () => {
    const bert = { bindName: directory.dnOf('bert'), password: FRESH };
    await asService((client) =>
      client.modify(bert.bindName, [
        replace('userPassword', FRESH),
        new Change({
          operation: 'delete',
          modification: new Attribute({ type: 'pwdAccountLockedTime', values: [] }),
        }),
      ]),
    );
    expect(await proveBind({ ...directory, ...bert })).toMatchObject({ kind: 'accepted' });
  });

  test('sees the state of an account, and no password', async () => {
    const attributes = ['pwdAccountLockedTime', 'pwdChangedTime', 'userPassword', 'pwdHistory'];
    const [entry] = await asService(
      async (client) => (await client.search(directory.dnOf('dora'), { scope: 'base', attributes })).searchEntries,
    );
    expect(entry).toMatchObject({ pwdAccountLockedTime: '000001010000Z', userPassword: [], pwdHistory: [] });
    expect(entry).toMatchObject({ pwdChangedTime: expect.stringMatching(/^\d{14}Z$/) });
  });

  test.each([
    ['ada', 'mail', 'someone@example.com'],
    ['iris', 'userPassword', FRESH],
    ['iris', 'pwdReset', 'TRUE'],
  ])('may not write %s: %s', async (uid, attribute, value) => {
    const writing = asService((client) => client.modify(directory.dnOf(uid), replace(attribute, value)));
    await expect(writing).rejects.toMatchObject({ code: 50 });
  });

  test('is held by the policy of the person, or else by that of the directory', async () => {
    const set = (uid: string, password: string) =>
      asService((client) => client.modify(directory.dnOf(uid), replace('userPassword', password)));
    await expect(set('kim2', 'Short-1')).rejects.toMatchObject({ code: 19 });
    await expect(set('lena', FRESH)).rejects.toMatchObject({ code: 19 });
    await expect(set('nora', FRESH)).rejects.toMatchObject({ code: 19 });
    await set('lena', `${FRESH}-Meadow-7`);
  });
});

test('a bind is told of a lock where that is asked for', async () => {
  await using telling = await openLdapForTests({ lockedBinds: 'told' });
  const locked = async (told: TestOpenLdap) =>
    (await proveBind({ ...told, bindName: told.dnOf('bert'), password: SAMPLE_PASSWORD, controls: ['ppolicy'] })).said;
  expect(await locked(telling)).toContain('Account locked');
  expect(await locked(directory)).not.toContain('Account locked');
});

test('loads many people, starts again in the same folder, and leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  const options = {
    folder: join(folder, 'openldap'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
    // Given twice.
    ldif: [...peopleLdif({ peopleDn: 'ou=people,dc=example,dc=com', count: 100, password: SAMPLE_PASSWORD })],
  };
  const first = await startOpenLdap(options);
  // As after a killed parent: the earlier one is ended first.
  await using again = await startOpenLdap(options);
  expect(await livingMembersOf(first.pid)).toEqual([]);
  const bindName = `uid=person99,${again.peopleDn}`;
  expect(await proveBind({ ...again, bindName, password: SAMPLE_PASSWORD })).toMatchObject({ kind: 'accepted' });
  await again.stop();
  expect(await livingMembersOf(again.pid)).toEqual([]);
  await rm(folder, { recursive: true });
  expect(existsSync(folder)).toBe(false);
});

function asService<T>(act: Parameters<typeof boundAs<T>>[2]): Promise<T> {
  return boundAs(directory, directory.serviceAccount, act);
}

function replace(type: string, value: string): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });
}
