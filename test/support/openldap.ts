// A real OpenLDAP directory for a test file, with the lab's sample people, anew each time: it takes a quarter of a second.
//
//   let directory: TestOpenLdap;
//   beforeAll(async () => { directory = await openLdapForTests(); });
//   afterAll(() => directory.stop());

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import { personDn } from '../../scripts/lab/ldap-people.js';
import type { OpenLdapDirectory, OpenLdapOptions } from '../../scripts/lab/openldap-directory.js';
import { startOpenLdap } from '../../scripts/lab/openldap-directory.js';
import { openLdapEntries, openLdapPeople } from '../../scripts/lab/openldap-people.js';
import type { LabPerson, LabPopulation } from '../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';

const SUFFIX = 'dc=example,dc=com';

export interface TestOpenLdap extends OpenLdapDirectory {
  /** Where the data lies; gone after `stop`. */
  readonly folder: string;
  /** Who is in it: those of the population whose state such a directory has. */
  readonly people: readonly LabPerson[];
  dnOf(uid: string): string;
}

export async function openLdapForTests(
  options: { readonly population?: LabPopulation } & Pick<OpenLdapOptions, 'lockedBinds'> = {},
): Promise<TestOpenLdap> {
  const { population = LDAP_SAMPLE_POPULATION, ...settings } = options;
  const folder = await mkdtemp(join(inject('labFolder'), 'openldap-'));
  const people = openLdapPeople(population);
  const directory = await startOpenLdap({
    ...settings,
    folder: join(folder, 'directory'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
    suffix: SUFFIX,
    entries: openLdapEntries(population, { suffix: SUFFIX, at: new Date() }),
    durability: 'no-sync',
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
