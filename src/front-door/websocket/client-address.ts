// Who connects to the agents' endpoint, as the key that is counted: the address the pages would see, IPv6 by its /64.
// Believes X-Forwarded-For as far as trusted proxies wrote it, and nothing left of that. Must agree with Fastify's trustProxy.

import { BlockList, isIP } from 'node:net';
import { addressKey } from '../throttles/throttles.js';

/** What is looked at of a request: its socket's other end and the proxies' word. */
export interface Connecting {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** `trustedProxies`: addresses or networks (CIDR), as in the settings. */
export function clientKeys(trustedProxies: readonly string[]): (request: Connecting) => string {
  const trusted = new BlockList();
  for (const entry of trustedProxies) {
    const [network = '', bits] = entry.split('/');
    if (bits === undefined) trusted.addAddress(network, familyOf(network));
    else trusted.addSubnet(network, Number(bits), familyOf(network));
  }
  return ({ socket, headers }) => {
    const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    let address = socket.remoteAddress ?? 'unknown';
    while (isIP(address) !== 0 && trusted.check(address, familyOf(address))) {
      const next = told.pop()?.trim() ?? '';
      // A proxy that says nothing, or no address, is who we know to have connected.
      if (isIP(next) === 0) break;
      address = next;
    }
    return addressKey(address);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
