// A real domain with two replicating controllers for a test file, with the sample people, pristine every time: joined once in
// a test run and copied for each file.
//
//   let pair: TestPair;
//   beforeAll(async () => { pair = await sambaPairForTests(); });
//   afterAll(() => pair.stop());

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'ldapts';
import { inject, vi } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import type { LabController, SambaPair } from '../../scripts/lab/samba-replica.js';
import { prepareSambaPair, startSambaPair } from '../../scripts/lab/samba-replica.js';
import { SAMPLE_SERVICE_ACCOUNT } from '../../scripts/lab/sample-people.js';
import { boundAs } from './directory-administrator.js';
import { madeOnce } from './made-once.js';
import { sambaTemplate } from './samba.js';

const REPLICATION_DEADLINE_MS = 30_000;
const LOOK_EVERY_MS = 100;

export interface TestPair extends SambaPair {
  readonly folder: string;
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  /** What a controller itself says of a person, as the service account sees it. */
  read(controller: LabController, samAccountName: string, attribute: string): Promise<string | undefined>;
  /** Waits until both controllers say the same of a person, and returns that. */
  untilReplicated(samAccountName: string, attribute: string): Promise<string | undefined>;
}

export async function sambaPairForTests(): Promise<TestPair> {
  const folder = await mkdtemp(join(inject('labFolder'), 'pair-'));
  await cp(await pairTemplate(), folder, { recursive: true });
  const pair = await startSambaPair({
    folder,
    addresses: await pickTwo(),
    authority: await openCertificateAuthority(folder),
  });
  const stop = async () => {
    await pair.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const serviceAccount = {
    bindName: `${SAMPLE_SERVICE_ACCOUNT.samAccountName}@${pair.realm.toLowerCase()}`,
    password: SAMPLE_SERVICE_ACCOUNT.password,
  };
  const read = (controller: LabController, samAccountName: string, attribute: string) =>
    boundAs({ url: controller.url, caFile: pair.caFile }, serviceAccount, (client) =>
      readAttribute(client, pair.baseDn, { samAccountName, attribute }),
    );
  const untilReplicated = (samAccountName: string, attribute: string) =>
    vi.waitFor(
      async () => {
        const [first, second] = await Promise.all(
          [pair.first, pair.second].map((controller) => read(controller, samAccountName, attribute)),
        );
        if (first !== second) throw new Error(`${attribute} of ${samAccountName} is ${first} here and ${second} there`);
        return first;
      },
      { timeout: REPLICATION_DEADLINE_MS, interval: LOOK_EVERY_MS },
    );
  return { ...pair, folder, serviceAccount, read, untilReplicated, stop, [Symbol.asyncDispose]: stop };
}

async function readAttribute(
  client: Client,
  baseDn: string,
  { samAccountName, attribute }: { samAccountName: string; attribute: string },
): Promise<string | undefined> {
  const { searchEntries } = await client.search(baseDn, {
    filter: `(sAMAccountName=${samAccountName})`,
    attributes: [attribute],
  });
  return searchEntries[0]?.[attribute]?.toString() || undefined;
}

function pairTemplate(): Promise<string> {
  const runFolder = inject('labFolder');
  return madeOnce(runFolder, 'pair-template', async (folder) => {
    await prepareSambaPair({
      folder,
      from: await sambaTemplate(runFolder),
      addresses: await pickTwo(),
      authority: await openCertificateAuthority(folder),
    });
  });
}

async function pickTwo(): Promise<{ first: string; second: string }> {
  const first = await pickLabAddress(LAB_RANGES.tests);
  return { first, second: await pickLabAddress(LAB_RANGES.tests) };
}
