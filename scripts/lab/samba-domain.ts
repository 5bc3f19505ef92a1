// A real Active Directory on one loopback address: a Samba domain controller with LDAPS and Kerberos.
// Promises a domain that answers verified LDAPS when it is handed over, the same domain again from the same folder within
// seconds, and no process left behind. Knows nothing of the people in it; see samba-people.ts.

import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { CertificateAuthority } from './certificate-authority.js';
import { assertAddressFree } from './lab-address.js';
import type { LabProcess } from './lab-process.js';
import { endStaleProcess } from './lab-process.js';
import { runCommand } from './run-command.js';
import type { ControllerNames, ControllerPaths } from './samba-controller.js';
import { controllerNames, controllerPaths, startController } from './samba-controller.js';
import { runSambaScript } from './samba-script.js';

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
  const paths = controllerPaths(options.folder);
  const names = controllerNames(realm);

  await endStaleProcess(paths.pidFile);
  await assertAddressFree(address);
  await prepareSambaDomain(options);
  const adminPassword = await readFile(paths.adminPasswordFile, 'utf8');
  const services = options.services ?? 'ldap, cldap, kdc';
  const running = await startController({ paths, names, address, authority, services, kerberosServers: [address] });
  const { hostName, netbiosName, baseDn } = names;
  return domainOf(running, {
    hostName,
    netbiosName,
    baseDn,
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
  const paths = controllerPaths(options.folder);
  if (!(await exists(paths.provisionedFile))) await provision(paths, controllerNames(realm));
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

async function provision(paths: ControllerPaths, names: ControllerNames): Promise<void> {
  // What an interrupted attempt left is no domain.
  await rm(paths.sambaFolder, { recursive: true, force: true });
  await mkdir(paths.sambaFolder, { recursive: true });
  // Without --adminpass Samba makes up a password: ours is set below, from standard input, never seen in a process list.
  await runCommand('samba-tool', [
    ...['domain', 'provision', `--realm=${names.realm}`, `--domain=${names.netbiosName}`, '--server-role=dc'],
    ...['--dns-backend=NONE', `--targetdir=${paths.sambaFolder}`, '--host-name=dc1', '--host-ip=127.0.0.1'],
    ...['--option=interfaces=127.0.0.1/8', '--option=bind interfaces only=yes'],
    '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb',
  ]);
  const adminPassword = `Aa1-${randomBytes(18).toString('base64url')}`;
  await runSambaScript(paths.smbConfFile, 'set_password.py', { account: 'Administrator', password: adminPassword });
  await writeFile(paths.adminPasswordFile, adminPassword, { mode: 0o600 });
  await writeFile(paths.provisionedFile, '');
}

function realmOf(options: Pick<SambaDomainOptions, 'realm'>): string {
  return (options.realm ?? 'CORP.EXAMPLE.COM').toUpperCase();
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
