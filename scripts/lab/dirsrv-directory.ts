// A real 389 Directory Server on one loopback address, with LDAPS and its password policy.
// Promises a directory that answers when it is handed over, loaded with what the caller gives, and no process left behind.
// The instance is laid out by hand inside the folder, from the package's own templates: dscreate wants systemd, /etc/dirsrv
// and half a minute. Knows nothing of the people in it; see dirsrv-people.ts.

import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { ADMIN_DN, allow, BACKEND, dirsrvSettings, HOST_NAME, hashed, PORT } from './dirsrv-settings.js';
import { assertAddressFree } from './lab-address.js';
import { endStaleProcess, startLabProcess, waitUntilReady } from './lab-process.js';
import type { LdifEntry } from './ldif.js';
import { ldifOf, withHashedPassword } from './ldif.js';
import { completesTls } from './port-probe.js';
import { runCommand } from './run-command.js';
import type { PasswordRules } from './samba-people.js';
import { LAB_PASSWORD_RULES } from './samba-people.js';

const READY_DEADLINE_MS = 30_000;
const CERTIFICATE_NAME = 'Server-Cert';
/** The bundle lies beside the key itself, for the moment that the import takes. */
const BUNDLE_PASSWORD = 'bundle';

export interface DirsrvOptions {
  /** Where the data lies. Emptied first: what the directory holds is `entries`, nothing older. */
  readonly folder: string;
  readonly address: string;
  readonly authority: CertificateAuthority & { readonly caFile: string };
  /** Default `dc=example,dc=com`. */
  readonly suffix?: string;
  /** Entries below the suffix, parents first. Default: none. */
  readonly entries?: readonly LdifEntry[];
  /** The directory's own rules. Default LAB_PASSWORD_RULES. */
  readonly policy?: PasswordRules;
  /** Whether who got a password from somebody else has to change it (`passwordMustChange`). Default `as-it-is`. */
  readonly afterReset?: 'must-change' | 'as-it-is';
  /** `counted`: every change gets a number, `entryusn` (the USN plugin). Default `not-counted`, as the server comes. */
  readonly changes?: 'counted' | 'not-counted';
}

