// One Samba domain controller from its folder: where its files lie, what its settings say, and its process, ready when it is
// handed over. Knows nothing of how the folder came about: samba-domain.ts provisions a domain's first controller,
// samba-replica.ts joins a second one.

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CertificateAuthority } from './certificate-authority.js';
import { writeCertificate } from './certificate-authority.js';
import { LabFailure } from './lab-failure.js';
import type { LabProcess } from './lab-process.js';
import { startLabProcess, waitUntilReady } from './lab-process.js';
import { completesTcp, completesTls } from './port-probe.js';

const READY_DEADLINE_MS = 60_000;
/** A socket's path has 107 bytes at most (unix(7)); the longest that Samba makes here is `/state/winbindd_privileged/pipe`. */
const SAMBA_FOLDER_LENGTH_MAX = 107 - 31;
const LDAPS_PORT = 636;
const KERBEROS_PORT = 88;

export type ControllerPaths = ReturnType<typeof controllerPaths>;
export type ControllerNames = ReturnType<typeof controllerNames>;

/** Throws a LabFailure where the folder lies too deep for Samba. */
export function controllerPaths(anyFolder: string) {
  // Absolute, because Samba reads them from its own settings, wherever it was started.
  const folder = resolve(anyFolder);
  const sambaFolder = join(folder, 'samba');
  if (sambaFolder.length > SAMBA_FOLDER_LENGTH_MAX) {
    throw new LabFailure(`${sambaFolder} is too long a path for Samba's sockets: choose a shorter folder`);
  }
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

/** Every name of a controller; `controller` is its short one, as in `dc1`. */
export function controllerNames(realm: string, controller = 'dc1') {
  const labels = realm.toLowerCase().split('.');
  return {
    controller,
    realm,
    hostName: `${controller}.${realm.toLowerCase()}`,
    netbiosName: (labels[0] ?? 'corp').toUpperCase(),
    baseDn: labels.map((label) => `DC=${label}`).join(','),
  };
}

export interface ControllerOptions {
  readonly paths: ControllerPaths;
  readonly names: ControllerNames;
  readonly address: string;
  readonly authority: CertificateAuthority;
  /** Samba's `server services`. */
  readonly services: string;
  /** Where to find tickets: Kerberos servers' addresses, the first preferred. */
  readonly kerberosServers: readonly string[];
  /** What to run Samba by: a program and its arguments, to which Samba's own are added. Default: nothing. */
  readonly by?: readonly string[];
}

export async function startController(options: ControllerOptions): Promise<LabProcess> {
  const { paths, names, address, authority } = options;
  const name = `the Samba domain controller ${names.hostName}`;
  await writeSettings(options);
  await writeCertificate(await authority.issue({ hostNames: [names.hostName], addresses: [address] }), paths);
  const [command = 'samba', ...args] = [
    ...(options.by ?? []),
    ...['samba', '-s', paths.smbConfFile, '-i', '--debug-stdout', '--debuglevel=1'],
  ];
  const running = await startLabProcess({
    name,
    command,
    args,
    logFile: paths.logFile,
    pidFile: paths.pidFile,
    env: { ...process.env, KRB5_CONFIG: paths.krb5ConfigFile },
  });
  await waitUntilReady(running, {
    name,
    logFile: paths.logFile,
    deadlineMs: READY_DEADLINE_MS,
    probe: () => isReady({ address, hostName: names.hostName, caPem: authority.certificatePem }),
  });
  return running;
}

/** Written anew at every start: the address may have changed, and nothing here is the domain's own data. */
export async function writeSettings(options: Omit<ControllerOptions, 'authority' | 'by'>): Promise<void> {
  const { paths, names, address, kerberosServers } = options;
  const { sambaFolder, runFolder } = paths;
  await mkdir(runFolder, { recursive: true });
  await writeFile(
    paths.smbConfFile,
    `[global]
  realm = ${names.realm}
  workgroup = ${names.netbiosName}
  netbios name = ${names.controller.toUpperCase()}
  server role = active directory domain controller
  server services = ${options.services}
  interfaces = ${address}/8
  bind interfaces only = yes
  # Seconds until other controllers are told of a change, and until the first look at them after a start; 5 and 15 by themselves.
  dreplsrv:notify_interval = 1
  dreplsrv:periodic_startup_interval = 1
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
  default_realm = ${names.realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
[realms]
  ${names.realm} = {
${kerberosServers.map((server) => `    kdc = ${server}`).join('\n')}
  }
`,
  );
}

/** True when LDAPS, verified as any client would, and Kerberos both answer. */
async function isReady(options: { address: string; hostName: string; caPem: string }): Promise<boolean> {
  const { address: host, hostName: servername, caPem: ca } = options;
  return (
    (await completesTls({ host, port: LDAPS_PORT, ca, servername })) &&
    (await completesTcp({ host, port: KERBEROS_PORT }))
  );
}
