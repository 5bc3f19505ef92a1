// A TCP proxy on loopback that passes bytes on until it is told to cut: before the next request reaches the server, or after
// the server has answered it but before the answer comes back. Sees no further than bytes, so TLS goes through untouched.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** `lose-request`: it never arrives. `lose-answer`: it arrives and is answered, and the answer is lost. */
export type Cut = 'lose-request' | 'lose-answer';

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections that were made so far. */
  readonly connections: number;
  /** Connections that clients hold just now. */
  readonly open: number;
  /** Cuts at the next bytes from the client. Once. */
  cutNext(cut: Cut): void;
  /** Ends all connections there are, and keeps listening. */
  endAll(): void;
}

export async function startCuttingProxy(target: { host: string; port: number }): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let connections = 0;
  let armed: Cut | undefined;

  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer({ noDelay: true }, (client) => {
    connections += 1;
    clients.add(client);
    client.on('close', () => clients.delete(client));
    const upstream = connect({ ...target, noDelay: true });
    let isAnswerLost = false;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      // Either side may reset the connection: the other is ended then, which is all a proxy can do.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        // A reset would take a request from the server that it has not read yet, and then there is no answer to lose.
        if (isAnswerLost && socket === client) upstream.end();
        else other.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (armed === 'lose-request') client.destroy();
      else upstream.write(bytes);
      if (armed === 'lose-answer') isAnswerLost = true;
      armed = undefined;
    });
    upstream.on('data', (bytes: Buffer) => {
      if (isAnswerLost) client.destroy();
      else client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    get connections() {
      return connections;
    },
    get open() {
      return clients.size;
    },
    cutNext: (cut) => {
      armed = cut;
    },
    endAll,
    [Symbol.asyncDispose]: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
