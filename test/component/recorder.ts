// Somebody in between agent and front door who opens TLS with the lab's authority, as a proxy that inspects traffic does.
// Passes everything on and keeps every byte of every message. What is protected above TLS it sees as it travels.

import { once } from 'node:events';
import { createServer, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { CertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { portOf } from '../support/tcp-relay.js';

export interface Recorder extends AsyncDisposable {
  readonly port: number;
  /** Messages of links, both ways, in order. */
  readonly messages: readonly Buffer[];
  /** Bodies of requests and answers. */
  readonly bodies: readonly Buffer[];
}

export async function startRecorder(toPort: number, authority: CertificateAuthority): Promise<Recorder> {
  const { certificatePem: cert, privateKeyPem: key } = await authority.issue({ hostNames: ['localhost'] });
  const ca = authority.certificatePem;
  const messages: Buffer[] = [];
  const bodies: Buffer[] = [];

  const server = createServer({ cert, key }, (incoming, outgoing) => {
    void buffer(incoming).then((asked) => {
      bodies.push(asked);
      const { method, headers, url } = incoming;
      const passed = request(`https://localhost:${toPort}${url}`, { method, headers, ca, agent: false }, (response) => {
        void buffer(response).then((answer) => {
          bodies.push(answer);
          outgoing.writeHead(response.statusCode ?? 502, response.headers).end(answer);
        });
      });
      passed.on('error', () => outgoing.destroy());
      passed.end(asked);
    });
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (incoming, socket, head) => {
    const towards = new WebSocket(`wss://localhost:${toPort}${incoming.url}`, { ca, perMessageDeflate: false });
    sockets.handleUpgrade(incoming, socket, head, (from) => {
      pass(from, towards, messages);
      pass(towards, from, messages);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    messages,
    bodies,
    [Symbol.asyncDispose]: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(from: WebSocket, to: WebSocket, messages: Buffer[]): void {
  from.on('message', (data: RawData) => {
    const message = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
    messages.push(message);
    if (to.readyState === WebSocket.OPEN) to.send(message);
  });
  // Either end may go in any way: the other is ended then.
  from.on('error', () => to.terminate());
  from.on('close', () => to.terminate());
}
