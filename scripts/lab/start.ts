// A directory of the lab in the foreground, for people who work on other parts:
//   node dist/scripts/lab/start.js samba --data DIR        node dist/scripts/lab/start.js openldap --data DIR
//   node dist/scripts/lab/start.js dirsrv --data DIR
// Prints how to reach it, and ends it with Ctrl-C or SIGTERM. What lies in DIR is the same domain next time.

import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure, Failure } from '../../src/failure/failure.js';
import { openCertificateAuthority } from './certificate-authority.js';
import type { DirsrvDirectory } from './dirsrv-directory.js';
import { startDirsrv } from './dirsrv-directory.js';
import { dirsrvEntries, dirsrvPeople } from './dirsrv-people.js';
import { LAB_RANGES, pickLabAddress } from './lab-address.js';
import type { OpenLdapDirectory } from './openldap-directory.js';
import { startOpenLdap } from './openldap-directory.js';
import { openLdapEntries, openLdapPeople } from './openldap-people.js';
import { startSambaDomain } from './samba-domain.js';
import type { LabPerson } from './samba-people.js';
import { ensurePeople } from './samba-people.js';
import { LDAP_SAMPLE_POPULATION, SAMPLE_PASSWORD, SAMPLE_POPULATION, SAMPLE_SERVICE_ACCOUNT } from './sample-people.js';

const USAGE = 'usage: start (samba | openldap | dirsrv) --data DIR';
const SUFFIX = 'dc=example,dc=com';

interface Running extends AsyncDisposable {
  readonly ended: Promise<string>;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } });
  const start = new Map([
    ['samba', startSamba],
    ['openldap', startSlapd],
    ['dirsrv', startDirectoryServer],
  ]).get(positionals[0] ?? '');
  if (start === undefined || values.data === undefined) {
    console.error(USAGE);
    return 2;
  }
  await using running = await start(resolve(values.data));
  console.log('Ctrl-C ends it.');
  const stopped = await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), running.ended]);
  if (typeof stopped !== 'string') return 0;
  console.error(stopped);
  return 1;
}

async function startSamba(folder: string): Promise<Running> {
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const address = await pickLabAddress(LAB_RANGES.developer);
  const domain = await startSambaDomain({ folder: join(folder, 'domain'), address, authority });
  await ensurePeople(domain, SAMPLE_POPULATION);
  const { url, realm, baseDn, hostName, caFile, krb5ConfigFile, adminName, adminPassword, logFile } = domain;
  console.table({ url, realm, baseDn, hostName, caFile, krb5ConfigFile, adminName, adminPassword, logFile });
  const { samAccountName, password } = SAMPLE_SERVICE_ACCOUNT;
  console.log(`Service account: ${samAccountName}@${realm.toLowerCase()}, password ${password}`);
  tellPeople(SAMPLE_POPULATION.people);
  return domain;
}

async function startSlapd(folder: string): Promise<Running> {
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const address = await pickLabAddress(LAB_RANGES.developer);
  const entries = openLdapEntries(LDAP_SAMPLE_POPULATION, { suffix: SUFFIX, at: new Date() });
  const directory = await startOpenLdap({ folder: join(folder, 'openldap'), address, authority, entries });
  tellDirectory(directory);
  tellPeople(openLdapPeople(LDAP_SAMPLE_POPULATION));
  return directory;
}

async function startDirectoryServer(folder: string): Promise<Running> {
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const address = await pickLabAddress(LAB_RANGES.developer);
  const entries = dirsrvEntries(LDAP_SAMPLE_POPULATION, { suffix: SUFFIX, at: new Date() });
  const directory = await startDirsrv({ folder: join(folder, 'dirsrv'), address, authority, entries });
  tellDirectory(directory);
  tellPeople(dirsrvPeople(LDAP_SAMPLE_POPULATION));
  return directory;
}

function tellDirectory(directory: OpenLdapDirectory | DirsrvDirectory): void {
  const { url, suffix, caFile, adminDn, adminPassword, serviceAccount, logFile } = directory;
  console.table({ url, suffix, caFile, adminDn, adminPassword, logFile });
  console.log(`Service account: ${serviceAccount.bindName}, password ${serviceAccount.password}`);
}

function tellPeople(people: readonly LabPerson[]): void {
  console.log(`Everybody's password at first: ${SAMPLE_PASSWORD}`);
  console.table(
    people.map(({ samAccountName: name, displayName, unit, states = [] }) => ({
      name,
      displayName,
      unit,
      states: states.join(', '),
    })),
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  // An expected trouble in one sentence; our own mistake with its stack.
  console.error(error instanceof Failure ? describeFailure(error) : error);
  process.exitCode = 1;
}
