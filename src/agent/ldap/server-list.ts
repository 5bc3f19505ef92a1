// The servers of a directory as the pool asks for them: a fixed list, or one that is looked up and kept for a while. A name server
// that is away takes no directory away: the last list stands until another comes.

import type { Clock } from '../../timing/clock.js';
import { type Endpoint, parseEndpoint } from './connection.js';
import { keptAnswer } from './kept-answer.js';

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
  return keptAnswer({
    lookUp: async (signal) => (await lookUp(signal)).map((host) => parseEndpoint(`ldaps://${host}`)),
    answerKeptMs: LISTED_MS,
    askedInVainKeptMs: LISTED_MS,
    clock,
  });
}
