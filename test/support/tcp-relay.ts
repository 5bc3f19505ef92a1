// A wire that can be cut or frozen: passes TCP on to a port, until a test says otherwise. With `connect` it is an HTTP proxy.

import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

export interface TcpRelay extends AsyncDisposable {
  readonly port: number;
  /** Destroys every connection that passes now; new ones pass again. */
  cut(): void;
  /** Lets connections stand and carries nothing more, as a dead NAT entry does. */
  freeze(): void;
}

export interface RelayPlaces {
  /** Default: this machine's own. */
  readonly toHost?: string;
  /** Where it listens. Default: any port of this machine's own. */
  readonly at?: { readonly host: string; readonly port: number };
}

export async function startTcpRelay(toPort: number, { toHost = LOOPBACK, at }: RelayPlaces = {}): Promise<TcpRelay> {
  const passing = new Set<Socket>();
  const server = createServer({ noDelay: true }, (incoming) => {
    const outgoing = connect({ port: toPort, host: toHost, noDelay: true });
    join(incoming, outgoing, passing);
  });
  return relayOf(server, passing, at);
}

/** An HTTP proxy that knows CONNECT only, for one user if `authorization` is given; counts what it let through. */
export async function startConnectProxy(options: {
  readonly authorization?: string;
}): Promise<TcpRelay & { readonly targets: string[] }> {
  const passing = new Set<Socket>();
  const targets: string[] = [];
  const server = createHttpServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, incoming: Socket) => {
    if (options.authorization !== undefined && request.headers['proxy-authorization'] !== options.authorization) {
      incoming.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    targets.push(request.url ?? '');
    const port = Number((request.url ?? '').split(':').at(-1));
    const outgoing = connect(port, '127.0.0.1', () => incoming.write('HTTP/1.1 200 Connection Established\r\n\r\n'));
    join(incoming, outgoing, passing);
  });
  return { ...(await relayOf(server, passing)), targets };
}

function join(incoming: Socket, outgoing: Socket, passing: Set<Socket>): void {
  for (const [from, to] of [
    [incoming, outgoing],
    [outgoing, incoming],
  ] as const) {
    passing.add(from);
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      passing.delete(from);
      to.destroy();
    });
  }
}

async function relayOf(
  server: Server,
  passing: Set<Socket>,
  at: RelayPlaces['at'] = { host: LOOPBACK, port: 0 },
): Promise<TcpRelay> {
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const cut = () => {
    for (const socket of passing) socket.destroy();
  };
  return {
    port: portOf(server),
    cut,
    freeze: () => {
      for (const socket of passing) {
        socket.unpipe();
        socket.pause();
      }
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

export function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}
