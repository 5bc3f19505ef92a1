// A renewed certificate over real TLS: served without a restart; and what cannot be served, which changes nothing.

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type Server } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { codeOf } from '../../../src/failure/failure.js';
import { type CertificateWatch, watchCertificate } from '../../../src/front-door/certificate-watch.js';
import { loadServerCertificate } from '../../../src/front-door/secrets.js';

const authority = await createCertificateAuthority();
const first = await authority.issue({ hostNames: ['localhost', 'first.example.com'] });
const second = await authority.issue({ hostNames: ['localhost', 'second.example.com'] });

let folder: string;
let server: Server;
let look: CertificateWatch;
let seen: string[];
const tls = () => ({ certificateFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-certificate-'));
  seen = [];
  await put(first.certificatePem, first.privateKeyPem);
  const watchFor = await watchCertificate([tls().certificateFile, tls().keyFile]);
  const { certificate, key } = await loadServerCertificate({ tls: tls() });
  server = createServer({ cert: certificate, key: key.expose() }, (socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  look = watchFor({
    load: () => loadServerCertificate({ tls: tls() }),
    setSecureContext: (context) => server.setSecureContext(context),
    events: {
      certificateRenewed: () => void seen.push('renewed'),
      certificateNotUsable: ({ failure }) => void seen.push(codeOf(failure)),
    },
  });
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function put(certificate: string, key: string): Promise<void> {
  await writeFile(tls().certificateFile, certificate);
  await writeFile(tls().keyFile, key, { mode: 0o600 });
}

/** The names in the certificate that a new connection is shown. */
async function served(): Promise<string> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on a port');
  const options = { host: '127.0.0.1', port: address.port, servername: 'localhost', ca: authority.certificatePem };
  const socket = connect(options);
  await once(socket, 'secureConnect');
  const names = socket.getPeerCertificate().subjectaltname ?? '';
  socket.destroy();
  return names;
}

test('a renewed certificate is served to new connections, and told once', async () => {
  expect(await served()).toContain('first.example.com');
  await look();
  expect(seen).toEqual([]);
  await put(second.certificatePem, second.privateKeyPem);
  await look();
  await look();
  expect(await served()).toContain('second.example.com');
  expect(seen).toEqual(['renewed']);
});

test('half a pair changes nothing and is told once; with the other half it is served', async () => {
  await writeFile(tls().certificateFile, second.certificatePem);
  await look();
  await look();
  expect(seen).toEqual(['certificate-unusable']);
  expect(await served()).toContain('first.example.com');
  await writeFile(tls().keyFile, second.privateKeyPem);
  await look();
  expect(await served()).toContain('second.example.com');
});

test('files that are taken away, or are no certificate, change nothing', async () => {
  await put('canary', second.privateKeyPem);
  await look();
  await rm(tls().certificateFile);
  await look();
  expect(seen).toEqual(['setting-file-unusable', 'setting-file-unusable']);
  expect(await served()).toContain('first.example.com');
});
