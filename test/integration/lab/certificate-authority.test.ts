// The lab's certificates must pass where a strict client checks them, and fail where it should.

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CertificateAndKey } from '../../../scripts/lab/certificate-authority.js';
import {
  createCertificateAuthority,
  openCertificateAuthority,
  writeCertificate,
} from '../../../scripts/lab/certificate-authority.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a certificate is good for its names and addresses, and for no other', async () => {
  const authority = await createCertificateAuthority();
  const issued = await authority.issue({ hostNames: ['door.example.com', 'door'], addresses: ['127.0.0.1'] });
  const ca = authority.certificatePem;
  expect(await meet(issued, { ca, servername: 'door.example.com' })).toBe('trusted');
  expect(await meet(issued, { ca, servername: 'door' })).toBe('trusted');
  expect(await meet(issued, { ca })).toBe('trusted');
  expect(await meet(issued, { ca, servername: 'other.example.com' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
});

test('another authority of the same name is not trusted', async () => {
  const issued = await (await createCertificateAuthority()).issue({ hostNames: [], addresses: ['127.0.0.1'] });
  const ca = (await createCertificateAuthority()).certificatePem;
  expect(await meet(issued, { ca })).not.toBe('trusted');
});

test('a certificate of the past has expired', async () => {
  const authority = await createCertificateAuthority();
  const validFrom = new Date('2020-01-01T00:00:00Z');
  const issued = await authority.issue({ hostNames: [], addresses: ['127.0.0.1'], validFrom, validDays: 1 });
  expect(await meet(issued, { ca: authority.certificatePem })).toBe('CERT_HAS_EXPIRED');
});

test('an authority kept in a folder is the same one the next time, and keys are for their owner only', async () => {
  const first = await openCertificateAuthority(folder);
  const again = await openCertificateAuthority(folder);
  expect(again.certificatePem).toBe(first.certificatePem);
  const files = { certificateFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  await writeCertificate(await again.issue({ hostNames: ['door'] }), files);
  for (const file of [files.keyFile, join(folder, 'ca.key')]) expect((await stat(file)).mode & 0o777).toBe(0o600);
});

/** `trusted`, or the code by which the client refuses the server. */
async function meet(issued: CertificateAndKey, trust: { ca: string; servername?: string }): Promise<string> {
  const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem });
  // A client that refuses us ends the connection: that is the test, not trouble.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const socket = connect({ host: '127.0.0.1', port, ...trust });
  try {
    return await new Promise<string>((resolve) => {
      socket.once('secureConnect', () => resolve('trusted'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused'));
    });
  } finally {
    socket.destroy();
    server.close();
  }
}
