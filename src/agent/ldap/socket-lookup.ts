// Lets sockets find their hosts by somebody else's answer than this machine's own: adapts a promise to what `net.connect` calls.
// A name server that is away takes no host away whose addresses it has told once. Knows neither who is asked nor what is sent.

import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../../timing/clock.js';
import { DirectoryUnreachable } from '../directory/ports.js';
import { keptAnswer } from './kept-answer.js';

/** None where there is no such host. Bounds its own time; throws Failure when nobody tells. */
export type AddressLookUp = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/** Hosts whose addresses are remembered; the oldest is forgotten first. */
const HOSTS_MAX = 64;
/** How long the last addresses of a host stand without asking, once nobody told them any more. */
const ASKED_IN_VAIN_MS = 5 * 60_000;

/** Always asks anew while it is answered, as this machine's own look-up does. */
export function socketLookup(lookUp: AddressLookUp, clock: Clock): LookupFunction {
  const hosts = new Map<string, (signal: AbortSignal) => Promise<readonly string[]>>();
  const remembered = (host: string) => {
    const known = hosts.get(host);
    if (known !== undefined) return known;
    const [oldest] = hosts.keys();
    if (hosts.size >= HOSTS_MAX && oldest !== undefined) hosts.delete(oldest);
    const made = keptAnswer({
      lookUp: async (signal) => {
        const addresses = await lookUp(host, signal);
        if (addresses.length === 0) throw new DirectoryUnreachable(`no address is known for ${host}`);
        return addresses;
      },
      answerKeptMs: 0,
      askedInVainKeptMs: ASKED_IN_VAIN_MS,
      clock,
    });
    hosts.set(host, made);
    return made;
  };
  return (host, { all }, callback) => {
    remembered(host)(NEVER).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (all === true) callback(null, found);
        else callback(null, found[0]?.address ?? '', found[0]?.family);
      },
      (failure: unknown) => callback(failure instanceof Error ? failure : new Error(String(failure)), []),
    );
  };
}

/** A socket that is destroyed meanwhile just does not hear the answer. */
const NEVER = new AbortController().signal;
