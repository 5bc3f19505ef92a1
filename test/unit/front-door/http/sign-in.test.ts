// Signing in with a password that is known, and changing it: who gets in, what nobody is told, and what is counted.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { argon2Hasher } from '../../../../src/front-door/argon2/argon2-hasher.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { parseAccountAnchor, parseKeyId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { SEALED_EXPLANATION_CHARACTERS } from '../../../../src/protocol/sealed-explanation.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const ADA = '6f1f1d1e-0000-4000-8000-000000000001';
const PASSWORD = 'old-lantern-5';
const CLOUD = { anchor: 'cleo', userId: 'cleo@example.com', password: 'four-plain-paper-boats' };
const words = en.signedIn;

let bench: Bench;

async function open(...args: Parameters<typeof makeBench>): Promise<void> {
  bench = await makeBench(...args);
  bench.relay.people.push(anInspection());
  bench.relay.passwords.set(ADA, PASSWORD);
  bench.relay.operations = ['reset', 'unlock', 'change', 'sign-in'];
  await bench.store.cloudAccounts.add({
    tenantId: parseTenantId('example'),
    anchor: parseAccountAnchor(CLOUD.anchor),
    userIds: [CLOUD.userId],
    displayName: 'Cleo',
    addresses: ['cleo@example.net'],
    isAdministrator: false,
    passwordHash: await argon2Hasher.hash(new TextEncoder().encode(CLOUD.password)),
  });
}

beforeEach(() => open());
afterEach(() => bench[Symbol.asyncDispose]());

async function named(userId: string, entrance = '/sign-in', browser = bench.browser()): Promise<Browser> {
  await browser.get(entrance);
  return browser.post({ user_id: userId });
}

const problemOf = (browser: Browser) => /<p class="error"[^>]*>.*?<\/span>([^<]*)<\/p>/.exec(browser.html)?.[1];
/** What differs from one visit to the next whoever is meant. */
const withoutTokens = (html: string) =>
  html
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/name:[0-9a-f]{64}/g, 'NAME')
    .replaceAll(/(csrf_token" value="|"keyId":"|"publicKey":")[A-Za-z0-9_-]+/g, '$1TOKEN');

