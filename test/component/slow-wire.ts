// A wire to the domain controller that can be slow and can stop carrying: so a test can act while a write is on its way, and
// decide whether it arrives. Sees no further than bytes: TLS goes through untouched.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { portOf } from '../support/tcp-relay.js';

export type Way = 'requests' | 'answers';

export interface SlowWire extends AsyncDisposable {
  readonly port: number;
  /** Carries what goes this way so much later. */
  slow(way: Way, byMs: number): void;
  /** Carries nothing more this way; what was on its way is lost. */
  lose(way: Way): void;
  /** Ends all connections; new ones are carried at once and whole. */
  mend(): void;
}

export async function startSlowWire(target: { readonly host: string; readonly port: number }): Promise<SlowWire> {
  const sockets = new Set<Socket>();
  const lateByMs: Record<Way, number> = { requests: 0, answers: 0 };
  const isLost: Record<Way, boolean> = { requests: false, answers: false };

  const carry = (way: Way, from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (bytes: Buffer) => {
      setTimeout(() => {
        if (!isLost[way] && to.writable) to.write(bytes);
      }, lateByMs[way]);
    });
    // Either side may reset the connection: the other is ended then, which is all a wire can do.
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ ...target, noDelay: true });
    carry('requests', client, upstream);
    carry('answers', upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    slow: (way, byMs) => {
      lateByMs[way] = byMs;
    },
    lose: (way) => {
      isLost[way] = true;
    },
    mend: () => {
      endAll();
      Object.assign(lateByMs, { requests: 0, answers: 0 });
      Object.assign(isLost, { requests: false, answers: false });
    },
    [Symbol.asyncDispose]: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
