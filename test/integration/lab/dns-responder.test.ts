// The tests' name server is understood by Node's own resolver, when it tells the truth and when it does not.

import { Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DnsMisbehaviour, DnsResponder } from '../../support/dns-responder.js';
import { activeDirectoryRecords, startDnsResponder } from '../../support/dns-responder.js';

const DOMAIN = 'corp.example.com';
const ALL = `_ldap._tcp.dc._msdcs.${DOMAIN}`;

let dns: DnsResponder;
let resolver: Resolver;

beforeEach(async () => {
  dns = await startDnsResponder(
    activeDirectoryRecords(DOMAIN, [
      { hostName: `dc1.${DOMAIN}`, address: '127.0.0.11', site: 'Berlin', isPdcEmulator: true },
      { hostName: `dc2.${DOMAIN}`, address: '127.0.0.12', site: 'Oslo', priority: 10, weight: 5 },
    ]),
  );
  resolver = resolverOf({ timeout: 5000 });
});
afterEach(() => dns[Symbol.asyncDispose]());

test('every controller is found, with priority and weight', async () => {
  const found = await resolver.resolveSrv(ALL);
  expect(found.toSorted((one, other) => one.priority - other.priority)).toMatchObject([
    { name: `dc1.${DOMAIN}`, port: 389, priority: 0, weight: 100 },
    { name: `dc2.${DOMAIN}`, port: 389, priority: 10, weight: 5 },
  ]);
});

test('those of a site, the PDC emulator and addresses are found, in any case', async () => {
  const names = async (name: string) => (await resolver.resolveSrv(name)).map(({ name }) => name);
  expect(await names(`_ldap._tcp.oslo._sites.dc._msdcs.${DOMAIN}`)).toEqual([`dc2.${DOMAIN}`]);
  expect(await names(`_ldap._tcp.pdc._msdcs.${DOMAIN.toUpperCase()}`)).toEqual([`dc1.${DOMAIN}`]);
  expect(await resolver.resolve4(`DC2.${DOMAIN}`)).toEqual(['127.0.0.12']);
  expect(dns.questions).toHaveLength(3);
});

test('a name that is not there, and one that is there without such a record', async () => {
  await expect(resolver.resolveSrv(`_ldap._tcp.rome._sites.dc._msdcs.${DOMAIN}`)).rejects.toMatchObject({
    code: 'ENOTFOUND',
  });
  await expect(resolver.resolveSrv(`dc1.${DOMAIN}`)).rejects.toMatchObject({ code: 'ENODATA' });
});

test('a truncated answer is asked for again by TCP', async () => {
  dns.misbehave(ALL, 'truncated');
  expect(await resolver.resolveSrv(ALL)).toHaveLength(2);
  expect(dns.questions).toEqual([`SRV ${ALL}`, `SRV ${ALL}`]);
});

test.each<[DnsMisbehaviour, string]>([
  ['silent', 'ETIMEOUT'],
  ['server-failure', 'ESERVFAIL'],
  ['refused', 'EREFUSED'],
  ['garbage', 'EBADRESP'],
  ['wrong-id', 'ETIMEOUT'],
  ['wrong-question', 'ETIMEOUT'],
])('when it is %s, the resolver says %s', async (how, code) => {
  dns.misbehave(ALL, how);
  await expect(resolverOf({ timeout: 100 }).resolveSrv(ALL)).rejects.toMatchObject({ code });
  dns.misbehave(ALL, undefined);
  expect(await resolver.resolveSrv(ALL)).toHaveLength(2);
});

test('what is served may change', async () => {
  dns.serve([]);
  await expect(resolver.resolveSrv(ALL)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

function resolverOf({ timeout }: { timeout: number }): Resolver {
  const made = new Resolver({ timeout, tries: 1 });
  made.setServers([dns.server]);
  return made;
}
