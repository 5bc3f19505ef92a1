// A real Samba domain for a test file, pristine every time. Provisioned once in a test run and copied for each file, so
// that a start costs about a second and no file sees what another one did to its people.
//
//   let domain: TestDomain;
//   beforeAll(async () => { domain = await sambaForTests(); });
//   afterAll(() => domain.stop());

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import type { SambaDomain } from '../../scripts/lab/samba-domain.js';
import { prepareSambaDomain, startSambaDomain } from '../../scripts/lab/samba-domain.js';
import type { LabPopulation } from '../../scripts/lab/samba-people.js';
import { ensurePeople, restorePeople } from '../../scripts/lab/samba-people.js';
import { SAMPLE_POPULATION, SAMPLE_SERVICE_ACCOUNT } from '../../scripts/lab/sample-people.js';
import { madeOnce } from './made-once.js';

export interface TestDomain extends SambaDomain {
  /** Where the domain's data lies; gone after `stop`. */
  readonly folder: string;
  readonly population: LabPopulation;
  readonly serviceAccount: {
    /** As it binds: a UPN. */
    readonly bindName: string;
    readonly password: string;
  };
  /** Puts everybody back as the population says. */
  restorePeople(): Promise<void>;
}

/** A running domain of its own, with the sample people and whoever `population` adds. Stop it at the end of the file. */
export async function sambaForTests(population: LabPopulation = SAMPLE_POPULATION): Promise<TestDomain> {
  const runFolder = inject('labFolder');
  const folder = await mkdtemp(join(runFolder, 'domain-'));
  await cp(await sambaTemplate(runFolder), folder, { recursive: true });
  const domain = await startSambaDomain({
    folder,
    address: await pickLabAddress(LAB_RANGES.tests),
    authority: await openCertificateAuthority(folder),
  });
  if (population !== SAMPLE_POPULATION) await ensurePeople(domain, population);
  const stop = async () => {
    await domain.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...domain,
    folder,
    population,
    serviceAccount: {
      bindName: `${SAMPLE_SERVICE_ACCOUNT.samAccountName}@${domain.realm.toLowerCase()}`,
      password: SAMPLE_SERVICE_ACCOUNT.password,
    },
    restorePeople: () => restorePeople(domain, population),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The folder of a domain, not yet started, with the sample people: to be copied. */
export function sambaTemplate(runFolder: string): Promise<string> {
  return madeOnce(runFolder, 'template', async (folder) => {
    await ensurePeople(await prepareSambaDomain({ folder }), SAMPLE_POPULATION);
  });
}