export interface DirsrvDirectory extends AsyncDisposable {
  readonly pid: number;
  readonly address: string;
  readonly url: string;
  readonly hostName: string;
  readonly caFile: string;
  readonly suffix: string;
  readonly peopleDn: string;
  readonly adminDn: string;
  readonly adminPassword: string;
  /** May read the people of `peopleDn` and the rules, and write a password and what locks an account there, no more. */
  readonly serviceAccount: { readonly bindName: string; readonly password: string };
  readonly logFile: string;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export async function startDirsrv(options: DirsrvOptions): Promise<DirsrvDirectory> {
  const { address, authority, suffix = 'dc=example,dc=com' } = options;
  const folder = resolve(options.folder);
  const paths = pathsIn(folder);
  const facts = {
    address,
    suffix,
    url: `ldaps://${address}`,
    hostName: HOST_NAME,
    caFile: authority.caFile,
    peopleDn: `ou=people,${suffix}`,
    adminDn: ADMIN_DN,
    adminPassword: newPassword(),
    serviceAccount: { bindName: `cn=svc-drawbridge,ou=services,${suffix}`, password: newPassword() },
    logFile: paths.logFile,
  };

  await endStaleProcess(paths.pidFile);
  await assertAddressFree(address, [PORT]);
  await layOut(paths);
  await importCertificate(paths, await authority.issue({ hostNames: [HOST_NAME], addresses: [address] }));
  const settings = await dirsrvSettings({
    paths,
    address,
    suffix,
    adminPassword: facts.adminPassword,
    serviceDn: facts.serviceAccount.bindName,
    policy: options.policy ?? LAB_PASSWORD_RULES,
    afterReset: options.afterReset ?? 'as-it-is',
    changes: options.changes ?? 'not-counted',
  });
  await writeFile(join(paths.config, 'dse.ldif'), settings, { mode: 0o600 });
  const entries = [...baseEntries(facts), ...(options.entries ?? [])].map((entry) => withHashedPassword(entry, hashed));
  await writeFile(paths.ldifFile, ldifOf(entries), { mode: 0o600 });
  await runCommand('ns-slapd', ['ldif2db', '-D', paths.config, '-n', BACKEND, '-i', paths.ldifFile]);
  await rm(paths.ldifFile);

  const name = 'the 389 Directory Server';
  const running = await startLabProcess({
    name,
    command: 'ns-slapd',
    // -d 0 keeps it in the foreground.
    args: ['-D', paths.config, '-i', join(paths.run, 'own.pid'), '-d', '0'],
    logFile: paths.logFile,
    pidFile: paths.pidFile,
  });
  const { pid, ended } = running;
  const stop = async () => {
    // Two seconds quicker than asking it to end, and nobody reads the data again.
    await running.kill();
    // Its statistics' semaphore, named after the instance's folder, outlives a server that is killed.
    await rm(paths.semaphoreFile, { force: true });
  };
  const probe = () => completesTls({ host: address, port: PORT, ca: authority.certificatePem, servername: HOST_NAME });
  const { logFile } = paths;
  await waitUntilReady({ ...running, stop }, { name, logFile, deadlineMs: READY_DEADLINE_MS, probe });
  return { ...facts, pid, ended, stop, [Symbol.asyncDispose]: stop };
}

// --- The instance's folder -----------------------------------------------------------------------------------------

type Paths = ReturnType<typeof pathsIn>;
type Facts = Pick<DirsrvDirectory, 'address' | 'suffix' | 'peopleDn' | 'adminPassword' | 'serviceAccount'>;

function pathsIn(folder: string) {
  // The server names its semaphore after the last part of this path, so that has to differ from instance to instance.
  const instance = `slapd-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  return {
    folder,
    config: join(folder, instance),
    schema: join(folder, instance, 'schema'),
    run: join(folder, 'run'),
    lock: join(folder, 'lock'),
    log: join(folder, 'log'),
    data: join(folder, 'data'),
    other: join(folder, 'other'),
    ldifFile: join(folder, 'entries.ldif'),
    pidFile: join(folder, 'ns-slapd.pid'),
    logFile: join(folder, 'ns-slapd.log'),
    semaphoreFile: `/dev/shm/sem.${instance}.stats`,
  };
}

async function layOut(paths: Paths): Promise<void> {
  await rm(paths.folder, { recursive: true, force: true });
  for (const folder of [paths.schema, paths.run, paths.lock, paths.log, paths.data, paths.other]) {
    await mkdir(folder, { recursive: true });
  }
  for (const file of ['slapd-collations.conf', 'certmap.conf']) {
    await copyFile(join('/etc/dirsrv/config', file), join(paths.config, file));
  }
  await copyFile('/etc/dirsrv/schema/99user.ldif', join(paths.schema, '99user.ldif'));
}

/** Into the NSS database that the server reads. */
async function importCertificate(paths: Paths, issued: Parameters<typeof writeCertificate>[0]): Promise<void> {
  const files = { certificateFile: join(paths.folder, 'cert.pem'), keyFile: join(paths.folder, 'key.pem') };
  const bundle = join(paths.folder, 'bundle.p12');
  const database = `sql:${paths.config}`;
  await writeCertificate(issued, files);
  await runCommand('openssl', [
    ...['pkcs12', '-export', '-in', files.certificateFile, '-inkey', files.keyFile],
    ...['-name', CERTIFICATE_NAME, '-out', bundle, '-passout', `pass:${BUNDLE_PASSWORD}`],
  ]);
  await runCommand('certutil', ['-N', '-d', database, '--empty-password']);
  await runCommand('pk12util', ['-i', bundle, '-d', database, '-W', BUNDLE_PASSWORD]);
  for (const file of [...Object.values(files), bundle]) await rm(file);
}

// --- What every such directory holds -------------------------------------------------------------------------------

function baseEntries({ suffix, peopleDn, serviceAccount }: Facts): LdifEntry[] {
  const who = serviceAccount.bindName;
  const onPeople = (name: string, rule: { attributes: string; rights: string; who?: string }) =>
    allow(name, { target: `ldap:///${peopleDn}`, who, ...rule });
  const domain = /^dc=([^,]+)/i.exec(suffix)?.[1] ?? 'example';
  return [
    {
      dn: suffix,
      attributes: {
        objectClass: ['top', 'domain'],
        dc: domain,
        aci: [
          allow('reading', { ...READING, target: `ldap:///${suffix}`, who }),
          onPeople('passwords', { attributes: '="userPassword"', rights: 'write' }),
          onPeople('locks', { attributes: '="passwordRetryCount || accountUnlockTime"', rights: 'write' }),
          onPeople('own password', { attributes: '="userPassword"', rights: 'write', who: 'self' }),
        ],
      },
    },
    { dn: `ou=services,${suffix}`, attributes: { objectClass: 'organizationalUnit', ou: 'services' } },
    {
      dn: serviceAccount.bindName,
      attributes: {
        objectClass: ['organizationalRole', 'simpleSecurityObject'],
        cn: 'svc-drawbridge',
        userPassword: serviceAccount.password,
      },
    },
  ];
}

/** Operational attributes too, but nothing by which a password could be found out. */
const READING = { attributes: '!="userPassword || passwordHistory || aci"', rights: 'read, search, compare' };

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
