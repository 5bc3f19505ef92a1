// A text gateway that keeps what it is given: HTTPS with the lab's certificate and a bearer token, for the demo and the tests. Delivers
// nothing. Keeps the newest texts only, in memory.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { CertificateAuthority } from './certificate-authority.js';

export interface SunkText {
  readonly number: number;
  readonly receivedAt: Date;
  readonly to: string;
  readonly text: string;
}

export interface TextSink extends AsyncDisposable {
  readonly url: string;
  /** Whoever has it may hand over texts. */
  readonly token: string;
  /** Newest last. */
  readonly texts: readonly SunkText[];
  /** From now on it takes none, or takes them again. */
  setTaking(isTaking: boolean): void;
}

const TEXTS_MAX = 500;
const REQUEST_BYTES_MAX = 16 * 1024;

const requestSchema = z.strictObject({ to: z.string().regex(/^\+\d{8,15}$/), text: z.string().min(1).max(1000) });

export async function startTextSink(options: {
  /** Loopback address to listen on. */
  readonly host: string;
  readonly authority: CertificateAuthority;
}): Promise<TextSink> {
  const { host, authority } = options;
  const { certificatePem, privateKeyPem } = await authority.issue({ hostNames: ['localhost'], addresses: [host] });
  const token = randomBytes(24).toString('base64url');
  const texts: SunkText[] = [];
  let isTaking = true;
  let number = 0;

  const server = createServer({ cert: certificatePem, key: privateKeyPem }, async (request, response) => {
    const isTheirs = request.headers.authorization === `Bearer ${token}`;
    const parsed = requestSchema.safeParse(isTheirs ? await jsonOf(request) : undefined);
    const isTaken = parsed.success && isTaking;
    if (isTaken) {
      number += 1;
      texts.push({ number, receivedAt: new Date(), ...parsed.data });
      if (texts.length > TEXTS_MAX) texts.shift();
    }
    response.writeHead(isTheirs ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ isTaken }));
  });
  // Clients that hang up during TLS: their affair.
  server.on('tlsClientError', () => undefined);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${host}:${port}/messages`,
    token,
    texts,
    setTaking: (next) => {
      isTaking = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > REQUEST_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
