// Which loopback address a directory of the lab gets. LDAP's and Kerberos' ports are fixed, so each directory has an
// address of its own in 127.0.0.0/8, and a demo, a test run and a developer's own lab live side by side.

import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { LabFailure } from './lab-failure.js';

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
  if (taken.code === 'EACCES') {
    throw new LabFailure(`port ${taken.port} on ${address} may only be opened by root: run the lab as root`);
  }
  if (taken.code !== 'EADDRINUSE')
    throw new LabFailure(`port ${taken.port} on ${address} cannot be opened (${taken.code})`);
  const holder = await portHolder(taken.port);
  throw new LabFailure(
    `port ${taken.port} on ${address} is taken by ${holder ?? 'another process'}: end it, or give the lab another address`,
  );
}

interface TakenPort {
  readonly port: number;
  readonly code: string;
}

async function takenPort(address: string, ports: readonly number[]): Promise<TakenPort | undefined> {
  for (const port of ports) {
    const code = await bindFailure(address, port);
    if (code !== undefined) return { port, code };
  }
  return undefined;
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

function bindFailure(address: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Name and process id of what listens on `port`, from Linux's /proc: needs no package. Undefined if it cannot be seen. */
async function portHolder(port: number): Promise<string | undefined> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readOrEmpty(table)).split('\n').slice(1);
    for (const line of lines) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      // 0A is LISTEN (Linux, include/net/tcp_states.h).
      if (local?.endsWith(`:${hexPort}`) && state === '0A' && inode !== undefined) inodes.add(`socket:[${inode}]`);
    }
  }
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (!inodes.has(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ''))) continue;
      return `${await programOf(pid)} (process ${pid})`;
    }
  }
  return undefined;
}

/** The program's file, because a process may call itself anything, as Samba's do. */
async function programOf(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => '');
  return file === '' ? (await readOrEmpty(`/proc/${pid}/comm`)).trim() : basename(file);
}

/** A process may end while we look: what is gone holds nothing. */
function readOrEmpty(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
