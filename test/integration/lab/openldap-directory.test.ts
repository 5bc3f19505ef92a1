// The second directory of the lab: loads what it is given, answers verified LDAPS, and keeps its service account narrow.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../../scripts/lab/lab-address.js';
import type { OpenLdapDirectory } from '../../../scripts/lab/openldap-directory.js';
import { peopleLdif, startOpenLdap } from '../../../scripts/lab/openldap-directory.js';
import { proveBind } from '../../../scripts/lab/proofs.js';

const PEOPLE_DN = 'ou=people,dc=example,dc=com';
const PASSWORD = 'Bridge-Lamp-47';

let folder: string;
let directory: OpenLdapDirectory;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
  directory = await startOpenLdap({
    folder: join(folder, 'openldap'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
    ldif: peopleLdif({ peopleDn: PEOPLE_DN, count: 3, password: PASSWORD }),
    durability: 'no-sync',
  });
});
afterAll(async () => {
  await directory.stop();
  await rm(folder, { recursive: true });
});

test('people sign in with a client that we did not write', async () => {
  const bindName = `uid=person1,${PEOPLE_DN}`;
  expect(await proveBind({ ...directory, bindName, password: PASSWORD })).toMatchObject({ kind: 'accepted' });
  expect(await proveBind({ ...directory, bindName, password: 'wrong' })).toMatchObject({ kind: 'refused' });
});

test('the service account sets a password and may write nothing else', async () => {
  const { bindName, password } = directory.serviceAccount;
  await using client = new Client({ url: directory.url, tlsOptions: { ca: await readFile(directory.caFile) } });
  await client.bind(bindName, password);
  const dn = `uid=person2,${PEOPLE_DN}`;
  await client.modify(dn, replace('userPassword', 'Fresh-Harbour-52'));
  expect(await proveBind({ ...directory, bindName: dn, password: 'Fresh-Harbour-52' })).toMatchObject({
    kind: 'accepted',
  });
  await expect(client.modify(dn, replace('mail', 'someone@example.com'))).rejects.toMatchObject({ code: 50 });
});

function replace(type: string, value: string): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });
}
