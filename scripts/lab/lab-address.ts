// Which loopback address a directory of the lab gets. LDAP's and Kerberos' ports are fixed, so each directory has an
// address of its own in 127.0.0.0/8, and a demo, a test run and a developer's own lab live side by side.

import { createServer } from 'node:net';
import { LabFailure } from './lab-failure.js';
import { takenPort } from './port-probe.js';

/** What a domain controller of the lab listens on: Kerberos, LDAP, kpasswd, LDAPS, global catalogue. */
export const DIRECTORY_PORTS = [88, 389, 464, 636, 3268, 3269] as const;
const ADDRESSES_TRIED_MAX = 40;
const CLAIM_PORT = 45353;

/** First address of each purpose's range. */
export const LAB_RANGES = {
  demo: '127.0.0.11',
  tests: '127.0.0.61',
  bench: '127.0.0.111',
  developer: '127.0.0.161',
} as const;

/**
 * The first address from `first` upwards on which every port is free. It is claimed until this process ends, however that
 * comes, so that two labs that start at once never get the same one.
 */
export async function pickLabAddress(first: string, ports: readonly number[] = DIRECTORY_PORTS): Promise<string> {
  const parts = first.split('.');
  const last = Number(parts.pop());
  for (let offset = 0; offset < ADDRESSES_TRIED_MAX; offset += 1) {
    const address = [...parts, last + offset].join('.');
    if ((await takenPort(address, ports)) === undefined && (await claim(address))) return address;
  }
  throw new LabFailure(`no address from ${first} on has its ports ${ports.join(', ')} free: end another lab first`);
}

/** Throws a LabFailure that names what holds the port when one of `ports` on `address` is taken. */
export async function assertAddressFree(address: string, ports: readonly number[] = DIRECTORY_PORTS): Promise<void> {
  const taken = await takenPort(address, ports);
  if (taken === undefined) return;
  const { port, holder } = taken;
  throw new LabFailure(`port ${port} on ${address} is taken by ${holder}: end it, or give the lab another address`);
}

/** A claim is a listening socket that nobody talks to: the kernel grants it to one and takes it back at the end. */
function claim(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', () => resolve(false));
    server.listen({ host: address, port: CLAIM_PORT, exclusive: true }, () => resolve(true));
    // A claim alone keeps no process alive.
    server.unref();
  });
}
