// The built agent with `discovery` in its settings: a real domain's servers, and their addresses, by a name server that alone
// knows them, as where DNS is split. Resets, checks, and a name server that goes away.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import {
  type AdvertisedController,
  activeDirectoryRecords,
  type DnsResponder,
  startDnsResponder,
} from '../support/dns-responder.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { startTcpRelay, type TcpRelay } from '../support/tcp-relay.js';
import { type Bridge, makeBridge, succeeded } from './bridge.js';
import { canSignIn } from './directory-truth.js';
import type { Portal } from './portal.js';

const DOMAIN = 'corp.example.com';
const ANYWHERE = `_ldap._tcp.dc._msdcs.${DOMAIN}`;
const IN_BERLIN = `_ldap._tcp.Berlin._sites.dc._msdcs.${DOMAIN}`;
const LDAPS_PORT = 636;
const PASSWORD = 'Lantern-Quay-58';

let domain: TestDomain;
let dns: DnsResponder;
let bridge: Bridge;
let portal: Portal;
const stack = new AsyncDisposableStack();

let wire: TcpRelay;
/** Where the relay listens, in front of the domain controller: discovery knows no port but 636. */
let address: string;

/** In service, last in order: DNS names others that are not. */
const inService = (): AdvertisedController => ({
  hostName: domain.hostName,
  address,
  site: 'Berlin',
  isPdcEmulator: true,
  priority: 10,
});
/** Of whoever can write into our DNS: first of all, and in no name of ours. */
const STRANGER = { hostName: 'dc1.example.net', address: '127.0.0.1', site: 'Berlin' };

beforeAll(async () => {
  domain = await sambaForTests();
  stack.defer(() => domain.stop());
  address = await pickLabAddress(LAB_RANGES.tests, [LDAPS_PORT]);
  wire = stack.use(
    await startTcpRelay(LDAPS_PORT, { toHost: domain.address, at: { host: address, port: LDAPS_PORT } }),
  );
  dns = stack.use(await startDnsResponder(activeDirectoryRecords(DOMAIN, [STRANGER, inService()])));
  bridge = await makeBridge({
    domain,
    authority: await openCertificateAuthority(domain.folder),
    name: 'bridge',
    directory: {
      urls: undefined,
      serverName: undefined,
      discovery: { domain: DOMAIN, site: 'Berlin', nameServers: [dns.server] },
    },
  });
  stack.use(await bridge.startFrontDoor());
  await bridge.enrol();
  stack.use(await bridge.startLinkedAgent());
  portal = await bridge.portal();
});
afterAll(() => stack.disposeAsync());

describe('a domain that only its own name server knows', () => {
  it('is found by site and domain, each host by that name server, and no host outside the domain', () => {
    // Resolvers write a name as they like (RFC 4343).
    const asked = new Set(dns.questions.map((question) => question.toLowerCase()));
    const needed = [`SRV ${IN_BERLIN}`, `SRV ${ANYWHERE}`, `A ${domain.hostName}`];

    expect(asked).toEqual(new Set(needed.map((question) => question.toLowerCase())));
  });

  it('is written to through link and API, on the controller that DNS named', async () => {
    const submission = await portal.sealed(await portal.anchorOf('ada'), PASSWORD);

    expect(await portal.submit(submission)).toMatchObject({ state: 'settled', outcome: { kind: 'done' } });
    expect(await canSignIn(domain, 'ada', PASSWORD)).toBe(true);
    const journal = succeeded(await bridge.agent(['audit', 'show', '--reset-id', submission.resetId]));
    expect(journal).toContain(`corp:${domain.hostName}/`);
  });

  it('is served on by new connections while the name server is silent', async () => {
    for (const name of [IN_BERLIN, ANYWHERE, domain.hostName]) dns.misbehave(name, 'silent');
    wire.cut();
    const askedBefore = dns.questions.length;
    const submission = await portal.sealed(await portal.anchorOf('joerg'), PASSWORD);

    expect(await portal.submit(submission)).toMatchObject({ outcome: { kind: 'done' } });
    expect(await canSignIn(domain, 'joerg', PASSWORD)).toBe(true);
    expect(dns.questions.slice(askedBefore)).toContain(`A ${domain.hostName}`);
    for (const name of [IN_BERLIN, ANYWHERE, domain.hostName]) dns.misbehave(name, undefined);
  });
});

describe('agent check', () => {
  interface Row {
    readonly code: string;
    readonly status: string;
    readonly target: string;
    readonly detail: string;
  }
  async function check() {
    const { code, output, errorOutput } = await bridge.agent(['check', '--json']);
    const { prechecks }: { prechecks: readonly Row[] } = JSON.parse(output);
    const found = (wanted: string) => prechecks.filter((row) => row.code === wanted);
    return { code, errorOutput, found, failed: prechecks.filter(({ status }) => status === 'fail') };
  }

  it('says which controllers DNS names, and where each is', async () => {
    const { code, found, failed } = await check();

    expect({ code, failed }).toEqual({ code: 3, failed: [] });
    const target = `ldaps://${domain.hostName}:636`;
    expect(found('name-resolution')).toMatchObject([{ status: 'pass', target, detail: address }]);
    expect(found('tls')).toMatchObject([{ status: 'pass', target }]);
    expect(found('certificate-name')).toMatchObject([{ status: 'pass', target }]);
    expect(found('servers-in-dns')).toMatchObject([
      { status: 'pass', detail: `at ${ANYWHERE}: dc1.example.net, ${domain.hostName}` },
    ]);
  });

  it('says that a controller has no address', async () => {
    dns.serve(activeDirectoryRecords(DOMAIN, [inService()]).filter(({ type }) => type === 'SRV'));
    const { code, found } = await check();

    expect(code).toBe(1);
    expect(found('name-resolution')).toMatchObject([
      { status: 'fail', detail: `no address is known for ${domain.hostName}` },
    ]);
  });

  it.each([
    ['knows no such domain', () => dns.serve([]), /DNS knows no domain controller of corp\.example\.com/],
    [
      'cannot find out',
      () => {
        for (const name of [IN_BERLIN, ANYWHERE]) dns.misbehave(name, 'server-failure');
      },
      /cannot be looked up: .*the name server could not find out/,
    ],
  ])('says what is wrong where DNS %s', async (_, arrange, words) => {
    arrange();
    const { code, output, errorOutput } = await bridge.agent(['check']);

    expect(code).toBe(1);
    expect(`${output}${errorOutput}`).toMatch(words);
  });
});
