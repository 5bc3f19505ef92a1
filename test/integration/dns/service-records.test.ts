// Service records by real questions over UDP and TCP, to a name server that tells the truth and to one in every kind of trouble:
// each is told as what it is, within its time, and servers are found as long as anybody can name some.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { discoverServers, ServiceRecordsUnavailable } from '../../../src/agent/directory/discover-servers.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../src/agent/directory/ports.js';
import { DnsServiceRecords } from '../../../src/agent/dns/service-records.js';
import { describeFailure } from '../../../src/failure/failure.js';
import { systemClock } from '../../../src/timing/clock.js';
import {
  activeDirectoryRecords,
  type DnsMisbehaviour,
  type DnsResponder,
  startDnsResponder,
} from '../../support/dns-responder.js';

const DOMAIN = 'corp.example.com';
const ANYWHERE = `_ldap._tcp.dc._msdcs.${DOMAIN}`;
const IN_BERLIN = `_ldap._tcp.Berlin._sites.dc._msdcs.${DOMAIN}`;
const PDC = `_ldap._tcp.pdc._msdcs.${DOMAIN}`;
/** Nobody waits longer for DNS, whatever it does: four seconds and what a busy machine adds. */
const ANSWER_MS_MAX = 7_000;

const DC1 = { hostName: `dc1.${DOMAIN}`, address: '127.0.0.11', site: 'Berlin', isPdcEmulator: true };

let dns: DnsResponder;
beforeEach(async () => {
  dns = await startDnsResponder(
    activeDirectoryRecords(DOMAIN, [
      DC1,
      { hostName: `dc2.${DOMAIN}`, address: '127.0.0.12', site: 'Oslo', priority: 10, weight: 5 },
      { hostName: `dc3.${DOMAIN}`, address: '127.0.0.13', site: 'Berlin', priority: 20 },
    ]),
  );
});
afterEach(() => dns[Symbol.asyncDispose]());

const signal = () => AbortSignal.timeout(30_000);
const recordsBy = (...servers: string[]) => new DnsServiceRecords(servers, systemClock);
const lookUp = (name: string) => recordsBy(dns.server).lookUp(name, signal());
const discover = (site: string | undefined, lot = 0) =>
  discoverServers({ domain: DOMAIN, site, trustedSuffixes: [DOMAIN] }, recordsBy(dns.server), () => lot, signal());

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (answer) => `no failure but ${JSON.stringify(answer)}`,
    (failure: unknown) => failure,
  );
}

describe('what is there', () => {
  test('of the domain, of a site and of the PDC emulator, with priority and weight', async () => {
    const found = async (name: string) => (await lookUp(name)).toSorted((a, b) => a.priority - b.priority);
    const [dc1, dc2, dc3] = [
      { host: `dc1.${DOMAIN}`, priority: 0, weight: 100 },
      { host: `dc2.${DOMAIN}`, priority: 10, weight: 5 },
      { host: `dc3.${DOMAIN}`, priority: 20, weight: 100 },
    ];

    expect(await found(ANYWHERE)).toEqual([dc1, dc2, dc3]);
    expect(await found(IN_BERLIN)).toEqual([dc1, dc3]);
    expect(await found(PDC)).toEqual([dc1]);
  });

  test('comes whole by TCP where it was truncated', async () => {
    dns.misbehave(ANYWHERE, 'truncated');

    expect(await lookUp(ANYWHERE)).toHaveLength(3);
    expect(dns.questions).toEqual([`SRV ${ANYWHERE}`, `SRV ${ANYWHERE}`]);
  });

  test('is nothing for a name that does not exist, and for one without such a record', async () => {
    expect(await lookUp(`_ldap._tcp.rome._sites.dc._msdcs.${DOMAIN}`)).toEqual([]);
    expect(await lookUp(`dc1.${DOMAIN}`)).toEqual([]);
  });

  test('comes from the next name server where the first is silent', async () => {
    await using other = await startDnsResponder();
    other.misbehave(PDC, 'silent');

    expect(await recordsBy(other.server, dns.server).lookUp(PDC, signal())).toHaveLength(1);
  });
});

