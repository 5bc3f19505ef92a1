// A real Active Directory on one loopback address: a Samba domain controller with LDAPS and Kerberos.
// Promises a domain that answers verified LDAPS when it is handed over, the same domain again from the same folder within
// seconds, and no process left behind. Knows nothing of the people in it; see samba-people.ts.

import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { assertAddressFree } from './lab-address.js';
import { LabFailure } from './lab-failure.js';
import type { LabProcess } from './lab-process.js';
import { endStaleProcess, startLabProcess, waitUntilReady } from './lab-process.js';
import { completesTcp, completesTls } from './port-probe.js';
import { runCommand } from './run-command.js';
import { runSambaScript } from './samba-script.js';

const READY_DEADLINE_MS = 60_000;
/** A socket's path has 107 bytes at most (unix(7)); the longest that Samba makes here is `/state/winbindd_privileged/pipe`. */
const SAMBA_FOLDER_LENGTH_MAX = 107 - 31;
const LDAPS_PORT = 636;
const KERBEROS_PORT = 88;

export interface SambaDomainOptions {
  /** Where the domain's data lies. Provisioned the first time; may move to another address later. */
  readonly folder: string;
  /** A loopback address on which nothing listens yet; see lab-address.ts. */
  readonly address: string;
  /** The authority that clients of this domain trust; `caFile` holds its certificate. */
  readonly authority: CertificateAuthority & { readonly caFile: string };
  /** Default CORP.EXAMPLE.COM. Fixed by the first start. */
  readonly realm?: string;
  /** Samba's `server services`. Default `ldap, cldap, kdc`: what LDAP and Kerberos clients need, and quick to start. */
  readonly services?: string;
}

