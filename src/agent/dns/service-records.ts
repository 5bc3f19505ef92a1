// TECHNOLOGY: service records by the machine's name servers, or by those that are named. Knows nothing of directories.

import type { Clock } from '../../timing/clock.js';
import { type ServiceRecord, type ServiceRecords, ServiceRecordsUnavailable } from '../directory/discover-servers.js';
import { askNameServers } from './ask-name-servers.js';

export class DnsServiceRecords implements ServiceRecords {
  readonly #servers: readonly string[];
  readonly #clock: Clock;

  /** `servers`: addresses with or without port; none: the machine's own. */
  constructor(servers: readonly string[], clock: Clock) {
    this.#servers = servers;
    this.#clock = clock;
  }

  async lookUp(name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]> {
    const question = { what: `the service records at ${name}`, clock: this.#clock, signal };
    try {
      const answers = await askNameServers(this.#servers, question, (resolver) => resolver.resolveSrv(name));
      return answers.map(({ name: host, priority, weight }) => ({ host, priority, weight }));
    } catch (cause) {
      signal.throwIfAborted();
      throw new ServiceRecordsUnavailable(`nobody tells what is at ${name}`, { cause });
    }
  }
}
