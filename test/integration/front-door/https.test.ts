// The application over real TLS: what a browser sees of it on the wire.

import 'reflect-metadata';
import { get, request } from 'node:https';
import { connect } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { expect, test, vi } from 'vitest';
import { makeBench } from '../../support/front-door-bench.js';

async function certificate() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate: cert.toString('pem'), key };
}

test('serves its pages over TLS 1.2 and up, and nothing older', async () => {
  const tls = await certificate();
  await using bench = await makeBench({ tls });
  await bench.app.listen({ host: 'localhost', port: 0 });
  const { port } = new URL(bench.app.listeningOrigin);
  const page = await new Promise<{ status: number | undefined; cookie: string; body: string }>((resolve, reject) => {
    get({ host: 'localhost', port, path: '/reset', ca: tls.certificate, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode, cookie: response.headers['set-cookie']?.[0] ?? '', body }),
      );
    }).on('error', reject);
  });
  expect(page.status).toBe(200);
  expect(page.cookie).toContain('Secure');
  expect(page.body).toContain('/reset/picture/');

  const refused = await new Promise<boolean>((resolve) => {
    const old = connect({
      host: 'localhost',
      port: Number(port),
      ca: tls.certificate,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
    });
    old.on('secureConnect', () => resolve(false)).on('error', () => resolve(true));
  });
  expect(refused).toBe(true);
});

test('a browser that goes away while its user ID is looked up is no failure of ours', async () => {
  const tls = await certificate();
  await using bench = await makeBench({ tls, routeAnswerMs: 900 });
  await bench.app.listen({ host: 'localhost', port: 0 });
  const { port } = new URL(bench.app.listeningOrigin);
  const browser = await bench.browser().get('/reset');
  const fields = { csrf_token: browser.csrfToken, user_id: 'ada', answer: await browser.rightAnswer() };
  const posting = request({
    host: 'localhost',
    port,
    path: '/reset',
    method: 'POST',
    ca: tls.certificate,
    agent: false,
    headers: { cookie: browser.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  posting.on('error', () => undefined);
  posting.end(new URLSearchParams(fields).toString());
  await vi.waitFor(() => expect(bench.clock.pendingTimers).toBeGreaterThan(0));
  posting.destroy();
  await vi.waitFor(() => expect(bench.clock.pendingTimers).toBe(0));
  await bench.app.close();
  expect(bench.events).toEqual([]);
});
