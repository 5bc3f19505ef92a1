// Dials the front door with ws, over TLS only. The one place where the agent's link meets a network.
// ws's own defaults are too generous here (compression on, 100 MiB messages): every one that matters is set.

import type { Agent } from 'node:http';
import { WebSocket } from 'ws';
import { assert } from '../../failure/assert.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Transport } from '../../protocol/transport.js';
import { tlsRefusal } from '../../settings/tls-advice.js';
import type { Clock } from '../../timing/clock.js';
import { keepAlive, SocketTransport } from '../../websocket/socket-transport.js';
import { FrontDoorUnreachable, type OpenTransport } from '../link/transport.js';

/** A sealed frame is its JSON and a 16-byte proof; a little more is let through to be refused by name. */
const FRAME_MARGIN_BYTES = 1024;
const UPGRADE_TIMEOUT_MS = 10_000;
/** A message comes in few pieces: many small ones only cost memory. */
const FRAGMENTS_MAX = 64;

export interface WsTransportOptions {
  /** PEM of the authorities to trust instead of the system's. Default: the system's. */
  readonly authoritiesPem: string | undefined;
  /** For machines that reach the outside through an HTTP proxy only. Default: straight. */
  readonly proxyAgent: Agent | undefined;
  readonly clock: Clock;
}

/** The dialling adapter. Refuses anything but `wss:`; certificates are always checked; redirects are never followed. */
export function wsTransportOpener(options: WsTransportOptions): OpenTransport {
  const { authoritiesPem, proxyAgent, clock } = options;
  return (url, signal) => {
    assert(url.protocol === 'wss:', 'a link is dialled over TLS only');
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: LIMITS.frameBytesMax + FRAME_MARGIN_BYTES,
      maxFragments: FRAGMENTS_MAX,
      followRedirects: false,
      handshakeTimeout: UPGRADE_TIMEOUT_MS,
      minVersion: 'TLSv1.2',
      ...(authoritiesPem === undefined ? {} : { ca: authoritiesPem }),
      ...(proxyAgent === undefined ? {} : { agent: proxyAgent }),
    });
    return opened(socket, clock, signal);
  };
}

function opened(socket: WebSocket, clock: Clock, signal: AbortSignal): Promise<Transport> {
  // Made before the socket opens: the front door speaks first, and its challenge must not arrive before our listener.
  const transport = new SocketTransport(socket, clock);
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      socket.terminate();
      reject(signal.reason);
    };
    const onError = (error: Error) => {
      signal.removeEventListener('abort', onAbort);
      const refused = tlsRefusal(error, FRONT_DOOR_TLS);
      const message =
        refused === undefined ? 'cannot open a link to the front door' : `the front door: ${refused.advice}`;
      reject(new FrontDoorUnreachable(message, { cause: refused ?? error }));
    };
    socket.once('error', onError);
    socket.once('upgrade', (response) => keepAlive(response.socket));
    socket.once('open', () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      resolve(transport);
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

const FRONT_DOOR_TLS = { caSetting: 'frontDoor.caFile', nameSetting: undefined } as const;
