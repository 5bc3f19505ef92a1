// Addresses of a host by the name servers of the settings, which this machine's own resolver knows nothing of.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { DnsHostAddresses, HostAddressesUnavailable } from '../../../src/agent/dns/host-addresses.js';
import { describeFailure } from '../../../src/failure/failure.js';
import { systemClock } from '../../../src/timing/clock.js';
import { activeDirectoryRecords, type DnsResponder, startDnsResponder } from '../../support/dns-responder.js';

const DC1 = 'dc1.corp.example.com';

let dns: DnsResponder;
beforeEach(async () => {
  dns = await startDnsResponder(
    activeDirectoryRecords('corp.example.com', [{ hostName: DC1, address: '127.0.0.11', site: 'Berlin' }]),
  );
});
afterEach(() => dns[Symbol.asyncDispose]());

const addressesOf = (host: string) =>
  new DnsHostAddresses([dns.server], systemClock).addressesOf(host, AbortSignal.timeout(30_000));

test('are those that the named server tells, asked for nothing more than needed', async () => {
  expect(await addressesOf(DC1)).toEqual(['127.0.0.11']);
  expect(dns.questions).toEqual([`A ${DC1}`]);
});

test('are none for a name that is not there, and for one without any of either family', async () => {
  expect(await addressesOf('dc9.corp.example.com')).toEqual([]);
  expect(await addressesOf('_ldap._tcp.dc._msdcs.corp.example.com')).toEqual([]);
  expect(dns.questions.at(-1)).toBe('28 _ldap._tcp.dc._msdcs.corp.example.com');
});

test('are not known while the named server cannot find out', async () => {
  dns.misbehave(DC1, 'server-failure');

  const failure = await addressesOf(DC1).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(HostAddressesUnavailable);
  expect(describeFailure(failure)).toMatch(
    /^nobody tells the addresses of dc1\.corp\.example\.com: the name server could not find out/,
  );
});
