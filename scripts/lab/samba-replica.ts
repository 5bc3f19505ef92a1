// A second, replicating domain controller beside a domain's first, each on a loopback address of its own: for failover.
// The two find each other by files in a mount namespace of their own (hosts, lmhosts), and ask no name server at all, so that
// the machine's own resolver is neither used nor changed. Needs root, as the ports do.

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CertificateAuthority } from './certificate-authority.js';
import { assertAddressFree } from './lab-address.js';
import type { LabProcess } from './lab-process.js';
import { endStaleProcess } from './lab-process.js';
import { runCommand } from './run-command.js';
import type { ControllerNames, ControllerPaths } from './samba-controller.js';
import { controllerNames, controllerPaths, startController, writeSettings } from './samba-controller.js';
import { runSambaScript } from './samba-script.js';

const REALM = 'CORP.EXAMPLE.COM';
const ADMINISTRATOR = 'Administrator';
/** What replication needs beside what clients do: remote procedure calls and the replication service itself. */
const SERVICES = 'rpc, ldap, cldap, kdc, drepl';

/** objectGUID of each controller's NTDS Settings, by the controller's NetBIOS name. Never changes after the join. */
const serviceIdsSchema = z.record(z.string(), z.string());

export interface SambaPairOptions {
  /** Where both controllers' data lie. Prepared the first time; may move to other addresses later. */
  readonly folder: string;
  /** Loopback addresses on which nothing listens yet; see lab-address.ts. */
  readonly addresses: { readonly first: string; readonly second: string };
  readonly authority: CertificateAuthority & { readonly caFile: string };
}

/** A domain controller that comes and goes as a test tells it to. */
export interface LabController {
  /** Of the process that runs now, or ran last. */
  readonly pid: number;
  readonly address: string;
  readonly url: string;
  readonly hostName: string;
  readonly smbConfFile: string;
  readonly logFile: string;
  /** Takes it away as a power cut would. */
  kill(): Promise<void>;
  /** It still accepts connections, and answers nothing. */
  pause(): void;
  resume(): void;
  /** Ends it, if it still runs, and starts it from its folder, on the same address. */
  restart(): Promise<void>;
}

export interface SambaPair extends AsyncDisposable {
  readonly realm: string;
  readonly netbiosName: string;
  readonly baseDn: string;
  readonly caFile: string;
  readonly krb5ConfigFile: string;
  /** The domain's first controller, and its PDC emulator. */
  readonly first: LabController;
  readonly second: LabController;
  /** Makes `to` fetch now what it lacks of `from`; by themselves they do so a second or two after a change. */
  replicate(direction: { readonly from: LabController; readonly to: LabController }): Promise<void>;
  stop(): Promise<void>;
}

