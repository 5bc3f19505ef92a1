// Which servers a domain has, by its service records: those of the site first, each group in the order RFC 2782 gives. Pure but for
// the port it asks. Believes DNS in nothing that matters: only names below trusted suffixes are taken, and TLS proves each of them.

import { Failure } from '../../failure/failure.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from './ports.js';

/** One answer to a question for a service (RFC 2782). */
export interface ServiceRecord {
  readonly host: string;
  readonly priority: number;
  readonly weight: number;
}

export interface ServiceRecords {
  /** None where there is no such name. Throws ServiceRecordsUnavailable when nobody answers. */
  lookUp(name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]>;
}

/** No name server answered. */
export class ServiceRecordsUnavailable extends Failure {
  readonly code = 'service-records-unavailable';
  readonly retry = { mayRetry: true, why: 'the name server may be back' };
}

export interface ServerDiscovery {
  /** The DNS name of the Active Directory domain. */
  readonly domain: string;
  /** Its site: servers there come first. Undefined: none is nearer. */
  readonly site: string | undefined;
  /** Hosts elsewhere are left out. Default in the settings: the domain itself. */
  readonly trustedSuffixes: readonly string[];
}

/** Servers of one domain; further ones are left out. */
export const SERVERS_MAX = 16;

/** A target of "." says that the service is not there, and decidedly so (RFC 2782, "Target"). */
const NO_SERVICE = '';

/**
 * Host names in lower case, the best first; one answer that names some is enough. Throws DirectoryUnreachable when DNS does not
 * answer, DirectoryMisconfigured when it names none that may be taken.
 */
export async function discoverServers(
  { domain, site, trustedSuffixes }: ServerDiscovery,
  records: ServiceRecords,
  /** At least 0, below 1. */
  randomFraction: () => number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = [
    ...(site === undefined ? [] : [`_ldap._tcp.${site}._sites.dc._msdcs.${domain}`]),
    `_ldap._tcp.dc._msdcs.${domain}`,
  ];
  const answers = await Promise.allSettled(names.map((name) => records.lookUp(name, signal)));
  const unanswered = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  for (const failure of unanswered) if (!(failure instanceof ServiceRecordsUnavailable)) throw failure;
  const groups = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const hosts = groups
    .flatMap((group) => inOrder(group, randomFraction))
    .map(({ host }) => hostName(host))
    .filter((host) => host !== NO_SERVICE);
  const trusted = [...new Set(hosts)].filter((host) => trustedSuffixes.some((suffix) => isBelow(host, suffix)));
  if (trusted.length > 0) return trusted.slice(0, SERVERS_MAX);
  // Whoever did not answer may know some.
  const [failure] = unanswered;
  if (failure !== undefined) {
    throw new DirectoryUnreachable(`the domain controllers of ${domain} cannot be looked up`, { cause: failure });
  }
  throw new DirectoryMisconfigured(
    hosts.length === 0
      ? `DNS knows no domain controller of ${domain} (${names.join(', ')}): check the domain, or name servers as urls`
      : `DNS names ${hosts[0]}, which is not below ${trustedSuffixes.join(' or ')}: check the answer, then trustedSuffixes`,
  );
}

/** Lowest priority first; within one, by lot, heavier ones more often (RFC 2782, "Weight"). */
export function inOrder(records: readonly ServiceRecord[], randomFraction: () => number): ServiceRecord[] {
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((one, other) => one - other);
  return priorities.flatMap((priority) => {
    // Those of no weight come first, so that they have a small chance at all.
    const left = records.filter((record) => record.priority === priority).sort((a, b) => a.weight - b.weight);
    const drawn: ServiceRecord[] = [];
    while (left.length > 0) {
      const lot = randomFraction() * (left.reduce((sum, { weight }) => sum + weight, 0) + 1);
      let passed = 0;
      const at = left.findIndex(({ weight }) => {
        passed += weight;
        return passed >= Math.floor(lot);
      });
      drawn.push(...left.splice(Math.max(at, 0), 1));
    }
    return drawn;
  });
}

function hostName(target: string): string {
  return target.replace(/\.$/, '').toLowerCase();
}

function isBelow(host: string, suffix: string): boolean {
  return host.endsWith(`.${hostName(suffix)}`);
}
