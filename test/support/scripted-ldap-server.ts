// An LDAPS server that says what a test tells it to, request by request, with a certificate of a CA made for it.
// Understands no more of a request than its message id: enough to answer truly, wrongly, too much or not at all.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { BerReader } from 'ldapts';
import { createCertificateAuthority } from '../../scripts/lab/certificate-authority.js';

/** Bytes to send for a request; undefined: stay silent. */
export type Answer = (messageId: number) => Buffer | undefined;

export interface ScriptedLdapServer extends AsyncDisposable {
  readonly port: number;
  readonly ca: string;
  /** Requests that arrived, the bind among them. */
  readonly requests: number;
}

/** Answers the n-th request of each connection by the n-th answer, and no further ones. */
export async function startScriptedLdapServer(answers: readonly Answer[]): Promise<ScriptedLdapServer> {
  const authority = await createCertificateAuthority();
  const { certificatePem, privateKeyPem } = await authority.issue({ hostNames: ['dc1'], addresses: ['127.0.0.1'] });
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (socket) => {
    const remaining = [...answers];
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    // Clients of these tests ask one thing at a time, and briefly: one request is one piece.
    socket.on('data', (request: Buffer) => {
      requests += 1;
      const reader = new BerReader(request);
      reader.readSequence();
      const answer = remaining.shift()?.(reader.readInt() ?? 0);
      if (answer !== undefined) socket.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TLS server has a port');
  return {
    port: address.port,
    ca: authority.certificatePem,
    get requests() {
      return requests;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