export async function startSambaPair(options: SambaPairOptions): Promise<SambaPair> {
  const pair = pairIn(options.folder, options.addresses);
  for (const { paths, address } of [pair.first, pair.second]) {
    await endStaleProcess(paths.pidFile);
    await assertAddressFree(address);
  }
  await writeNames(pair, await readServiceIds(pair));
  const start = (place: Place) => startPlace(pair, place, options.authority);
  const [first, second] = await Promise.all([controllerOf(pair.first, start), controllerOf(pair.second, start)]);
  const stop = async () => {
    await Promise.all([first.stop(), second.stop()]);
  };
  return {
    realm: REALM,
    netbiosName: pair.first.names.netbiosName,
    baseDn: pair.first.names.baseDn,
    caFile: options.authority.caFile,
    krb5ConfigFile: pair.first.paths.krb5ConfigFile,
    first: first.controller,
    second: second.controller,
    replicate: ({ from, to }) => replicate(pair, { from: from.hostName, to: to.hostName }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * Lays out both controllers in `folder`, the first as a copy of the domain in `from` (samba-domain.ts), without leaving one
 * running. The folder may be copied then.
 */
export async function prepareSambaPair(options: SambaPairOptions & { readonly from: string }): Promise<void> {
  const pair = pairIn(options.folder, options.addresses);
  const { first } = pair;
  await cp(options.from, join(options.folder, 'dc1'), { recursive: true });
  await writeSettings(settingsOf(pair, first));
  await writeNames(pair, {});
  // What the first controller's own dnsupdate service does within minutes: without these names no other one gets a ticket for it.
  await runCommand('samba_spnupdate', ['-s', first.paths.smbConfFile]);
  const running = await startPlace(pair, first, options.authority);
  try {
    await joinSecond(pair);
  } finally {
    await running.stop();
  }
  // What the KCC service does within minutes: the first controller fetches from the second too.
  await runCommand('samba_kcc', ['-s', first.paths.smbConfFile], { env: { KRB5_CONFIG: first.paths.krb5ConfigFile } });
  const serviceIds = await runSambaScript(first.paths.smbConfFile, 'directory_service_ids.py', {});
  await writeFile(pair.serviceIdsFile, JSON.stringify(serviceIds));
  await removeSockets(options.folder);
}

/** What a controller that ran leaves, and cannot be copied. */
async function removeSockets(folder: string): Promise<void> {
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (file.isSocket()) await rm(join(file.parentPath, file.name));
  }
}

async function joinSecond(pair: Pair): Promise<void> {
  const { first, second } = pair;
  await rm(second.paths.sambaFolder, { recursive: true, force: true });
  await mkdir(second.paths.sambaFolder, { recursive: true });
  await runInside(pair, 'samba-tool', [
    ...['domain', 'join', REALM.toLowerCase(), 'DC', `--server=${first.names.hostName}`, `--realm=${REALM}`],
    ...['--dns-backend=NONE', `--targetdir=${second.paths.sambaFolder}`, '-U', ADMINISTRATOR],
    ...[`--option=netbios name=${second.names.controller.toUpperCase()}`, `--option=interfaces=${second.address}/8`],
    ...['--option=bind interfaces only=yes', '--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb'],
  ]);
}

async function replicate(pair: Pair, { from, to }: { from: string; to: string }): Promise<void> {
  const { paths, names } = pair.first;
  await runInside(pair, 'samba-tool', [
    ...['drs', 'replicate', to, from, names.baseDn],
    ...['-s', paths.smbConfFile, '-U', ADMINISTRATOR],
  ]);
}

// --- The two places ------------------------------------------------------------------------------------------------

interface Place {
  readonly paths: ControllerPaths;
  readonly names: ControllerNames;
  readonly address: string;
}

interface Pair {
  readonly first: Place;
  readonly second: Place;
  /** What stands in for /etc in the controllers' namespace. */
  readonly namesFolder: string;
  readonly serviceIdsFile: string;
}

function pairIn(folder: string, addresses: SambaPairOptions['addresses']): Pair {
  const place = (name: string, address: string) => ({
    paths: controllerPaths(join(folder, name)),
    names: controllerNames(REALM, name),
    address,
  });
  return {
    first: place('dc1', addresses.first),
    second: place('dc2', addresses.second),
    namesFolder: join(folder, 'names'),
    serviceIdsFile: join(folder, 'service-ids.json'),
  };
}

function settingsOf({ first, second }: Pair, place: Place) {
  const other = place === first ? second : first;
  // Its own Kerberos server first: the other one may be frozen.
  return { ...place, services: SERVICES, kerberosServers: [place.address, other.address] };
}

function startPlace(pair: Pair, place: Place, authority: CertificateAuthority): Promise<LabProcess> {
  return startController({ ...settingsOf(pair, place), authority, by: insideNamespace(pair) });
}

async function controllerOf(
  place: Place,
  start: (place: Place) => Promise<LabProcess>,
): Promise<{ controller: LabController; stop: () => Promise<void> }> {
  const { paths, names, address } = place;
  let running = await start(place);
  const controller = {
    get pid() {
      return running.pid;
    },
    address,
    url: `ldaps://${address}`,
    hostName: names.hostName,
    smbConfFile: paths.smbConfFile,
    logFile: paths.logFile,
    kill: () => running.kill(),
    pause: () => running.pause(),
    resume: () => running.resume(),
    restart: async () => {
      await running.stop();
      running = await start(place);
    },
  };
  return { controller, stop: () => running.stop() };
}

// --- Names without a name server -----------------------------------------------------------------------------------

/** Samba looks for its partners by `GUID._msdcs.DOMAIN`, in lmhosts before it asks a name server; other programs use hosts. */
async function writeNames(pair: Pair, serviceIds: z.infer<typeof serviceIdsSchema>): Promise<void> {
  const lines = [pair.first, pair.second].flatMap(({ names, address }) => {
    const id = serviceIds[names.controller.toUpperCase()];
    return [names.hostName, ...(id === undefined ? [] : [`${id}._msdcs.${REALM.toLowerCase()}`])].map(
      (name) => `${address} ${name}`,
    );
  });
  await mkdir(join(pair.namesFolder, 'samba'), { recursive: true });
  await writeFile(join(pair.namesFolder, 'samba', 'lmhosts'), `${lines.join('\n')}\n`);
  await writeFile(join(pair.namesFolder, 'hosts'), `127.0.0.1 localhost\n${lines.join('\n')}\n`);
  await writeFile(join(pair.namesFolder, 'resolv.conf'), 'options attempts:1 timeout:1\n');
}

async function readServiceIds({ serviceIdsFile }: Pair): Promise<z.infer<typeof serviceIdsSchema>> {
  return serviceIdsSchema.parse(JSON.parse(await readFile(serviceIdsFile, 'utf8')));
}

/** The names' files laid over those in /etc, for what is run by this alone. */
function insideNamespace({ namesFolder }: Pair): string[] {
  const mounts = ['hosts', 'resolv.conf', 'samba'].map((name) => `mount --bind "$0/${name}" /etc/${name}`);
  return ['unshare', '--mount', 'sh', '-c', `${mounts.join(' && ')} && exec "$@"`, namesFolder];
}

async function runInside(pair: Pair, command: string, args: readonly string[]): Promise<void> {
  const [program = '', ...rest] = [...insideNamespace(pair), command, ...args];
  const { krb5ConfigFile, adminPasswordFile } = pair.first.paths;
  // The administrator's password by a file that Samba's programs look for: never in arguments.
  await runCommand(program, rest, { env: { KRB5_CONFIG: krb5ConfigFile, PASSWD_FILE: adminPasswordFile } });
}
