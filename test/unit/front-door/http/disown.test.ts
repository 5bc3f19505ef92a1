// "This wasn't me", from the mail to what comes of it, over the real store, with a relay, a mailbox and a clock of our own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DISOWN_LINK_LIFETIME_MS } from '../../../../src/front-door/disowning/disown-links.js';
import { noticesInEnglish } from '../../../../src/front-door/notices/words-en.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { clearPerson } from '../../../../src/front-door/throttles/clear-person.js';
import { THROTTLE_RULES } from '../../../../src/front-door/throttles/throttle-rules.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant, WRITE_BACK } from '../../../support/front-door-builders.js';

const words = en.disown;
const tenantId = parseTenantId('example');
const ADA = 'ada@example.com';
const { anchor } = anAccount();
const BLOCKED = en.stops.blocked.heading;
let bench: Bench;

beforeEach(() => use({ tenants: [aTenant({ unlock: false })] }));
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function use(options: Parameters<typeof makeBench>[0]): Promise<void> {
  await bench?.[Symbol.asyncDispose]();
  bench = await makeBench(options);
  bench.relay.people.push(anInspection());
}

async function prove(browser: Browser): Promise<Browser> {
  await browser.identify(ADA);
  await browser.post({ method: 'email-0' });
  return browser.post({ code: bench.lastCode() });
}

const inEnglish = (address?: string) => Object.assign(bench.browser(address), { acceptLanguage: 'en' });

/** Somebody resets Ada's password. Resolves to the path of the link in Ada's mail. */
async function resetByIntruder(): Promise<string> {
  const intruder = await prove(inEnglish('198.51.100.7'));
  await intruder.choosePassword('Intruders-choice-7-otters');
  expect(intruder.heading).toBe(en.results.changed.heading);
  return bench.lastDisownPath();
}

async function open(path: string): Promise<Browser> {
  const browser = await inEnglish().get(path);
  expect(browser.heading).toBe(words.heading);
  return browser;
}

const audited = async () => (await bench.store.audit.entriesAfter(0)).map(({ entry }) => entry);
const toAdministrators = () => bench.mailbox.filter(({ to }) => to.includes('helpdesk@example.com'));

