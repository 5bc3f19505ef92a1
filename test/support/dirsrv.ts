// A real 389 Directory Server for a test file, with the lab's sample people. Laid out anew each time, which costs about
// three seconds: a copy of a laid-out one would have to have its paths changed in its settings, and save one of them.
//
//   let directory: TestDirsrv;
//   beforeAll(async () => { directory = await dirsrvForTests(); });
//   afterAll(() => directory.stop());

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import type { DirsrvDirectory, DirsrvOptions } from '../../scripts/lab/dirsrv-directory.js';
import { startDirsrv } from '../../scripts/lab/dirsrv-directory.js';
import { dirsrvEntries, dirsrvPeople } from '../../scripts/lab/dirsrv-people.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import { personDn } from '../../scripts/lab/ldap-people.js';
import type { LabPerson, LabPopulation } from '../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';

const SUFFIX = 'dc=example,dc=com';

export interface TestDirsrv extends DirsrvDirectory {
  /** Where the data lies; gone after `stop`. */
  readonly folder: string;
  /** Who is in it: those of the population whose state such a directory has. */
  readonly people: readonly LabPerson[];
  dnOf(uid: string): string;
}

export async function dirsrvForTests(
  options: { readonly population?: LabPopulation } & Pick<DirsrvOptions, 'afterReset' | 'changes'> = {},
): Promise<TestDirsrv> {
  const { population = LDAP_SAMPLE_POPULATION, ...settings } = options;
  const folder = await mkdtemp(join(inject('labFolder'), 'dirsrv-'));
  const people = dirsrvPeople(population);
  const directory = await startDirsrv({
    ...settings,
    folder: join(folder, 'directory'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
    suffix: SUFFIX,
    entries: dirsrvEntries(population, { suffix: SUFFIX, at: new Date() }),
    ...(population.policy === undefined ? {} : { policy: population.policy }),
  });
  const stop = async () => {
    await directory.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const dnOf = (uid: string) => {
    const person = people.find(({ samAccountName }) => samAccountName === uid);
    if (person === undefined) throw new Error(`${uid} is not in this directory`);
    return personDn(person, SUFFIX);
  };
  return { ...directory, folder, people, dnOf, stop, [Symbol.asyncDispose]: stop };
}
