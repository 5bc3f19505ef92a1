// Does something answer there? Asked while a directory of the lab starts, as any of its clients would ask.

import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PROBE_TIMEOUT_MS = 1000;

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
