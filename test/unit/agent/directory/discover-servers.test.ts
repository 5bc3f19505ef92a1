// Which servers DNS is believed to name, and in which order.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  discoverServers,
  inOrder,
  SERVERS_MAX,
  type ServerDiscovery,
  type ServiceRecord,
  ServiceRecordsUnavailable,
} from '../../../../src/agent/directory/discover-servers.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';

const ANYWHERE = '_ldap._tcp.dc._msdcs.corp.example.com';
const IN_BERLIN = '_ldap._tcp.Berlin._sites.dc._msdcs.corp.example.com';
const record = (host: string, priority = 0, weight = 100): ServiceRecord => ({ host, priority, weight });

function discover(zone: Record<string, readonly ServiceRecord[] | Error>, changes: Partial<ServerDiscovery> = {}) {
  const lookUp = async (name: string) => {
    const answer = zone[name] ?? [];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const wanted = { domain: 'corp.example.com', site: undefined, trustedSuffixes: ['corp.example.com'], ...changes };
  return discoverServers(wanted, { lookUp }, () => 0, new AbortController().signal);
}

describe('the servers of a domain', () => {
  test('are those of the site first, each once', async () => {
    const zone = {
      [ANYWHERE]: [record('dc1.corp.example.com.'), record('DC2.corp.example.com')],
      [IN_BERLIN]: [record('dc2.corp.example.com')],
    };

    expect(await discover(zone, { site: 'Berlin' })).toEqual(['dc2.corp.example.com', 'dc1.corp.example.com']);
    expect(await discover(zone)).toEqual(['dc1.corp.example.com', 'dc2.corp.example.com']);
  });

  test('are found where the site has none', async () => {
    expect(await discover({ [ANYWHERE]: [record('dc1.corp.example.com')] }, { site: 'Berlin' })).toHaveLength(1);
  });

  test('are never outside the trusted suffixes, whatever DNS answers', async () => {
    const zone = {
      [ANYWHERE]: [record('evil.example.net'), record('evilcorp.example.com'), record('dc1.corp.example.com')],
    };

    expect(await discover(zone)).toEqual(['dc1.corp.example.com']);
    await expect(discover({ [ANYWHERE]: [record('dc1.example.net')] })).rejects.toThrow(/trustedSuffixes/);
  });

  test('are so many and no more', async () => {
    const many = Array.from({ length: 40 }, (_, at) => record(`dc${at}.corp.example.com`));

    expect(await discover({ [ANYWHERE]: many })).toHaveLength(SERVERS_MAX);
  });

  test('are for somebody to name when DNS knows none', async () => {
    await expect(discover({})).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });

  test('cannot be told while no name server answers', async () => {
    const away = new ServiceRecordsUnavailable('no name server answers');

    await expect(discover({ [ANYWHERE]: away })).rejects.toBeInstanceOf(DirectoryUnreachable);
  });
});

describe('the order of service records', () => {
  test('is that of their priorities', () => {
    const hosts = inOrder([record('c', 20), record('a', 0), record('b', 10)], () => 0.99).map(({ host }) => host);

    expect(hosts).toEqual(['a', 'b', 'c']);
  });

  test('is drawn by weight within one priority', () => {
    const records = [record('light', 0, 1), record('heavy', 0, 99)];

    expect(inOrder(records, () => 0.99)[0]?.host).toBe('heavy');
    expect(inOrder(records, () => 0)[0]?.host).toBe('light');
  });

  test('keeps each of them exactly once, whatever the lots', () => {
    const any = fc.record({
      host: fc.string(),
      priority: fc.integer({ min: 0, max: 65535 }),
      weight: fc.integer({ min: 0, max: 65535 }),
    });
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), fraction, (records, lot) => {
        const ordered = inOrder(records, () => lot);
        expect(new Set(ordered)).toEqual(new Set(records));
        expect(ordered).toHaveLength(records.length);
      }),
    );
  });
});
