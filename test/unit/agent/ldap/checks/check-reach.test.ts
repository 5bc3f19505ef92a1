// What a server shows before anybody signs in, on real TLS with an authority made here: trusted, untrusted, misnamed, nearly over.

import { createServer, type Server } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../../../scripts/lab/certificate-authority.js';
import type { CheckContext } from '../../../../../src/agent/health/precheck.js';
import { runChecks } from '../../../../../src/agent/health/run-checks.js';
import { expiryFinding, reachChecks } from '../../../../../src/agent/ldap/checks/check-reach.js';
import { parseEndpoint } from '../../../../../src/agent/ldap/connection.js';
import { systemClock } from '../../../../../src/timing/clock.js';
import { portOf } from '../../../../support/tcp-relay.js';

const authority = await createCertificateAuthority();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(options: { readonly maxVersion?: 'TLSv1.2' } = {}): Promise<string> {
  const issued = await authority.issue({ hostNames: ['dc1.example.com'], addresses: [] });
  const server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem, ...options }, (socket) =>
    socket.end(),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ldaps://127.0.0.1:${portOf(server)}`;
}

async function look(url: string, changes: { readonly serverName?: string; readonly ca?: string } = {}) {
  const { serverName = 'dc1.example.com', ca = authority.certificatePem } = changes;
  const context: CheckContext = {
    scope: [],
    excluded: [],
    operations: [],
    names: { addressesOf: async () => [], lookUp: async () => [] },
    clock: systemClock,
  };
  const checks = reachChecks({ endpoint: parseEndpoint(url), serverName, ca, connectTimeoutMs: 2000 }, context);
  const signal = AbortSignal.timeout(10_000);
  return (await runChecks({ directoryId: 'corp', checks, clock: systemClock, signal })).slice(1);
}

test('a trusted server passes, with its version and issuer', async () => {
  const prechecks = await look(await serve());

  expect(prechecks.map(({ code, status }) => `${status} ${code}`)).toEqual([
    'pass tls',
    'pass certificate-name',
    'pass certificate-expiry',
  ]);
  expect(prechecks[0]?.detail).toMatch(/^TLSv1\.3, the certificate of CN=dc1\.example\.com, issued by CN=/);
});

test('TLS 1.2 is told as such', async () => {
  expect((await look(await serve({ maxVersion: 'TLSv1.2' })))[0]?.detail).toMatch(/^TLSv1\.2/);
});

test('an authority that is not trusted is named all the same: whose certificate it is, and what to set', async () => {
  const [tls, ...others] = await look(await serve(), { ca: (await createCertificateAuthority()).certificatePem });

  expect(tls).toMatchObject({ status: 'fail', advice: expect.stringContaining('caFile') });
  expect(tls?.detail).toMatch(/issued by CN=.+: UNABLE_TO_/);
  expect(others).toEqual([]);
});

test('another name is told beside the names that would do', async () => {
  const prechecks = await look(await serve(), { serverName: 'dc2.example.com' });

  expect(prechecks.find(({ code }) => code === 'tls')?.status).toBe('pass');
  expect(prechecks.find(({ code }) => code === 'certificate-name')).toMatchObject({
    status: 'fail',
    detail: 'wanted dc2.example.com; it holds DNS:dc1.example.com',
  });
});

describe('the end of a certificate', () => {
  const nowMs = Date.UTC(2026, 5, 1);
  const inDays = (days: number) => expiryFinding({ target: 'ldaps://dc1', nowMs, endsAtMs: nowMs + days * 86_400_000 });

  test.each([
    [30, 'pass', undefined],
    [29.9, 'warn', 'this month'],
    [14, 'warn', 'this month'],
    [13.9, 'warn', 'this week'],
    [7, 'warn', 'this week'],
    [6.9, 'fail', 'now'],
    [-1, 'fail', 'now'],
  ])('in %d days: %s', (days, status, words) => {
    const { status: seen, advice } = inDays(days);
    expect(seen).toBe(status);
    expect(advice ?? '').toContain(words ?? '');
  });
});
