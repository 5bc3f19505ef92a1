// Opens the directories of the settings: wiring, apart from agent.ts because commands that only look need it too.
// Connects to nothing yet.

import { randomBytes } from 'node:crypto';
import { OperatorMistake } from '../failure/failure.js';
import { readCertificates } from '../settings/setting-files.js';
import type { Clock } from '../timing/clock.js';
import { factsNeeded } from './accounts/judge-managed.js';
import type { OpenedDirectory } from './background-work.js';
import type { AgentConfig, DirectoryConfig } from './config.js';
import { discoverServers } from './directory/discover-servers.js';
import { DirectoryMisconfigured } from './directory/ports.js';
import { DnsHostAddresses } from './dns/host-addresses.js';
import { DnsServiceRecords } from './dns/service-records.js';
import type { AgentEvents } from './events.js';
import type { NameService } from './health/precheck.js';
import { openDirectory } from './ldap/open-directory.js';
import { socketLookup } from './ldap/socket-lookup.js';
import { bindPasswordOf } from './secrets.js';

class DirectorySettingsRefused extends OperatorMistake {
  readonly code = 'directory-settings-refused';
  readonly retry = { mayRetry: false, why: 'the same settings are refused again' };
}

/** Every configured directory, opened on `stack`. Throws DirectorySettingsRefused for what cannot be right in any directory. */
export async function openDirectories(
  config: AgentConfig,
  clock: Clock,
  events: AgentEvents,
  stack: AsyncDisposableStack,
): Promise<OpenedDirectory[]> {
  return Promise.all(
    config.directories.map(async (directory) => ({
      config: directory,
      directory: stack.use(openBySettings(await directoryOptions(directory, config, clock, events))),
    })),
  );
}

/** What the settings alone show to be wrong, no restart mends. */
function openBySettings(options: Parameters<typeof openDirectory>[0]): ReturnType<typeof openDirectory> {
  try {
    return openDirectory(options);
  } catch (error) {
    if (!(error instanceof DirectoryMisconfigured)) throw error;
    throw new DirectorySettingsRefused(`the settings of the directory "${options.directoryId}" cannot be used`, {
      cause: error,
    });
  }
}

async function directoryOptions(directory: DirectoryConfig, config: AgentConfig, clock: Clock, events: AgentEvents) {
  return {
    directoryId: directory.id,
    kind: directory.kind,
    urls: directory.urls,
    lookUpServers: serversInDns(directory, clock),
    lookup: hostsInDns(directory, clock),
    serverName: directory.serverName,
    ca: await authoritiesOf(`directories.${config.directories.indexOf(directory)}.caFile`, directory.caFile),
    bindName: directory.bindName,
    bindPassword: bindPasswordOf(directory),
    baseDn: directory.baseDn,
    managed: { bases: directory.managed.bases, ...factsNeeded(directory.managed, directory.tellGroups) },
    anchor: directory.anchor,
    attributes: directory.attributes,
    passwordPolicyDn: directory.passwordPolicyDn,
    connectTimeoutMs: directory.connectTimeoutMs,
    operationTimeoutMs: directory.operationTimeoutMs,
    pageSize: config.sync.pageSize,
    clock,
    events,
  };
}

function serversInDns({ discovery }: DirectoryConfig, clock: Clock) {
  if (discovery === undefined) return undefined;
  const { domain, site, trustedSuffixes = [domain] } = discovery;
  const records = new DnsServiceRecords(discovery.nameServers, clock);
  return (signal: AbortSignal) => discoverServers({ domain, site, trustedSuffixes }, records, randomFraction, signal);
}

/** Undefined: as this machine finds them. Whoever knows the domain's records knows the addresses of its hosts too. */
function hostsInDns({ discovery }: DirectoryConfig, clock: Clock) {
  if (discovery === undefined || discovery.nameServers.length === 0) return undefined;
  const hosts = new DnsHostAddresses(discovery.nameServers, clock);
  return socketLookup((host, signal) => hosts.addressesOf(host, signal), clock);
}

/** The name servers of the settings where there are some, else the machine's own. */
export function nameServiceFor({ discovery }: DirectoryConfig, clock: Clock): NameService {
  const servers = discovery?.nameServers ?? [];
  const records = new DnsServiceRecords(servers, clock);
  const hosts = new DnsHostAddresses(servers, clock);
  return {
    addressesOf: (host, signal) => hosts.addressesOf(host, signal),
    lookUp: (name, signal) => records.lookUp(name, signal),
  };
}

/** The certificates in the file that a setting names; undefined where it names none. */
export async function authoritiesOf(setting: string, file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : readCertificates(setting, file);
}

/** At least 0, below 1. */
export function randomFraction(): number {
  return randomBytes(4).readUInt32BE() / 2 ** 32;
}
