// A person's way through a gate with a passkey, over the real pages and store: what counts as a try, what is asked anew, who is offered
// one, and what is told of whom.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import type { TenantPolicy } from '../../../../src/front-door/tenants/tenant.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { type Bench, type Browser, makeBench, PUBLIC_URL } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';
import { softwareAuthenticator } from '../../../support/software-authenticator.js';

const account = { tenantId: parseTenantId('example'), anchor: anAccount().anchor };
const { problems } = en.passkey;
let bench: Bench;

beforeEach(() => open([{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code', 'passkey'] }]));
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function open(policies: readonly TenantPolicy[]): Promise<void> {
  bench = await makeBench({ tenants: [aTenant({ unlock: false, policies })] });
  bench.relay.people.push(anInspection());
}

/** Somebody who has signed in, a moment ago. */
async function signedIn(confirmedUntilMs: number): Promise<Browser> {
  const browser = await bench.browser().get('/reset');
  const person = {
    ...account,
    kind: 'directory',
    userIds: ['ada'],
    isAdministrator: false,
    memberships: { in: [], notIn: 'all-others' },
    addresses: ['ada.private@example.net'],
    phones: [],
    noticeAddresses: ['ada.private@example.net'],
    knownBy: [],
  } as const;
  const expiresAtMs = bench.clock.nowMs() + 15 * 60_000;
  const stage = { kind: 'signed-in', confirmedUntilMs, at: { kind: 'list' } } as const;
  const visit = { supportId: 's', language: 'en', tenantId: account.tenantId, userId: 'ada', expiresAtMs } as const;
  await bench.visits.put(browser.sessionHash, { ...visit, person, stage });
  return browser.get('/security-info');
}

/** What the page gives its script: the options, as JSON. */
function optionsOf(browser: Browser): string {
  const block = /<script type="application\/json" id="passkey">([^<]+)<\/script>/.exec(browser.html)?.[1];
  if (block === undefined) throw new Error(`no passkey is asked for on "${browser.heading}"`);
  return JSON.stringify(JSON.parse(block).options);
}

async function toPasskey(userId = 'ada'): Promise<Browser> {
  const browser = await bench.browser().identify(userId);
  return browser.post({ method: 'passkey' });
}

const resultsOf = async (event: string) =>
  (await bench.store.audit.latest(1000)).map(({ entry }) => entry).filter((entry) => entry.event === event);

describe('a passkey', () => {
  test('leads through its gate to a new password', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    expect(browser.heading).toBe(en.passkey.heading);
    expect(browser.html).toContain('src="/assets/passkey-1.js"');
    await browser.post({ code: authenticator.get(optionsOf(browser)) });
    expect(browser.path).toBe('/reset/password');
    expect(await resultsOf('proof-succeeded')).toMatchObject([{ fields: { method: 'passkey', result: 'right' } }]);
    await browser.choosePassword('seven-otters-in-a-Row-8');
    expect(browser.heading).toBe('Your password is changed');
  });

  test('is offered to nobody who has none, and its ids are shown before no other gate', async () => {
    const without = await bench.browser().identify('ada');
    expect(without.html).not.toContain('passkey');
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await bench.browser().identify('ada');
    expect(browser.html).toContain(en.method.passkey);
    expect(browser.html).not.toContain(authenticator.id);
    await browser.post({ method: 'email-0' });
    expect(browser.html).not.toContain(authenticator.id);
  });

  test('that the policy does not name is neither offered nor asked for', async () => {
    await bench[Symbol.asyncDispose]();
    await open([{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['email-code'] }]);
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await bench.browser().identify('ada');
    expect(browser.html).not.toContain('value="passkey"');
    await browser.post({ method: 'passkey' });
    expect(browser.heading).toBe(en.method.heading);
    expect(browser.html).not.toContain(authenticator.id);
  });

  test('is the second of two gates, for a challenge of that gate', async () => {
    await bench[Symbol.asyncDispose]();
    await open([{ name: 'all', appliesTo: 'everyone', gates: 2, methods: ['email-code', 'passkey'] }]);
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const early = optionsOf(browser);
    await browser.post({ action: 'other-method' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await browser.post({ method: 'passkey' });
    await browser.post({ code: authenticator.get(early) });
    expect(browser.html).toContain(problems.wrong);
    await browser.post({ code: authenticator.get(optionsOf(browser)) });
    expect(browser.path).toBe('/reset/password');
  });

  test('that was closed, or never came, or is no passkey, costs no try', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const options = optionsOf(browser);
    for (let times = 0; times < 8; times += 1) {
      await browser.post({ code: '' });
      expect(browser.html).toContain(problems.missing);
      await browser.post({ code: '{"id":"042815"}' });
      expect(browser.html).toContain(problems.malformed);
      await browser.post({ code: 'x'.repeat(20_000) });
      expect(browser.html).toContain(problems.malformed);
    }
    expect(await resultsOf('proof-failed')).toEqual([]);
    await browser.post({ code: authenticator.get(options) });
    expect(browser.path).toBe('/reset/password');
  });

  test('is asked for anew after a wrong answer, and the challenge before is worth nothing', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const first = optionsOf(browser);
    await browser.post({ code: authenticator.get(first, { isVerified: false }) });
    expect(browser.html).toContain(problems.wrong);
    expect(JSON.parse(optionsOf(browser)).challenge).not.toBe(JSON.parse(first).challenge);
    await browser.post({ code: authenticator.get(first) });
    expect(browser.html).toContain(problems.wrong);
    await browser.post({ code: authenticator.get(optionsOf(browser)) });
    expect(browser.path).toBe('/reset/password');
  });

  test('is asked for anew when the person came too late, who has tried nothing', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const first = optionsOf(browser);
    await bench.clock.advance(5 * 60_000);
    await browser.post({ code: authenticator.get(first) });
    expect(browser.html).toContain(problems.expired);
    await browser.post({ code: authenticator.get(optionsOf(browser)) });
    expect(browser.path).toBe('/reset/password');
  });

  test('is good once: what was posted is worth nothing to another session or another flow', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const answer = authenticator.get(optionsOf(browser));
    const thief = await toPasskey();
    await thief.post({ code: answer });
    expect(thief.html).toContain(problems.wrong);
    await browser.post({ code: answer });
    expect(browser.path).toBe('/reset/password');
    const later = await toPasskey();
    await later.post({ code: answer });
    expect(later.html).toContain(problems.wrong);
  });

  test('whose counter went back is refused and told, and stands in the journal', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL, { counter: 10 });
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    await browser.post({ code: authenticator.get(optionsOf(browser), { counter: 3 }) });
    expect(browser.html).toContain(problems['counter-back']);
    expect(await resultsOf('proof-failed')).toMatchObject([{ fields: { method: 'passkey', result: 'counter-back' } }]);
    await browser.post({ code: authenticator.get(optionsOf(browser)) });
    expect(browser.path).toBe('/reset/password');
  });

  test('guessed at five times is guessed at no more', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    await bench.setUpPasskey(account, authenticator);
    const browser = await toPasskey();
    const stranger = softwareAuthenticator(PUBLIC_URL);
    for (let tries = 0; tries < 5; tries += 1)
      await browser.post({ code: stranger.get(optionsOf(browser), { id: authenticator.id }) });
    expect(browser.heading).toBe(en.stops.blocked.heading);
  });

  test('is left for another way, also by whoever has no script', async () => {
    await bench.setUpPasskey(account, softwareAuthenticator(PUBLIC_URL));
    const browser = await toPasskey();
    expect(browser.html).toContain(`<noscript><p class="notice notice-fact">${en.passkey.noScript}</p></noscript>`);
    await browser.post({ code: '', action: 'other-method' });
    expect(browser.heading).toBe(en.method.heading);
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/reset/password');
  });
});

