// What the test files' real directories have in common whose people have a uid: a folder, an address and an authority of their own,
// the lab's people, and an end that leaves nothing behind.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import { type PeopleOptions, personDn } from '../../scripts/lab/ldap-people.js';
import type { LdifEntry } from '../../scripts/lab/ldif.js';
import type { LabPerson, LabPopulation } from '../../scripts/lab/samba-people.js';

const SUFFIX = 'dc=example,dc=com';

export interface PeopleDirectory extends AsyncDisposable {
  /** Where the data lies; gone after `stop`. */
  readonly folder: string;
  /** Who is in it: those of the population whose state such a directory has. */
  readonly people: readonly LabPerson[];
  dnOf(uid: string): string;
  stop(): Promise<void>;
}

/** What each kind of directory is started with. */
export interface PlacedDirectory {
  readonly folder: string;
  readonly address: string;
  readonly authority: Awaited<ReturnType<typeof openCertificateAuthority>>;
  readonly suffix: string;
  readonly entries: readonly LdifEntry[];
  readonly policy?: NonNullable<LabPopulation['policy']>;
}

export async function startWithPeople<Directory extends { stop(): Promise<void> }>(
  population: LabPopulation,
  people: readonly LabPerson[],
  entriesOf: (population: LabPopulation, options: PeopleOptions) => LdifEntry[],
  start: (placed: PlacedDirectory) => Promise<Directory>,
): Promise<Directory & PeopleDirectory> {
  const folder = await mkdtemp(join(inject('labFolder'), 'people-'));
  const directory = await start({
    folder: join(folder, 'directory'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
    suffix: SUFFIX,
    entries: entriesOf(population, { suffix: SUFFIX, at: new Date() }),
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
