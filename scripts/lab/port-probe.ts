// Looks at ports: does something answer there, as any client would ask; is one taken, and by whom. Changes nothing.

import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { basename } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { LabFailure } from './lab-failure.js';

const PROBE_TIMEOUT_MS = 1000;
/** Linux, include/net/tcp_states.h. */
const LISTEN_STATE = '0A';

export interface TakenPort {
  readonly port: number;
  /** The program and its process id, or `another process` where that cannot be seen. */
  readonly holder: string;
}

/** True when a TLS handshake, verified against `ca` and `servername`, comes to its end. */
export function completesTls(options: {
  host: string;
  port: number;
  ca: string;
  servername: string;
}): Promise<boolean> {
  return completes(connectTls(options), 'secureConnect');
}

/** True when a TCP connection comes about. */
export function completesTcp(options: { host: string; port: number }): Promise<boolean> {
  return completes(connect(options), 'connect');
}

/** The first port that somebody else holds. Any other hindrance is not cured by another address. */
export async function takenPort(address: string, ports: readonly number[]): Promise<TakenPort | undefined> {
  for (const port of ports) {
    const code = await bindFailure(address, port);
    if (code === 'EADDRINUSE') return { port, holder: (await portHolder(address, port)) ?? 'another process' };
    if (code === 'EACCES') {
      throw new LabFailure(`port ${port} on ${address} may only be opened by root: run this as root`);
    }
    if (code !== undefined) throw new LabFailure(`port ${port} on ${address} cannot be opened (${code})`);
  }
  return undefined;
}

function completes(socket: Socket, event: 'connect' | 'secureConnect'): Promise<boolean> {
  return new Promise((resolve) => {
    socket.setTimeout(PROBE_TIMEOUT_MS, () => socket.destroy());
    // An error is followed by the close that answers.
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(false));
    socket.once(event, () => {
      resolve(true);
      socket.destroy();
    });
  });
}

function bindFailure(address: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Name and process id of what listens there, from Linux's /proc: needs no package. Undefined if it cannot be seen. */
async function portHolder(address: string, port: number): Promise<string | undefined> {
  const sockets = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readOrEmpty(table)).split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTEN_STATE && inode !== undefined && covers(local, address, port))
        sockets.add(`socket:[${inode}]`);
    }
  }
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (!sockets.has(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ''))) continue;
      return `${await programOf(pid)} (process ${pid})`;
    }
  }
  return undefined;
}

/** Whether /proc's `local`, as in `3D00007F:0185` (the address's bytes reversed), is this address or every address. */
function covers(local: string, address: string, port: number): boolean {
  const [localAddress = '', localPort = ''] = local.split(':');
  const bytes = address.split('.').map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'));
  return (
    Number.parseInt(localPort, 16) === port && (localAddress === bytes.reverse().join('') || /^0+$/.test(localAddress))
  );
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
