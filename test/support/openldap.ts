// A real OpenLDAP directory for a test file, with the lab's sample people, anew each time: it takes a quarter of a second.
//
//   let directory: TestOpenLdap;
//   beforeAll(async () => { directory = await openLdapForTests(); });
//   afterAll(() => directory.stop());

import type { OpenLdapDirectory, OpenLdapOptions } from '../../scripts/lab/openldap-directory.js';
import { startOpenLdap } from '../../scripts/lab/openldap-directory.js';
import { openLdapEntries, openLdapPeople } from '../../scripts/lab/openldap-people.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { type PeopleDirectory, startWithPeople } from './people-directory.js';

export type TestOpenLdap = OpenLdapDirectory & PeopleDirectory;

export function openLdapForTests(
  options: { readonly population?: LabPopulation } & Pick<OpenLdapOptions, 'lockedBinds'> = {},
): Promise<TestOpenLdap> {
  const { population = LDAP_SAMPLE_POPULATION, ...settings } = options;
  return startWithPeople(population, openLdapPeople(population), openLdapEntries, (placed) =>
    startOpenLdap({ ...settings, ...placed, durability: 'no-sync' }),
  );
}