export interface SambaDomain extends AsyncDisposable {
  readonly pid: number;
  readonly address: string;
  /** By address: `ldaps://127.0.0.11`. The certificate holds the host name too. */
  readonly url: string;
  readonly hostName: string;
  readonly realm: string;
  readonly netbiosName: string;
  readonly baseDn: string;
  readonly caFile: string;
  /** For Kerberos clients: set as `KRB5_CONFIG`. */
  readonly krb5ConfigFile: string;
  readonly adminName: string;
  readonly adminPassword: string;
  readonly logFile: string;
  /** What the Python scripts open the domain's database by. */
  readonly smbConfFile: string;
  /** Resolves with what to tell when the domain controller ends, by itself or stopped. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export async function startSambaDomain(options: SambaDomainOptions): Promise<SambaDomain> {
  const { address, authority } = options;
  const realm = realmOf(options);
  const paths = pathsIn(options.folder);
  const names = namesOf(realm);

  await endStaleProcess(paths.pidFile);
  await assertAddressFree(address);
  await prepareSambaDomain(options);
  const adminPassword = await readFile(paths.adminPasswordFile, 'utf8');
  await writeSettings(paths, { ...names, realm, address, services: options.services ?? 'ldap, cldap, kdc' });
  await writeCertificate(await authority.issue({ hostNames: [names.hostName], addresses: [address] }), paths);

  const running = await startLabProcess({
    name: `the Samba domain controller of ${realm}`,
    command: 'samba',
    args: ['-s', paths.smbConfFile, '-i', '--debug-stdout', '--debuglevel=1'],
    logFile: paths.logFile,
    pidFile: paths.pidFile,
  });
  await waitUntilReady(running, {
    name: `the Samba domain controller of ${realm}`,
    logFile: paths.logFile,
    deadlineMs: READY_DEADLINE_MS,
    probe: () => isReady({ address, hostName: names.hostName, caPem: authority.certificatePem }),
  });
  return domainOf(running, {
    ...names,
    krb5ConfigFile: paths.krb5ConfigFile,
    smbConfFile: paths.smbConfFile,
    logFile: paths.logFile,
    address,
    url: `ldaps://${address}`,
    realm,
    caFile: authority.caFile,
    adminName: 'Administrator',
    adminPassword,
  });
}

/** What the Python scripts need to know to open a domain's database. */
export type SambaDatabase = Pick<SambaDomain, 'realm' | 'smbConfFile'>;

/** Provisions the domain in `folder`, if that has not been done, without starting it. The folder may be copied then. */
export async function prepareSambaDomain(
  options: Pick<SambaDomainOptions, 'folder' | 'realm'>,
): Promise<SambaDatabase> {
  const realm = realmOf(options);
  const paths = pathsIn(options.folder);
  if (paths.sambaFolder.length > SAMBA_FOLDER_LENGTH_MAX) {
    throw new LabFailure(`${paths.sambaFolder} is too long a path for Samba's sockets: choose a shorter folder`);
  }
  if (!(await exists(paths.provisionedFile))) await provision(paths, realm, namesOf(realm));
  return { realm, smbConfFile: paths.smbConfFile };
}

function domainOf(
  running: LabProcess,
  facts: Omit<SambaDomain, 'pid' | 'ended' | 'stop' | typeof Symbol.asyncDispose>,
): SambaDomain {
  const { pid, ended, stop } = running;
  return { ...facts, pid, ended, stop, [Symbol.asyncDispose]: stop };
}

// --- Provisioning ------------------------------------------------------------------------------------------------

async function provision(paths: Paths, realm: string, names: Names): Promise<void> {
  // What an interrupted attempt left is no domain.
  await rm(paths.sambaFolder, { recursive: true, force: true });
  await mkdir(paths.sambaFolder, { recursive: true });
  // Without --adminpass Samba makes up a password: ours is set below, from standard input, never seen in a process list.
  await runCommand('samba-tool', [
    ...['domain', 'provision', `--realm=${realm}`, `--domain=${names.netbiosName}`, '--server-role=dc'],
    ...['--dns-backend=NONE', `--targetdir=${paths.sambaFolder}`, '--host-name=dc1', '--host-ip=127.0.0.1'],
    ...['--option=interfaces=127.0.0.1/8', '--option=bind interfaces only=yes'],
    '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb',
  ]);
  const adminPassword = `Aa1-${randomBytes(18).toString('base64url')}`;
  await runSambaScript(paths.smbConfFile, 'set_password.py', { account: 'Administrator', password: adminPassword });
  await writeFile(paths.adminPasswordFile, adminPassword, { mode: 0o600 });
  await writeFile(paths.provisionedFile, '');
}

// --- Settings ----------------------------------------------------------------------------------------------------

type Paths = ReturnType<typeof pathsIn>;
type Names = ReturnType<typeof namesOf>;

function pathsIn(anyFolder: string) {
  // Absolute, because Samba reads them from its own settings, wherever it was started.
  const folder = resolve(anyFolder);
  const sambaFolder = join(folder, 'samba');
  return {
    sambaFolder,
    runFolder: join(folder, 'run'),
    provisionedFile: join(folder, 'provisioned'),
    adminPasswordFile: join(folder, 'administrator.password'),
    pidFile: join(folder, 'samba.pid'),
    logFile: join(folder, 'samba.log'),
    krb5ConfigFile: join(folder, 'krb5.conf'),
    smbConfFile: join(sambaFolder, 'etc', 'smb.conf'),
    certificateFile: join(folder, 'tls', 'cert.pem'),
    keyFile: join(folder, 'tls', 'key.pem'),
  };
}

function realmOf(options: Pick<SambaDomainOptions, 'realm'>): string {
  return (options.realm ?? 'CORP.EXAMPLE.COM').toUpperCase();
}

function namesOf(realm: string) {
  const labels = realm.toLowerCase().split('.');
  return {
    hostName: `dc1.${realm.toLowerCase()}`,
    netbiosName: (labels[0] ?? 'corp').toUpperCase(),
    baseDn: labels.map((label) => `DC=${label}`).join(','),
  };
}

/** Written anew at every start: the address may have changed, and nothing here is the domain's own data. */
async function writeSettings(
  paths: Paths,
  settings: Names & { realm: string; address: string; services: string },
): Promise<void> {
  const { realm, address } = settings;
  const { sambaFolder, runFolder } = paths;
  await mkdir(runFolder, { recursive: true });
  await writeFile(
    paths.smbConfFile,
    `[global]
  realm = ${realm}
  workgroup = ${settings.netbiosName}
  netbios name = DC1
  server role = active directory domain controller
  server services = ${settings.services}
  interfaces = ${address}/8
  bind interfaces only = yes
  tls enabled = yes
  tls certfile = ${paths.certificateFile}
  tls keyfile = ${paths.keyFile}
  tls cafile =
  private dir = ${sambaFolder}/private
  state directory = ${sambaFolder}/state
  lock directory = ${sambaFolder}
  cache directory = ${sambaFolder}/cache
  binddns dir = ${sambaFolder}/bind-dns
  pid directory = ${runFolder}
  ncalrpc dir = ${runFolder}/ncalrpc
  winbindd socket directory = ${runFolder}/winbindd
  ntp signd socket directory = ${runFolder}/ntp
  log file = ${paths.logFile}
  load printers = no
  vfs objects = dfs_samba4 acl_xattr xattr_tdb

[sysvol]
  path = ${sambaFolder}/state/sysvol
  read only = no
`,
  );
  await writeFile(
    paths.krb5ConfigFile,
    `[libdefaults]
  default_realm = ${realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
[realms]
  ${realm} = {
    kdc = ${address}
  }
`,
  );
}

// --- Readiness ---------------------------------------------------------------------------------------------------

/** True when LDAPS, verified as any client would, and Kerberos both answer. */
async function isReady(options: { address: string; hostName: string; caPem: string }): Promise<boolean> {
  const { address: host, hostName: servername, caPem: ca } = options;
  return (
    (await completesTls({ host, port: LDAPS_PORT, ca, servername })) &&
    (await completesTcp({ host, port: KERBEROS_PORT }))
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
