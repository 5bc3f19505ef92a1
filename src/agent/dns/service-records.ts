// TECHNOLOGY: service records by the machine's name servers, or by those that are named. Knows nothing of directories.

import { Resolver } from 'node:dns/promises';
import { type ServiceRecord, type ServiceRecords, ServiceRecordsUnavailable } from '../directory/discover-servers.js';

/** For one question to one name server, and how often it is asked. */
const TIMEOUT_MS = 2_000;
const TRIES = 2;

export class DnsServiceRecords implements ServiceRecords {
  readonly #servers: readonly string[];

  /** `servers`: addresses with or without port. Default: the machine's own. */
  constructor(servers: readonly string[] = []) {
    this.#servers = servers;
  }

  async lookUp(name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]> {
    signal.throwIfAborted();
    // One for each question, because cancelling ends everything a resolver has under way.
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    if (this.#servers.length > 0) resolver.setServers(this.#servers);
    const onAbort = () => resolver.cancel();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const answers = await resolver.resolveSrv(name);
      return answers.map(({ name: host, priority, weight }) => ({ host, priority, weight }));
    } catch (cause) {
      signal.throwIfAborted();
      if (isNoSuchName(cause)) return [];
      throw new ServiceRecordsUnavailable(`no name server answers for ${name}`, { cause });
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function isNoSuchName(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');
}