describe('among the security info, a passkey', () => {
  const { setUp } = en.passkey;
  const soon = () => bench.clock.nowMs() + 10 * 60_000;
  const open = (browser: Browser) => browser.post({ action: 'set-up', kind: 'passkey' });

  test('is made on a page of its own, told by mail, and then proves', async () => {
    const authenticator = softwareAuthenticator(PUBLIC_URL);
    const browser = await open(await signedIn(soon()));
    expect(browser.path).toBe('/security-info/set-up');
    expect(browser.html).toContain('src="/assets/passkey-1.js"');
    await browser.post({ code: '' });
    expect(browser.html).toContain(setUp.problems.missing);
    await browser.post({ code: '042815' });
    expect(browser.html).toContain(setUp.problems.malformed);
    await browser.post({ code: authenticator.create(optionsOf(browser), { isVerified: false }) });
    expect(browser.html).toContain(setUp.problems.wrong);
    await browser.post({ code: authenticator.create(optionsOf(browser)) });
    expect(browser.path).toBe('/security-info');
    expect(browser.html).toContain(en.signedIn.info.methods.passkey);
    expect(bench.mailbox.at(-1)?.text).toContain(en.signedIn.info.methods.passkey);

    const later = await (await signedIn(0)).post({ action: 'confirm' });
    await later.post({ method: 'passkey' });
    expect(later.heading).toBe(en.passkey.heading);
    await later.post({ code: authenticator.get(optionsOf(later)) });
    expect(later.path).toBe('/security-info');
    await open(later);
    expect(optionsOf(later)).toContain(authenticator.id);
  });

  test('that took too long, or would be one too many, begins again or not at all', async () => {
    const browser = await open(await signedIn(soon()));
    const options = optionsOf(browser);
    await bench.clock.advance(5 * 60_000);
    await browser.post({ code: softwareAuthenticator(PUBLIC_URL).create(options) });
    expect(browser.html).toContain(setUp.problems.expired);
    for (let made = 0; made < 5; made += 1) await bench.setUpPasskey(account, softwareAuthenticator(PUBLIC_URL));
    await browser.post({});
    expect(browser.html).toContain(setUp.problems['too-many']);
    await browser.post({ action: 'cancel' });
    expect(browser.path).toBe('/security-info');
    expect(await bench.store.methods.list(account)).toHaveLength(5);
  });
});
