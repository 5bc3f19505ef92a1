// TECHNOLOGY: addresses of a host: as this machine finds them, hosts file and all, or by the name servers that are named.
// Knows nothing of directories.

import { lookup, NODATA, type Resolver } from 'node:dns/promises';
import { codeOf, Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { answerOf, askNameServers, type Question } from './ask-name-servers.js';

/** No name server answered. */
export class HostAddressesUnavailable extends Failure {
  readonly code = 'host-addresses-unavailable';
  readonly retry = { mayRetry: true, why: 'the name server may be back' };
}

export class DnsHostAddresses {
  readonly #servers: readonly string[];
  readonly #clock: Clock;

  /** `servers`: addresses with or without port; none: whatever this machine goes by. */
  constructor(servers: readonly string[], clock: Clock) {
    this.#servers = servers;
    this.#clock = clock;
  }

  /** None where there is no such host. Throws HostAddressesUnavailable, or the signal's reason. */
  async addressesOf(host: string, signal: AbortSignal): Promise<readonly string[]> {
    const question = { what: `the addresses of ${host}`, clock: this.#clock, signal };
    try {
      return this.#servers.length === 0
        ? await machineAddresses(host, question)
        : await askNameServers(this.#servers, question, (resolver) => eitherFamily(host, resolver));
    } catch (cause) {
      signal.throwIfAborted();
      throw new HostAddressesUnavailable(`nobody tells the addresses of ${host}`, { cause });
    }
  }
}

/** The machine's own look-up cannot be ended: it is left alone when it takes too long. */
function machineAddresses(host: string, question: Question): Promise<readonly string[]> {
  return answerOf(question, async () => (await lookup(host, { all: true })).map(({ address }) => address));
}

/** The older family first: a host that has it is not held up by a name server that swallows questions for the other. */
async function eitherFamily(host: string, resolver: Resolver): Promise<readonly string[]> {
  try {
    return await resolver.resolve4(host);
  } catch (error) {
    if (codeOf(error) !== NODATA) throw error;
    return resolver.resolve6(host);
  }
}