describe('signing in', () => {
  test('leads to the security info with the right password, under a new name of the session', async () => {
    const browser = await named('ada@example.com');
    expect(browser.heading).toBe(words.entry.heading);
    const before = browser.cookie;
    await browser.enterPassword(PASSWORD);
    expect(browser.path).toBe('/security-info');
    expect(browser.cookie).not.toBe(before);
    const planted = bench.browser();
    planted.cookie = before;
    expect((await planted.get('/security-info')).path).toBe('/sign-in');
  });

  test('never shows the front door the password of a directory account', async () => {
    const browser = await named('ada@example.com');
    await browser.enterPassword(PASSWORD);
    const asked = bench.relay.asked.find(({ kind }) => kind === 'sign-in');
    expect(JSON.stringify(asked)).not.toContain(PASSWORD);
    expect(asked).toMatchObject({ anchor: ADA, userId: 'ada@example.com' });
  });

  test('of an account of the front door’s own goes by its hash', async () => {
    const browser = await named(CLOUD.userId);
    await browser.enterPassword('another-password-2');
    expect(problemOf(browser)).toBe(words.entry.problems.wrong);
    await browser.enterPassword(CLOUD.password);
    expect(browser.path).toBe('/security-info');
    expect(bench.relay.asked.filter(({ kind }) => kind === 'sign-in')).toEqual([]);
  });

  test('shows the same page for a directory account, one of our own and nobody', async () => {
    const pages = [];
    for (const userId of ['ada@example.com', CLOUD.userId, 'nobody@example.com']) {
      const browser = await named(userId);
      const { recipients } = browser.sealingBlock;
      expect(recipients).toHaveLength(2);
      pages.push(withoutTokens(browser.html).replaceAll(userId, 'USER'));
    }
    expect(new Set(pages).size).toBe(1);
  });

  test.each([
    ['a wrong password', 'ada@example.com', undefined],
    ['nobody', 'nobody@example.com', undefined],
    ['a locked account', 'ada@example.com', { kind: 'account-locked' }],
    ['an account close to a lock', 'ada@example.com', { kind: 'over-limit', retryAfterMs: 60_000 }],
    ['a disabled account', 'ada@example.com', { kind: 'contact-administrator', reason: 'disabled' }],
    ['an account of our own', CLOUD.userId, undefined],
  ] as const)('says the same of %s', async (_, userId, outcome) => {
    const browser = await named(userId);
    if (outcome !== undefined) bench.relay.outcomes.push(outcome);
    await browser.enterPassword(outcome === undefined ? 'not-the-password-1' : PASSWORD);
    expect(problemOf(browser)).toBe(words.entry.problems.wrong);
    expect(browser.path).toBe('/sign-in/password');
  });

  test('says of everybody that nobody can be signed in while the directory is away', async () => {
    for (const userId of ['ada@example.com', 'nobody@example.com']) {
      bench.relay.isLinked = true;
      const browser = await named(userId);
      bench.relay.isLinked = false;
      await browser.enterPassword(PASSWORD);
      expect(problemOf(browser)).toBe(words.entry.problems.away);
    }
  });

  test('asks no agent that does not offer it', async () => {
    bench.relay.operations = ['reset', 'unlock'];
    const browser = await named('ada@example.com');
    expect(browser.sealingBlock.recipients).toHaveLength(1);
    await browser.enterPassword(PASSWORD);
    expect(problemOf(browser)).toBe(words.entry.problems.away);
    expect(bench.relay.asked.filter(({ kind }) => kind === 'sign-in')).toEqual([]);
  });

  test.each(['ada@example.com', 'nobody@example.com'])(
    'is shut to one asker after five wrong passwords for %s, and open to another',
    async (userId) => {
      const browser = await named(userId);
      for (let tries = 0; tries < 5; tries += 1) await browser.enterPassword(`not-the-password-${tries}`);
      await browser.enterPassword(PASSWORD);
      expect(browser.heading).toBe(en.stops.blocked.heading);
      const elsewhere = await named(userId, '/sign-in', bench.browser('198.51.100.7'));
      expect(elsewhere.heading).toBe(words.entry.heading);
    },
  );

  test('is shut to an address that tries many names', async () => {
    const results = new Set<string>();
    for (let tries = 0; tries < 51; tries += 1) {
      const browser = await named(`nobody${tries}@example.com`);
      await browser.enterPassword('Summer2026!');
      results.add(browser.heading);
    }
    expect([...results].at(-1)).toBe(en.stops.blocked.heading);
  });

  test('keeps nothing of who asks too often', async () => {
    const browser = bench.browser();
    await browser.get('/sign-in');
    for (let asked = 0; asked < 120; asked += 1)
      await browser.post({ user_id: `nobody${asked}@example.com` }, '/sign-in');
    await browser.get('/sign-in');
    await browser.post({ user_id: 'ada@example.com' });
    expect([browser.status, browser.heading]).toEqual([429, en.stops.blocked.heading]);
    expect((await browser.get('/sign-in/password')).heading).toBe(words.name.heading['security-info']);
  });

  test('takes back what was counted once the password was right', async () => {
    for (let round = 0; round < 3; round += 1) {
      const browser = await named('ada@example.com');
      for (let tries = 0; tries < 4; tries += 1) await browser.enterPassword('not-the-password');
      await browser.enterPassword(PASSWORD);
      expect(browser.path).toBe('/security-info');
    }
  });

  test('refuses what is not sealed, and does not look at it', async () => {
    const browser = await named('ada@example.com');
    await browser.post({ sealed: PASSWORD }, '/sign-in/password');
    expect(problemOf(browser)).toBe(words.entry.problems['not-sealed']);
    expect(bench.relay.asked.filter(({ kind }) => kind === 'sign-in')).toEqual([]);
  });

  test('refuses what was sealed for another name', async () => {
    const eve = await named('eve@example.com');
    const ada = await named('ada@example.com');
    const { context } = ada.sealingBlock;
    expect(context.anchor).not.toBe(eve.sealingBlock.context.anchor);
    ada.html = ada.html.replaceAll(context.anchor, eve.sealingBlock.context.anchor);
    await ada.enterPassword(PASSWORD);
    expect(problemOf(ada)).toBe(words.entry.problems.wrong);
  });

  test('does nothing twice with one sealed password', async () => {
    const browser = await named('ada@example.com');
    bench.relay.outcomes.push('lost');
    await browser.enterPassword(PASSWORD);
    expect(browser.path).toBe('/security-info');
    const ids = bench.relay.asked.flatMap((request) => (request.kind === 'sign-in' ? [request.resetId] : []));
    expect(new Set(ids).size).toBe(1);
  });

  test('is over after a while, signed in or not', async () => {
    const browser = await named('ada@example.com');
    await bench.clock.advance(15 * 60_000);
    expect((await browser.get('/sign-in/password')).status).toBe(410);
    const again = await named('ada@example.com');
    await again.enterPassword(PASSWORD);
    await bench.clock.advance(30 * 60_000);
    expect((await again.get('/security-info')).status).toBe(410);
  });

  test('ends by signing out', async () => {
    const browser = await named('ada@example.com');
    await browser.enterPassword(PASSWORD);
    await browser.post({ action: 'sign-out' });
    expect((await browser.get('/security-info')).path).toBe('/sign-in');
  });

  test('leaves a line in the audit, without a name in clear', async () => {
    await (await named('ada@example.com')).enterPassword('not-the-password');
    await (await named('nobody@example.com')).enterPassword('not-the-password');
    const entries = (await bench.store.audit.latest(10)).map(({ entry }) => JSON.stringify(entry));
    expect(entries).toHaveLength(2);
    expect(entries.join()).not.toMatch(/nobody|ada@|not-the-password/);
    expect(entries[0]).toContain(ADA);
    expect(entries[1]).toContain('typedHash');
  });

  test('is not there where no organisation offers it', async () => {
    await bench[Symbol.asyncDispose]();
    await open({ tenants: [aTenant({ signIn: false })] });
    for (const path of ['/sign-in', '/change-password', '/security-info'])
      expect((await bench.browser().get(path)).status).toBe(404);
    expect((await bench.browser().get('/')).html).not.toContain('"/sign-in"');
  });
});

