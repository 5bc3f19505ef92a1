// 389 Directory Server in the lab: verified TLS, people in the states they were asked for in, a service account with the
// rights that write-back needs and no others, and nothing left behind. What it answers to a reset is in docs/directories.md.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { startDirsrv } from '../../../scripts/lab/dirsrv-directory.js';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import { attributesOf, boundAs } from '../../support/directory-administrator.js';
import type { TestDirsrv } from '../../support/dirsrv.js';
import { dirsrvForTests } from '../../support/dirsrv.js';
import { livingMembersOf } from '../../support/process-groups.js';

const FRESH = 'Fresh-Harbour-52';
const WITHIN = { timeout: 10_000, interval: 50 };

let directory: TestDirsrv;

beforeAll(async () => {
  directory = await dirsrvForTests({ afterReset: 'must-change' });
});
afterAll(() => directory.stop());

describe('people', () => {
  test.each([
    ['ada', SAMPLE_PASSWORD, 'accepted', 'bound as'],
    ['ada', 'wrong', 'refused', 'Invalid credentials (49)'],
    ['bert', SAMPLE_PASSWORD, 'refused', 'Exceed password retry limit'],
    ['dora', SAMPLE_PASSWORD, 'refused', 'Account inactivated'],
    ['mona', SAMPLE_PASSWORD, 'refused', 'password expired'],
    ['iris', SAMPLE_PASSWORD, 'accepted', 'bound as'],
  ])('%s with the password %s is %s: %s', async (uid, password, kind, said) => {
    const proof = await proveBind({ ...directory, bindName: directory.dnOf(uid), password });
    expect(proof.kind).toBe(kind);
    expect(proof.said).toContain(said);
  });

  test('who must change the password is let in, for that alone', async () => {
    const cleo = { bindName: directory.dnOf('cleo'), password: SAMPLE_PASSWORD };
    await boundAs(directory, cleo, async (client) => {
      await expect(client.search(cleo.bindName, { scope: 'base' })).rejects.toMatchObject({ code: 53 });
      await client.modify(cleo.bindName, replace('userPassword', FRESH));
    });
    expect(await proveBind({ ...directory, ...cleo, password: FRESH })).toMatchObject({ kind: 'accepted' });
  });

  test('a password lies there as a hash only, in the history too', async () => {
    await asService((client) => client.modify(directory.dnOf('kim1'), replace('userPassword', FRESH)));
    // It writes the history after its answer.
    await vi.waitFor(async () => {
      const kept = await attributesOf(directory, directory.dnOf('kim1'), ['userPassword', 'passwordHistory']);
      expect(kept).toEqual({
        userPassword: expect.stringMatching(/^\{PBKDF2/),
        passwordHistory: expect.stringMatching(/^\d{14}Z\{SSHA512\}/),
      });
    }, WITHIN);
  });
});

describe('the service account', () => {
  test('resets and unlocks in one modify', async () => {
    await asService((client) =>
      client.modify(directory.dnOf('bert'), [
        replace('userPassword', FRESH),
        replace('passwordRetryCount', '0'),
        replace('accountUnlockTime'),
      ]),
    );
    const bert = { bindName: directory.dnOf('bert'), password: FRESH };
    expect(await proveBind({ ...directory, ...bert })).toMatchObject({ kind: 'accepted' });
  });

  test('sees what locks an account, and no password', async () => {
    const [entry] = await asService(async (client) => {
      const attributes = ['passwordRetryCount', 'pwdUpdateTime', 'nsUniqueId', 'userPassword', 'passwordHistory'];
      return (await client.search(directory.dnOf('kim2'), { scope: 'base', attributes })).searchEntries;
    });
    expect(entry).toMatchObject({ pwdUpdateTime: expect.stringMatching(/^\d{14}Z$/), userPassword: [] });
    expect(entry).toMatchObject({ nsUniqueId: expect.stringMatching(/^[0-9a-f-]{35}$/), passwordHistory: [] });
  });

  test.each([
    ['ada', 'mail', 'someone@example.com'],
    ['dora', 'nsAccountLock', 'false'],
    ['iris', 'userPassword', FRESH],
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

test('starts again in the same folder, now counting changes, and leaves nothing behind', async () => {
  const { folder, address, pid } = directory;
  const authority = await openCertificateAuthority(folder);
  // As after a killed parent: the earlier one is ended first.
  await using again = await startDirsrv({ folder: join(folder, 'directory'), address, authority, changes: 'counted' });
  expect(await livingMembersOf(pid)).toEqual([]);
  expect(await attributesOf(again, '', ['lastusn;userroot'])).toEqual({ 'lastusn;userroot': expect.anything() });
  const semaphores = await semaphoresOf(folder);
  expect(semaphores.map((file) => existsSync(file))).toEqual([true]);
  await again.stop();
  expect(await livingMembersOf(again.pid)).toEqual([]);
  expect(semaphores.map((file) => existsSync(file))).toEqual([false]);
});

/** What the server keeps outside its folder: one semaphore, named after the instance. */
async function semaphoresOf(folder: string): Promise<string[]> {
  const instances = (await readdir(join(folder, 'directory'))).filter((name) => name.startsWith('slapd-'));
  return instances.map((instance) => `/dev/shm/sem.${instance}.stats`);
}

function asService<T>(act: Parameters<typeof boundAs<T>>[2]): Promise<T> {
  return boundAs(directory, directory.serviceAccount, act);
}

/** Without values the attribute is removed, if it is there. */
function replace(type: string, ...values: string[]): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
}