describe('the servers of a domain', () => {
  test('are in order of priority, those of the site before all', async () => {
    expect(await discover(undefined)).toEqual([`dc1.${DOMAIN}`, `dc2.${DOMAIN}`, `dc3.${DOMAIN}`]);
    expect(await discover('Berlin')).toEqual([`dc1.${DOMAIN}`, `dc3.${DOMAIN}`, `dc2.${DOMAIN}`]);
    expect(await discover('Oslo')).toEqual([`dc2.${DOMAIN}`, `dc1.${DOMAIN}`, `dc3.${DOMAIN}`]);
  });

  test('of one priority are drawn by weight', async () => {
    dns.serve(
      activeDirectoryRecords(DOMAIN, [
        { hostName: `heavy.${DOMAIN}`, address: '127.0.0.11', site: 'Berlin', weight: 90 },
        { hostName: `light.${DOMAIN}`, address: '127.0.0.12', site: 'Berlin', weight: 10 },
      ]),
    );

    expect(await discover('Berlin', 0.05)).toEqual([`light.${DOMAIN}`, `heavy.${DOMAIN}`]);
    expect(await discover('Berlin', 0.5)).toEqual([`heavy.${DOMAIN}`, `light.${DOMAIN}`]);
  });

  test.each<DnsMisbehaviour>(['server-failure', 'silent'])(
    'are found although the question for the site meets a name server that is %s',
    async (how) => {
      dns.misbehave(IN_BERLIN, how);

      expect(await discover('Berlin')).toEqual([`dc1.${DOMAIN}`, `dc2.${DOMAIN}`, `dc3.${DOMAIN}`]);
    },
  );

  test('are found in the site although the question for the domain is not answered', async () => {
    dns.misbehave(ANYWHERE, 'refused');

    expect(await discover('Berlin')).toEqual([`dc1.${DOMAIN}`, `dc3.${DOMAIN}`]);
  });

  test('cannot be told where neither question is answered, nor where one is and knows nobody', async () => {
    dns.misbehave(ANYWHERE, 'server-failure');

    expect(await failureOf(discover('Rome'))).toBeInstanceOf(DirectoryUnreachable);
    dns.misbehave(IN_BERLIN, 'server-failure');
    expect(await failureOf(discover('Berlin'))).toBeInstanceOf(DirectoryUnreachable);
  });

  test('are for somebody to set right where DNS says that there are none (RFC 2782: a target of ".")', async () => {
    dns.serve([{ type: 'SRV', name: ANYWHERE, priority: 0, weight: 0, port: 0, target: '.' }]);

    const failure = await failureOf(discover(undefined));

    expect(failure).toBeInstanceOf(DirectoryMisconfigured);
    expect(describeFailure(failure)).toMatch(/^DNS knows no domain controller of corp\.example\.com/);
  });
});

describe('trouble', () => {
  const WORDS: Readonly<Record<Exclude<DnsMisbehaviour, 'truncated'>, string>> = {
    silent: 'no name server answers',
    'server-failure': 'the name server could not find out',
    refused: 'the name server refuses to answer',
    garbage: "the name server's answer cannot be read",
    'wrong-id': 'no name server answers',
    'wrong-question': 'no name server answers',
  };

  // All at once, each at a server of its own: silence takes its time.
  test('of every kind is told as what it is, in time, and passes', async () => {
    const told = async (how: keyof typeof WORDS) => {
      await using troubled = await startDnsResponder(activeDirectoryRecords(DOMAIN, [DC1]));
      const records = recordsBy(troubled.server);
      troubled.misbehave(ANYWHERE, how);
      const startedMs = performance.now();
      const failure = await failureOf(records.lookUp(ANYWHERE, signal()));
      expect(performance.now() - startedMs).toBeLessThan(ANSWER_MS_MAX);
      expect(failure).toBeInstanceOf(ServiceRecordsUnavailable);
      troubled.misbehave(ANYWHERE, undefined);
      expect(await records.lookUp(ANYWHERE, signal())).toHaveLength(1);
      return [how, describeFailure(failure).split(': ')[1]];
    };
    const kinds = Object.keys(WORDS).filter((how): how is keyof typeof WORDS => how in WORDS);

    expect(Object.fromEntries(await Promise.all(kinds.map(told)))).toEqual(WORDS);
  });

  test('of a machine where no name server listens is told as such', async () => {
    const { server } = dns;
    await dns[Symbol.asyncDispose]();

    const failure = await failureOf(recordsBy(server).lookUp(ANYWHERE, signal()));

    expect(describeFailure(failure)).toMatch(/no name server answers/);
    dns = await startDnsResponder();
  });

  test('of four silent name servers lasts no longer than that of one', async () => {
    await using stack = new AsyncDisposableStack();
    const servers: string[] = [];
    for (let started = 0; started < 4; started += 1) {
      const silent = stack.use(await startDnsResponder());
      silent.misbehave(ANYWHERE, 'silent');
      servers.push(silent.server);
    }
    const startedMs = performance.now();

    expect(await failureOf(recordsBy(...servers).lookUp(ANYWHERE, signal()))).toBeInstanceOf(ServiceRecordsUnavailable);
    expect(performance.now() - startedMs).toBeLessThan(ANSWER_MS_MAX);
  });

  test('is not waited for by whoever gives up: the reason is theirs', async () => {
    dns.misbehave(ANYWHERE, 'silent');
    const giveUp = new AbortController();
    const asking = failureOf(recordsBy(dns.server).lookUp(ANYWHERE, giveUp.signal));
    await expect.poll(() => dns.questions).toHaveLength(1);
    giveUp.abort(new Error('given up'));

    expect(await asking).toBe(giveUp.signal.reason);
    expect(await failureOf(recordsBy(dns.server).lookUp(PDC, giveUp.signal))).toBe(giveUp.signal.reason);
    expect(dns.questions).toHaveLength(1);
  });
});