describe('changing a password that is known', () => {
  const NEW = 'Brand-New-Lantern-7';

  test('asks for it first, then shows the account’s rules, and changes it', async () => {
    const browser = await named('ada@example.com', '/change-password');
    expect(browser.html).not.toContain(en.newPassword.rule.lengthAtLeast(7));
    await browser.enterPassword(PASSWORD);
    expect(browser.heading).toBe(words.change.heading);
    expect(browser.html).toContain(en.newPassword.rule.lengthAtLeast(7));
    await browser.changePassword(PASSWORD, NEW);
    expect(browser.heading).toBe(words.changed.heading);
    expect(bench.relay.passwords.get(ADA)).toBe(NEW);
    expect(bench.mailbox.flatMap(({ to }) => to)).toEqual(['ada.private@example.net', 'ada@example.com']);
  });

  test('shows history and minimum age, to which a change is held whatever a reset is, and the agent’s own rule', async () => {
    const { rule } = en.newPassword;
    const policy = { ...anInspection().policy, ageMinMs: 2 * 3_600_000, bannedWords: 'enforced' } as const;
    expect(policy).toMatchObject({ historyLength: 24, historyOnReset: 'not-enforced' });
    bench.relay.people.splice(0, 1, anInspection({ policy }));
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword(PASSWORD);
    for (const shown of [rule.notRecent(24), rule.ageAtLeast(2), rule.notGuessable])
      expect(browser.html).toContain(shown);
  });

  test('does not ask how old a password is that must be changed', async () => {
    const { rule } = en.newPassword;
    const policy = { ...anInspection().policy, ageMinMs: 2 * 3_600_000 };
    bench.relay.people.splice(0, 1, anInspection({ policy }));
    const browser = await named('ada@example.com');
    bench.relay.outcomes.push({ kind: 'done', settledBy: 'answer', next: 'must-change' });
    await browser.enterPassword(PASSWORD);
    expect(browser.html).toContain(rule.notRecent(24));
    expect(browser.html).not.toContain(rule.ageAtLeast(2));
    expect(browser.html).not.toContain(rule.notGuessable);
  });

  test.each([
    ['must-change', words.change.must['must-change']],
    ['password-expired', words.change.must['password-expired']],
  ] as const)('is where whoever signs in and %s is led', async (next, text) => {
    const browser = await named('ada@example.com');
    bench.relay.outcomes.push({ kind: 'done', settledBy: 'answer', next });
    await browser.enterPassword(PASSWORD);
    expect(browser.heading).toBe(words.change.heading);
    expect(browser.html).toContain(text);
    expect((await browser.get('/security-info')).heading).toBe(words.change.heading);
    await browser.changePassword(PASSWORD, NEW);
    expect(browser.heading).toBe(words.changed.heading);
  });

  test('says which rule a new password breaks, and lets another be tried', async () => {
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword(PASSWORD);
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['banned-word'] });
    await browser.changePassword(PASSWORD, 'Password-2026');
    expect(browser.html).toContain(en.newPassword.problems['banned-word']);
    await browser.changePassword('not-the-password', NEW);
    expect(browser.html).toContain(en.results.wrongCurrentPassword);
    await browser.changePassword(PASSWORD, NEW);
    expect(browser.heading).toBe(words.changed.heading);
  });

  test('which word it was is handed to the person’s browser as it came, once, and to no other page', async () => {
    const explanation = { keyId: parseKeyId('A'.repeat(22)), ciphertext: 'B'.repeat(SEALED_EXPLANATION_CHARACTERS) };
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword(PASSWORD);
    expect(browser.html).not.toContain('sealed-explanation');
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['banned-word'], explanation });
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['too-short'] });
    await browser.changePassword(PASSWORD, 'Password-2026');
    expect(browser.html).toContain(`id="sealed-explanation">${JSON.stringify(explanation)}<`);
    await browser.changePassword(PASSWORD, 'Short-1');
    expect(browser.html).toContain(en.newPassword.problems['too-short']);
    expect(browser.html).not.toContain('sealed-explanation');
  });

  test('of an account of our own obeys its rules', async () => {
    const browser = await named(CLOUD.userId, '/change-password');
    await browser.enterPassword(CLOUD.password);
    await browser.changePassword(CLOUD.password, 'short');
    expect(browser.html).toContain(en.newPassword.problems['too-short']);
    await browser.changePassword(CLOUD.password, CLOUD.password);
    expect(browser.html).toContain(en.newPassword.problems['in-history']);
    await browser.changePassword(CLOUD.password, 'five-other-paper-boats');
    expect(browser.heading).toBe(words.changed.heading);
    const again = await named(CLOUD.userId);
    expect((await again.enterPassword('five-other-paper-boats')).path).toBe('/security-info');
  });

  test('ends every other visit of the account, and so does a reset', async () => {
    const elsewhere = await named('ada@example.com');
    await elsewhere.enterPassword(PASSWORD);
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword(PASSWORD);
    await browser.changePassword(PASSWORD, NEW);
    expect((await elsewhere.get('/security-info')).path).toBe('/sign-in');

    const third = await named('ada@example.com');
    await third.enterPassword(NEW);
    const reset = bench.browser();
    await reset.identify('ada@example.com');
    await reset.post({ trouble: 'forgot' });
    await reset.post({ method: 'email-0' });
    await reset.post({ code: bench.lastCode() });
    await reset.choosePassword('Yet-Another-Lantern-8');
    expect(reset.heading).toBe(en.results.changed.heading);
    expect((await third.get('/security-info')).path).toBe('/sign-in');
  });

  test('that nobody can tell the end of is called unknown', async () => {
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword(PASSWORD);
    bench.relay.outcomes.push('never', 'never', 'never');
    await browser.changePassword(PASSWORD, NEW);
    expect(browser.heading).toBe(words.changed.unknownHeading);
  });

  test('is not possible with a password that is not known', async () => {
    const browser = await named('ada@example.com', '/change-password');
    await browser.enterPassword('not-the-password');
    expect((await browser.get('/change-password/new')).heading).toBe(words.entry.heading);
    await browser.changePassword('not-the-password', NEW);
    expect(bench.relay.passwords.get(ADA)).toBe(PASSWORD);
  });
});

test('an account that was made anew under an old name has nothing of what was set up before', async () => {
  const browser = await named('ada@example.com');
  await browser.enterPassword(PASSWORD);
  await bench.registerApp({ tenantId: parseTenantId('example'), anchor: parseAccountAnchor(ADA) });
  bench.relay.people.splice(0, 1, anInspection({ account: anAccount({ anchor: 'new-anchor', resetMail: [] }) }));
  bench.relay.passwords.set('new-anchor', PASSWORD);
  const anew = await named('ada@example.com');
  await anew.enterPassword(PASSWORD);
  expect(anew.path).toBe('/security-info');
  expect(anew.html).toContain(words.info.none);
});