describe('the link', () => {
  test('stands in every mail to the person, as text and as a link, and is of our own address whatever the request says', async () => {
    await resetByIntruder();
    const told = bench.mailbox.filter(({ subject }) => subject.includes('changed'));
    expect(told.flatMap(({ to }) => to)).toEqual(['ada.private@example.net', ADA]);
    for (const { text, html } of told) {
      const [, path] = /https:\/\/reset\.example\.com(\/not-me\/[A-Za-z0-9_-]{65})\n/.exec(text) ?? [];
      expect(path).toBe(bench.lastDisownPath());
      expect(html).toContain(`href="https://reset.example.com${path}"`);
      expect(
        `${text}${html}`.match(/https?:\/\/[^/\s"<]+/g)?.filter((each) => !each.includes('reset.example.com')),
      ).toEqual([]);
    }
  });

  test('is kept nowhere: neither its secret nor who it is for can be read out of the row', async () => {
    const path = await resetByIntruder();
    const token = path.split('/').at(-1) ?? '';
    const link = await bench.store.disownLinks.find(token.slice(0, 22));
    expect(link).toMatchObject({ account: { tenantId, anchor }, what: 'reset', use: undefined });
    const kept = JSON.stringify({ ...link, digest: Buffer.from(link?.digest ?? []).toString('base64url') });
    expect(kept).not.toContain(token.slice(22));
    expect(kept).not.toContain('ada@');
  });

  test('shows what was done and when, and how often it is followed changes nothing', async () => {
    const path = await resetByIntruder();
    const before = await audited();
    for (let times = 0; times < 5; times += 1) {
      const scanner = bench.browser(`203.0.113.${times}`);
      await scanner.get(path);
      expect(scanner.html).toContain(words.lead.reset);
      expect(scanner.html).toContain('Thursday');
      expect((await bench.app.inject({ method: 'HEAD', url: path })).statusCode).toBe(200);
    }
    expect(await audited()).toEqual(before);
    expect(toAdministrators()).toEqual([]);
    expect((await prove(bench.browser())).path).toBe('/reset/password');
    await open(path);
  });

  test('of an unlock calls it an unlock', async () => {
    await use({ tenants: [aTenant()] });
    bench.relay.people.splice(
      0,
      1,
      anInspection({
        isLocked: true,
        account: anAccount({ disposition: { ...WRITE_BACK, unlock: { kind: 'allowed' } } }),
      }),
    );
    const browser = await bench.browser().identify(ADA);
    await browser.post({ trouble: 'unlock' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await browser.post({});
    expect(browser.heading).toBe(en.results.unlocked.heading);
    expect((await open(bench.lastDisownPath())).html).toContain(words.lead.unlock);
  });

  test('is good for seven days', async () => {
    const path = await resetByIntruder();
    await bench.clock.advance(DISOWN_LINK_LIFETIME_MS - 1);
    await open(path);
    await bench.clock.advance(1);
    expect((await bench.browser().get(path)).heading).toBe(words.unknownHeading);
  });

  test('that is used up, made up or altered is one page, to the letter', async () => {
    const used = await resetByIntruder();
    await (await open(used)).post({});
    const other = used.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const made = `/not-me/${'A'.repeat(65)}`;
    const pages = await Promise.all(
      [used, other, made, '/not-me/short', `/not-me/${'é'.repeat(20)}`].map(async (path) => {
        const stranger = await bench.browser('203.0.113.9').get(path);
        expect(stranger.status, path).toBe(404);
        return stranger.html.replace(/<code dir="ltr">[^<]+/, '');
      }),
    );
    expect(new Set(pages)).toHaveLength(1);
    expect(pages[0]).toContain(words.unknownHeading);
    // Posted to, as well: nothing is done, and the same is shown.
    const events = [...bench.events];
    for (const path of [used, other, made]) {
      const stranger = await bench.browser('203.0.113.9').get('/reset');
      await stranger.post({}, path);
      expect(stranger.heading).toBe(words.unknownHeading);
    }
    expect(bench.events).toEqual(events);
    expect(toAdministrators()).toHaveLength(1);
  });

  test.each([
    ['anchor', '6f1f1d1e-0000-4000-8000-00000000beef'],
    ['added_id', 'somebody’s app'],
    ['done_at_ms', 5],
  ])('fits no row whose %s was altered in the store', async (column, value) => {
    const folder = await mkdtemp(join(tmpdir(), 'db-disown-'));
    const path = join(folder, 'front-door.sqlite');
    await use({ tenants: [aTenant({ unlock: false })], path });
    const link = await resetByIntruder();
    const file = new DatabaseSync(path);
    file.prepare(`update disown_links set ${column} = ?`).run(value);
    file.close();
    expect((await bench.browser().get(link)).heading).toBe(words.unknownHeading);
    await rm(folder, { recursive: true });
  });
});

describe('saying so', () => {
  test('ends whatever is under way for the account, in any browser, and lets nobody begin anew until the block is over', async () => {
    const path = await resetByIntruder();
    const again = await prove(bench.browser('198.51.100.7'));
    expect(again.path).toBe('/reset/password');
    const person = await open(path);
    await person.post({});
    expect([person.heading, person.path]).toEqual([words.saidHeading, path]);
    expect(person.html).toContain(words.password.kept);
    expect(person.html).toContain(words.isTold);

    const before = bench.relay.arrived.length;
    await again.choosePassword('Once-more-with-7-otters').catch(() => undefined);
    expect((await again.get('/reset/password')).heading).toBe(BLOCKED);
    expect(bench.relay.arrived).toHaveLength(before);
    for (const address of ['198.51.100.7', '192.0.2.55'])
      expect((await bench.browser(address).identify(ADA)).heading).toBe(BLOCKED);
    await bench.clock.advance(THROTTLE_RULES.disowned.blockMs - 1);
    expect((await bench.browser().identify(ADA)).heading).toBe(BLOCKED);
    expect(person.html).toContain(words.saidLead(30));
    await bench.clock.advance(1);
    expect((await bench.browser().identify(ADA)).heading).toBe(en.method.heading);
  });

  test('ends them for good: lifting the block does not bring a flow back that was begun before', async () => {
    const path = await resetByIntruder();
    const again = await prove(bench.browser('198.51.100.7'));
    await (await open(path)).post({});
    const ada = { tenantId, anchor, userIds: [ADA, 'ada'] };
    const deps = { store: bench.store.throttles, digestKey: bench.keys.digestKey, nowMs: bench.clock.nowMs() };
    const lifted = await clearPerson(deps, ada);
    expect(lifted.map(({ name }) => name)).toContain('disowned');
    expect((await again.get('/reset/password')).heading).toBe(BLOCKED);
    expect((await bench.browser().identify(ADA)).heading).toBe(en.method.heading);
  });

  test('stops a flow that slipped in between, at its next step', async () => {
    const path = await resetByIntruder();
    const slipped = await bench.browser('198.51.100.7').identify(ADA);
    // As if it had begun after those under way were ended.
    const { flow, version } = (await bench.store.flows.find(slipped.sessionHash)) ?? {};
    await (await open(path)).post({});
    const now = await bench.store.flows.find(slipped.sessionHash);
    if (flow !== undefined) await bench.store.flows.save(slipped.sessionHash, flow, now?.version ?? 0);
    expect(version).toBeLessThan(now?.version ?? 0);
    const mails = bench.mailbox.length;
    await slipped.post({ method: 'email-0' }, '/reset/method');
    expect(slipped.heading).toBe(BLOCKED);
    expect(bench.mailbox).toHaveLength(mails);
  });

  test('tells the administrators what, when, the support id and what to do, in their language', async () => {
    await use({ tenants: [aTenant({ unlock: false, language: 'de' })] });
    const person = await open(await resetByIntruder());
    await person.post({});
    const [mail, ...more] = toAdministrators();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('„Das war ich nicht“: ada@example.com');
    expect(mail?.text).toContain('Donnerstag, 15. Januar 2026');
    for (const command of ['throttles clear example ada@example.com', 'methods list example ada@example.com'])
      expect(mail?.text).toContain(`drawbridge front-door ${command}`);
    const supportId = /<code dir="ltr">([^<]+)/.exec(person.html)?.[1];
    expect(mail?.text).toContain(`Support-ID: ${supportId}`);
    expect(await audited()).toContainEqual(
      expect.objectContaining({
        event: 'account-disowned',
        fields: expect.objectContaining({ tenantId, anchor, supportId, operation: 'reset' }),
      }),
    );
    expect(bench.events).toEqual(['disowned reset kept told']);
  });

  test('is told to the organisation’s ticket system too, where it has named one', async () => {
    const contact = { kind: 'email', addresses: ['helpdesk@example.com'], opensTickets: true } as const;
    await use({ tenants: [aTenant({ unlock: false, contact })] });
    const person = await open(await resetByIntruder());
    expect(bench.tickets).toEqual([]);
    await person.post({});
    expect(bench.tickets.map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        type: 'account.disowned',
        data: { account: ADA, what: 'reset', password: 'kept', waysRemoved: 0, outcomeCode: null },
      },
    ]);
    expect(toAdministrators()).toHaveLength(1);
  });

  test('is done once, also when the button is pressed twice, and shown again to who pressed it', async () => {
    const person = await open(await resetByIntruder());
    const path = person.path;
    const fields = { csrf_token: person.csrfToken };
    const answers = await Promise.all([1, 2, 3].map(() => person.raw('POST', path, fields)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
    expect((await person.get(path)).heading).toBe(words.saidHeading);
    expect((await person.get(path)).heading).toBe(words.saidHeading);
    expect(toAdministrators()).toHaveLength(1);
    expect(bench.events).toHaveLength(1);
    expect((await bench.browser().get(path)).heading).toBe(words.unknownHeading);
  });

  test('is not done by a form of another site, or of no session', async () => {
    const path = await resetByIntruder();
    const person = await open(path);
    const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const token = { csrf_token: person.csrfToken };
    expect((await person.raw('POST', path, token, elsewhere)).statusCode).toBe(403);
    expect((await person.raw('POST', path)).statusCode).toBe(403);
    expect((await bench.browser().raw('POST', path, token)).statusCode).toBe(403);
    expect(toAdministrators()).toEqual([]);
    await open(path);
  });

  const portal = { kind: 'portal', url: 'https://help.example.com/' } as const;
  const security = ['soc@example.com', 'on-call@example.com'];

  test.each([
    ['by mail', { kind: 'email', roles: { 'help-desk': ['helpdesk@example.com'], security } }],
    ['by a portal', { ...portal, roles: { security } }],
  ] as const)('is told to security alone, where the organisation is reached %s', async (_, contact) => {
    await use({ tenants: [aTenant({ unlock: false, contact })] });
    const person = await open(await resetByIntruder());
    const before = bench.mailbox.length;
    await person.post({});
    expect(bench.mailbox.slice(before).map(({ to }) => to)).toEqual([security]);
    expect(person.html).toContain(words.isTold);
    expect(bench.events).toEqual(['disowned reset kept told']);
    // The person is led to the help desk by every mail, and learns of no address for security.
    expect(
      bench.mailbox
        .slice(0, before)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('soc@');
  });

  test.each([
    ['the organisation has a portal', { contact: { kind: 'portal', url: 'https://help.example.com/' } }, false],
    ['the outbox is full', {}, true],
  ] as const)('does not claim to have told anybody where %s', async (_, changes, isFull) => {
    await use({ tenants: [aTenant({ unlock: false, ...changes })] });
    const person = await open(await resetByIntruder());
    bench.isOutboxFull.now = isFull;
    await person.post({});
    expect(person.heading).toBe(words.saidHeading);
    expect(person.html).toContain(words.tellYourself);
    expect(person.html).not.toContain(words.isTold);
    expect(bench.events).toEqual(['disowned reset kept not told']);
    expect((await audited()).map(({ event }) => event)).toContain('account-disowned');
    expect((await bench.browser().identify(ADA)).heading).toBe(BLOCKED);
  });
});

describe('somebody who signs in with a password they know', () => {
  const PASSWORD = 'old-lantern-5';

  beforeEach(() => {
    bench.relay.passwords.set(anchor, PASSWORD);
    bench.relay.operations = ['reset', 'unlock', 'sign-in', 'invalidate-password'];
  });

  async function signIn(): Promise<Browser> {
    const browser = await bench.browser('198.51.100.7').get('/sign-in');
    await browser.post({ user_id: ADA });
    return browser.enterPassword(PASSWORD);
  }

  test('and adds a way of proving themselves is told of by mail, with the same link', async () => {
    bench.relay.people.splice(0, 1, anInspection({ account: anAccount({ resetMail: [] }) }));
    const browser = await signIn();
    await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
    await browser.post({ code: 'somebody.else@example.org' });
    await browser.post({ code: bench.lastCode() });
    const person = await open(bench.lastDisownPath());
    expect(person.html).toContain(words.lead['method-added']);
    await person.post({});
    expect(toAdministrators()[0]?.text).toContain('A way for the person to prove who they are was added');
    expect(bench.events).toEqual(['disowned method-added kept told']);
    // Signed out wherever they were, and not let in again.
    expect((await browser.get('/security-info')).heading).toBe(en.signedIn.name.heading['security-info']);
    expect((await signIn()).heading).toBe(BLOCKED);
  });

  test('is let in again when an administrator lifts the block', async () => {
    await (await open(await resetByIntruder())).post({});
    expect((await signIn()).heading).toBe(BLOCKED);
    const deps = { store: bench.store.throttles, digestKey: bench.keys.digestKey, nowMs: bench.clock.nowMs() };
    await clearPerson(deps, { tenantId, anchor, userIds: [ADA] });
    expect((await signIn()).heading).toBe(en.signedIn.info.heading);
  });
});

describe('what was set up by somebody else', () => {
  const PASSWORD = 'old-lantern-5';
  const account = { tenantId, anchor };
  const methods = ['email-code', 'authenticator-code', 'recovery-code'] as const;
  const policies = [{ name: 'all', appliesTo: 'everyone', gates: 1, methods }] as const;
  const kinds = async () => (await bench.store.methods.list(account)).map(({ kind }) => kind);
  const removals = async () => (await audited()).filter(({ event }) => event === 'method-removed');

  beforeEach(async () => {
    await use({ tenants: [aTenant({ unlock: false, policies })] });
    // The mailbox at work is told; no code goes there, so that the password alone lets whoever knows it add the first way.
    bench.relay.people.splice(0, 1, anInspection({ account: anAccount({ resetMail: [] }) }));
    bench.relay.passwords.set(anchor, PASSWORD);
    bench.relay.operations = ['reset', 'unlock', 'sign-in'];
  });

  async function thief(): Promise<Browser> {
    const browser = await bench.browser('198.51.100.7').get('/sign-in');
    await browser.post({ user_id: ADA });
    return browser.enterPassword(PASSWORD);
  }

  async function addApp(browser: Browser): Promise<void> {
    await browser.post({ action: 'set-up', kind: 'authenticator-code' }, '/security-info');
    const app = URI.parse(/href="(otpauth:[^"]+)"/.exec(browser.html)?.[1]?.replaceAll('&amp;', '&') ?? '');
    if (!(app instanceof TOTP)) throw new Error('an app counts by time');
    await browser.post({ code: app.generate({ timestamp: bench.clock.nowMs() }) });
  }

  async function makeCodes(browser: Browser): Promise<string> {
    await browser.post({ action: 'set-up', kind: 'recovery-code' }, '/security-info');
    await browser.post({});
    return /<code dir="ltr">((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})<\/code>/.exec(browser.html)?.[1] ?? '';
  }

  test('is taken away when it is disowned, and proves nothing any more, whenever the block ends', async () => {
    await addApp(await thief());
    expect(await kinds()).toEqual(['authenticator-code']);
    await bench.clock.advance(1);
    const person = await open(bench.lastDisownPath());
    expect(person.html).toContain(words.willRemove(1));
    expect(await kinds()).toEqual(['authenticator-code']);
    await person.post({});
    expect(person.html).toContain(words.waysRemoved(1));
    expect(await kinds()).toEqual([]);
    expect(toAdministrators()[0]?.text).toContain(noticesInEnglish.disowned.waysRemoved(1));
    expect(await removals()).toMatchObject([{ fields: { tenantId, anchor, method: 'authenticator-code' } }]);
    await bench.clock.advance(THROTTLE_RULES.disowned.blockMs);
    const again = await bench.browser('203.0.113.77').identify(ADA);
    expect(again.heading).toBe(en.stops.cannotVerify.heading);
  });

  test('as recovery codes goes with all of them', async () => {
    const code = await makeCodes(await thief());
    expect(code).not.toBe('');
    await bench.clock.advance(1);
    const person = await open(bench.lastDisownPath());
    await person.post({});
    expect(person.html).toContain(words.waysRemoved(1));
    expect(await bench.store.methods.recoveryCodesLeft(account)).toBe(0);
    expect(await removals()).toMatchObject([{ fields: { method: 'recovery-code' } }]);
  });

  test('is taken away with whatever has been added since, however little the link is about; what was there before stays', async () => {
    await bench.registerApp(account);
    await bench.makeRecoveryCodes(account);
    const [before] = await bench.store.methods.list(account);
    await bench.clock.advance(60_000);
    bench.relay.people.splice(0, 1, anInspection());
    const path = await resetByIntruder();
    await bench.clock.advance(60_000);
    await bench.registerApp(account);
    expect(await kinds()).toHaveLength(2);
    const person = await open(path);
    expect(person.html).toContain(words.willRemove(1));
    await person.post({});
    expect(person.html).toContain(words.waysRemoved(1));
    expect((await bench.store.methods.list(account)).map(({ id }) => id)).toEqual([before?.id]);
    expect(await bench.store.methods.recoveryCodesLeft(account)).toBe(10);
  });

  test('is not spoken of where there is nothing', async () => {
    bench.relay.people.splice(0, 1, anInspection());
    const person = await open(await resetByIntruder());
    const [one, told] = [words.willRemove(1), words.waysRemoved(1)];
    expect(person.html).not.toContain(one);
    await person.post({});
    expect(person.html).not.toContain(told);
    expect(toAdministrators()[0]?.text).not.toMatch(/prove who they are w(as|ere) removed/);
    expect(await removals()).toEqual([]);
  });
});

describe('a password that is made useless', () => {
  const invalidating = aTenant({ unlock: false, onDisowned: 'stop-and-invalidate-password' });
  const asked = () => bench.relay.asked.filter(({ kind }) => kind === 'invalidate-password');

  beforeEach(() => use({ tenants: [invalidating] }));

  test('is replaced by the agent, without a password in what it is asked, and page and mail say so', async () => {
    const person = await open(await resetByIntruder());
    expect(person.html).toContain(words.willInvalidate);
    expect(asked()).toEqual([]);
    await person.post({});
    expect(person.html).toContain(words.password.invalidated);
    const [request, ...more] = asked();
    expect(more).toEqual([]);
    expect(Object.keys(request ?? {}).sort()).toEqual(['anchor', 'kind', 'notAfterMs', 'resetId']);
    expect(toAdministrators()[0]?.text).toContain('replaced by one that nobody knows');
    expect(toAdministrators()[0]?.text).toContain('Outcome code: done');
    const entry = (await audited()).find(({ event }) => event === 'invalidation-answered');
    expect(entry).toMatchObject({ fields: { result: 'done', agentId: bench.relay.agentId } });
    expect(entry?.requestId).toBe(request?.kind === 'invalidate-password' ? request.resetId : 'none');
    // Told to be looked at, never done twice.
    await person.get(person.path);
    expect(asked()).toHaveLength(1);
  });

  const away: ResetOutcome = { kind: 'try-later', reason: 'directory-unreachable' };
  test.each([
    ['the directory is away', away, 'not-invalidated'],
    ['the right is missing', { kind: 'not-permitted' }, 'not-invalidated'],
    ['nobody can say', 'never', 'unknown'],
    [
      'only the first of two writes was taken',
      { kind: 'refused-by-policy', rules: ['too-young'], hasReplacedOldPassword: true },
      'unknown',
    ],
  ] as const)('is not called so where %s', async (_, outcome, fate) => {
    const person = await open(await resetByIntruder());
    const told: ResetOutcome | 'never' =
      typeof outcome === 'string' || outcome.kind !== 'refused-by-policy'
        ? outcome
        : { ...outcome, rules: [...outcome.rules] };
    bench.relay.outcomes.push(told, told, told);
    await person.post({});
    expect(person.html).toContain(words.password[fate]);
    expect(person.html).not.toContain(words.password.invalidated);
    expect(toAdministrators()[0]?.text).not.toContain('nobody can sign in with a password');
    expect(bench.events).toEqual([`disowned reset ${fate} told`]);
  });

  test('is not, by an agent that does not offer it: it is never asked what it does not know', async () => {
    const person = await open(await resetByIntruder());
    bench.relay.operations = ['reset', 'unlock'];
    await person.post({});
    expect(asked()).toEqual([]);
    expect(person.html).toContain(words.password['not-invalidated']);
  });

  test('is none of the front door’s own accounts', async () => {
    const own = { tenantId, anchor: parseAccountAnchor('cloud-1') };
    bench.relay.people.length = 0;
    await bench.store.cloudAccounts.add({
      ...own,
      userIds: [ADA],
      displayName: 'Ada Cloud',
      addresses: ['ada.private@example.net'],
      isAdministrator: false,
      passwordHash: undefined,
    });
    const person = await open(await resetByIntruder());
    // Only what will be tried is announced.
    expect(person.html).not.toContain(words.willInvalidate);
    await person.post({});
    expect(asked()).toEqual([]);
    expect(person.html).toContain(words.password.kept);
    expect(toAdministrators()[0]?.subject).toContain(ADA);
  });

  test('comes after a reset that was under way when it was disowned', async () => {
    const path = await resetByIntruder();
    const again = await prove(bench.browser('198.51.100.7'));
    const order: string[] = [];
    const answer = Promise.withResolvers<void>();
    const { ask } = bench.relay;
    bench.relay.ask = async (options) => {
      if (options.request.kind !== 'inspect') order.push(options.request.kind);
      if (options.request.kind === 'reset') await answer.promise;
      return ask.call(bench.relay, options);
    };
    const submitted = again.choosePassword('Under-way-with-7-otters');
    await expect.poll(() => order).toEqual(['reset']);
    const person = await open(path);
    const said = person.post({});
    await expect.poll(async () => (await bench.browser().identify(ADA)).heading).toBe(BLOCKED);
    expect(order).toEqual(['reset']);
    answer.resolve();
    await Promise.all([submitted, said]);
    expect(order).toEqual(['reset', 'invalidate-password']);
    expect(person.html).toContain(words.password.invalidated);
  });
});
