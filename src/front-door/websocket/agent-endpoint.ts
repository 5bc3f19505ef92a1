// Where agents' connections arrive: takes upgrade requests of the front door's HTTP server at LINK_PATH and hands on transports.
// Bounds what nobody has proven anything on yet, in all and per address. Refuses browsers. Knows no frames.

import { type Server as HttpServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { LINK_PATH } from '../../protocol/enrolment.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Transport } from '../../protocol/transport.js';
import type { Clock } from '../../timing/clock.js';
import { keepAlive, SocketTransport } from '../../websocket/socket-transport.js';

/** A sealed frame is its JSON and a 16-byte proof; a little more is let through to be refused by name. */
const FRAME_MARGIN_BYTES = 1024;
const FRAGMENTS_MAX = 64;

export interface AgentEndpointLimits {
  /** Connections in all; one more is answered 503. */
  readonly linksMax: number;
  /** Connections whose agent has not proven itself yet; one more is answered 503. */
  readonly unprovenMax: number;
  /** The same from one address; one more is answered 429. Offices share an address: not too low. */
  readonly unprovenPerAddressMax: number;
}

export const AGENT_ENDPOINT_LIMITS: AgentEndpointLimits = {
  linksMax: 5_000,
  unprovenMax: 256,
  unprovenPerAddressMax: 16,
};

export interface AgentEndpointOptions {
  /** Takes a transport over; resolves when its handshake is settled. Must not reject. */
  readonly accept: (transport: Transport, address: string) => Promise<void>;
  /** Who connects, as the key that is counted and logged; see client-address.ts. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly clock: Clock;
  readonly limits: AgentEndpointLimits;
  readonly events: {
    /** Refused before it became a connection: the HTTP status says why. */
    connectionRefused(event: { readonly address: string; readonly status: number }): void;
  };
}

/** The server's one listener for upgrades. Dispose it to take no more; what was handed on lives on. */
export class AgentEndpoint {
  readonly #options: AgentEndpointOptions;
  readonly #sockets: WebSocketServer;
  readonly #unproven = new Map<string, number>();
  #unprovenTotal = 0;
  #links = 0;
  #detach: () => void = () => undefined;

  constructor(options: AgentEndpointOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: LIMITS.frameBytesMax + FRAME_MARGIN_BYTES,
      maxFragments: FRAGMENTS_MAX,
    });
  }

  attach(server: HttpServer | HttpsServer): void {
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#upgrade(request, socket, head);
    server.on('upgrade', onUpgrade);
    this.#detach = () => server.off('upgrade', onUpgrade);
  }

  [Symbol.dispose](): void {
    this.#detach();
    this.#sockets.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = this.#options.addressOf(request);
    const status = this.#refusalOf(request, address);
    if (status !== undefined) {
      this.#options.events.connectionRefused({ address, status });
      refuse(socket, status);
      return;
    }
    // Counted from here on, so that an upgrade that never completes counts too; the socket's end uncounts it.
    const uncount = this.#count(address);
    socket.once('close', uncount.link);
    socket.once('close', uncount.unproven);
    this.#sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      keepAlive(request.socket);
      const transport = new SocketTransport(webSocket, this.#options.clock);
      void this.#options.accept(transport, address).finally(uncount.unproven);
    });
  }

  /** The HTTP status to refuse with, or undefined to go on. */
  #refusalOf(request: IncomingMessage, address: string): number | undefined {
    const { linksMax, unprovenMax, unprovenPerAddressMax } = this.#options.limits;
    if (request.url !== LINK_PATH) return 404;
    // Only browsers send it, and no page has any business here.
    if (request.headers.origin !== undefined) return 403;
    if ((this.#unproven.get(address) ?? 0) >= unprovenPerAddressMax) return 429;
    if (this.#links >= linksMax || this.#unprovenTotal >= unprovenMax) return 503;
    return undefined;
  }

  #count(address: string): { readonly link: () => void; readonly unproven: () => void } {
    this.#links += 1;
    this.#unprovenTotal += 1;
    this.#unproven.set(address, (this.#unproven.get(address) ?? 0) + 1);
    return {
      link: once(() => {
        this.#links -= 1;
      }),
      unproven: once(() => {
        this.#unprovenTotal -= 1;
        const left = (this.#unproven.get(address) ?? 1) - 1;
        if (left === 0) this.#unproven.delete(address);
        else this.#unproven.set(address, left);
      }),
    };
  }
}

function refuse(socket: Duplex, status: number): void {
  // The peer may be gone already; there is nobody to tell.
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
