// The servers of a directory as the pool asks for them: a fixed list, or one that is looked up and kept for a while. A name server
// that is away takes no directory away: the last list stands until another comes.

import type { Clock } from '../../timing/clock.js';
import { unlessAborted } from '../../timing/waits.js';
import { DirectoryUnreachable } from '../directory/ports.js';
import { type Endpoint, parseEndpoint } from './connection.js';

export type ServerList = (signal: AbortSignal) => Promise<readonly Endpoint[]>;

/** How long a list that was looked up is used. */
const LISTED_MS = 5 * 60_000;

/** Throws DirectoryMisconfigured when a URL cannot be right. */
export function fixedServers(urls: readonly string[]): ServerList {
  const endpoints = urls.map(parseEndpoint);
  return async () => endpoints;
}

/** `lookUp`: host names, the best first, within a time of its own; throws DirectoryUnreachable where nobody can say. */
export function foundServers(lookUp: (signal: AbortSignal) => Promise<readonly string[]>, clock: Clock): ServerList {
  let endpoints: readonly Endpoint[] | undefined;
  let listedAtMs = 0;
  let lookingUp: Promise<readonly Endpoint[]> | undefined;
  const look = async () => {
    try {
      endpoints = (await lookUp(NEVER)).map((host) => parseEndpoint(`ldaps://${host}`));
      listedAtMs = clock.monotonicMs();
      return endpoints;
    } catch (error) {
      if (endpoints === undefined || !(error instanceof DirectoryUnreachable)) throw error;
      // Asked again after as long as a fresh list: each question to a dead name server makes somebody wait.
      listedAtMs = clock.monotonicMs();
      return endpoints;
    }
  };
  return (signal) => {
    if (endpoints !== undefined && clock.monotonicMs() - listedAtMs < LISTED_MS) return Promise.resolve(endpoints);
    lookingUp ??= look().finally(() => {
      lookingUp = undefined;
    });
    return unlessAborted(lookingUp, signal);
  };
}

/** Several may wait for one look: that the first of them gives up ends it for nobody else. */
const NEVER = new AbortController().signal;
