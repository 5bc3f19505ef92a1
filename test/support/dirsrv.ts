// A real 389 Directory Server for a test file, with the lab's sample people. Laid out anew each time, which costs about
// three seconds: a copy of a laid-out one would have to have its paths changed in its settings, and save one of them.
//
//   let directory: TestDirsrv;
//   beforeAll(async () => { directory = await dirsrvForTests(); });
//   afterAll(() => directory.stop());

import type { DirsrvDirectory, DirsrvOptions } from '../../scripts/lab/dirsrv-directory.js';
import { startDirsrv } from '../../scripts/lab/dirsrv-directory.js';
import { dirsrvEntries, dirsrvPeople } from '../../scripts/lab/dirsrv-people.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { type PeopleDirectory, startWithPeople } from './people-directory.js';

export type TestDirsrv = DirsrvDirectory & PeopleDirectory;

export function dirsrvForTests(
  options: { readonly population?: LabPopulation } & Pick<DirsrvOptions, 'afterReset' | 'changes'> = {},
): Promise<TestDirsrv> {
  const { population = LDAP_SAMPLE_POPULATION, ...settings } = options;
  return startWithPeople(population, dirsrvPeople(population), dirsrvEntries, (placed) =>
    startDirsrv({ ...settings, ...placed }),
  );
}
