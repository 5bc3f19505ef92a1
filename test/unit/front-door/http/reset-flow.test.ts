// A person's way through the pages, over the real store, with a relay, a mailbox and a clock of our own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maskAddress } from '../../../../src/front-door/pages/mask-address.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import type { Relayed } from '../../../../src/front-door/relay/relay.js';
import { verifyChain } from '../../../../src/protocol/audit-chain.js';
import { parseAccountAnchor, parseAgentId, parseKeyId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import type { ResetOutcome } from '../../../../src/protocol/outcomes.js';
import { SEALED_EXPLANATION_CHARACTERS } from '../../../../src/protocol/sealed-explanation.js';
import { wait } from '../../../../src/timing/waits.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant, WRITE_BACK } from '../../../support/front-door-builders.js';

const { problems } = en.newPassword;
const tenantId = parseTenantId('example');
const PASSWORD = 'canary-Grüße-7-otters';
let bench: Bench;

beforeEach(async () => {
  bench = await makeBench({ tenants: [aTenant({ unlock: false })] });
  bench.relay.people.push(anInspection());
});
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function use(options: Parameters<typeof makeBench>[0]): Promise<void> {
  await bench[Symbol.asyncDispose]();
  bench = await makeBench(options);
  bench.relay.people.push(anInspection());
}

const wrongCode = () => (bench.lastCode() === '000000' ? '000001' : '000000');

async function prove(browser: Browser, userId = 'ada@example.com'): Promise<Browser> {
  await browser.identify(userId);
  // Stopped there: nothing is asked for.
  if (browser.path !== '/reset/method') return browser;
  await browser.post({ method: 'email-0' });
  return browser.post({ code: bench.lastCode() });
}

test('a new code brings no new tries: what is promised is what is left', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  await browser.post({ method: 'email-0' });
  await browser.post({ code: wrongCode() });
  expect(browser.html).toContain(en.code.attemptsLeft(4));
  await bench.clock.advance(60_000);
  await browser.post({ action: 'resend' });
  expect(browser.html).toContain(en.code.sentAgain);
  await browser.post({ code: wrongCode() });
  expect(browser.html).toContain(en.code.attemptsLeft(3));
});

describe('the rules of a new password', () => {
  const { rule } = en.newPassword;
  const strict = { ...anInspection().policy, historyLength: 24, ageMinMs: 2 * 3_600_000 };

  test('leave out history and minimum age, to which this domain controller holds no reset', async () => {
    bench.relay.people.splice(0, 1, anInspection({ policy: strict }));
    const browser = await prove(bench.browser());
    expect(browser.html).toContain(rule.lengthAtLeast(7));
    expect(browser.html).not.toContain(rule.notRecent(24));
    expect(browser.html).not.toContain(rule.ageAtLeast(2));
  });

  test('have them where it does', async () => {
    bench.relay.people.splice(0, 1, anInspection({ policy: { ...strict, historyOnReset: 'enforced' } }));
    const browser = await prove(bench.browser());
    expect(browser.html).toContain(rule.notRecent(24));
    expect(browser.html).toContain(rule.ageAtLeast(2));
  });

  test('have the agent’s own, where it says that it holds to one', async () => {
    expect((await prove(bench.browser())).html).not.toContain(rule.notGuessable);
    bench.relay.people.splice(0, 1, anInspection({ policy: { ...strict, bannedWords: 'enforced' } }));
    await bench.clock.advance(60_000);
    expect((await prove(bench.browser())).html).toContain(rule.notGuessable);
  });
});

describe('settings that became others', () => {
  test.each([
    ['reset is off', aTenant({ unlock: false, reset: 'off' })],
    [
      'its method is taken no more',
      aTenant({
        unlock: false,
        policies: [{ name: 'all', appliesTo: 'everyone', gates: 2, methods: ['authenticator-code', 'recovery-code'] }],
      }),
    ],
    ['the person is an administrator', aTenant({ unlock: false, administrators: { people: ['ada@example.com'] } })],
  ])('are obeyed by a flow that was begun before them: %s', async (_, tenant) => {
    const folder = await mkdtemp(join(tmpdir(), 'db-settings-'));
    const path = join(folder, 'front-door.sqlite');
    await use({ tenants: [aTenant({ unlock: false })], path });
    const before = await prove(bench.browser());
    expect(before.path).toBe('/reset/password');
    const { cookie, html } = before;
    const { keys } = bench;

    await use({ tenants: [tenant], path, keys });
    const after = Object.assign(bench.browser(), { cookie, html, path: '/reset/password' });
    await after.choosePassword(PASSWORD).catch(() => undefined);
    expect(bench.relay.arrived).toEqual([]);
    expect((await after.get('/reset/password')).path).toBe('/reset');
    await rm(folder, { recursive: true });
  });

  test('are obeyed without a restart, when a policy was put through the API', async () => {
    const tenants = [aTenant({ unlock: false })];
    await use({ tenants });
    const browser = await prove(bench.browser());
    expect(browser.path).toBe('/reset/password');
    tenants[0] = aTenant({ unlock: false, reset: { people: ['bob'] } });
    await browser.choosePassword(PASSWORD).catch(() => undefined);
    expect(bench.relay.arrived).toEqual([]);
    expect((await browser.get('/reset/password')).path).toBe('/reset');
  });

  test.each(['/reset/code', '/reset/password'])('end it with a word on the first page, from %s', async (path) => {
    const tenants = [aTenant({ unlock: false })];
    await use({ tenants });
    const browser = await bench.browser().identify('ada@example.com');
    await browser.post({ method: 'email-0' });
    expect((await bench.browser().get('/reset')).html).not.toContain(en.start.settingsChanged);
    tenants[0] = aTenant({ unlock: false, notify: false });
    await browser.post({ code: bench.lastCode() }, path);
    expect([browser.path, browser.status]).toEqual(['/reset', 200]);
    expect(browser.html).toContain(en.start.settingsChanged);

    const stranger = await bench.browser('198.51.100.9').get('/reset');
    expect(stranger.html).not.toContain(en.start.settingsChanged);
    const nobody = await stranger.identify('nobody@example.com');
    tenants[0] = aTenant({ unlock: false });
    expect((await nobody.get('/reset')).html).not.toContain(en.start.settingsChanged);
    await browser.identify('ada@example.com');
    expect(browser.path).toBe('/reset/method');
    expect((await browser.get('/reset')).html).not.toContain(en.start.settingsChanged);
  });

  test('that are the same let it go on after a restart, and what was answered is shown under others too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'db-settings-'));
    const path = join(folder, 'front-door.sqlite');
    await use({ tenants: [aTenant({ unlock: false })], path });
    const { cookie, html } = await prove(bench.browser());
    const { keys } = bench;
    await use({ tenants: [aTenant({ unlock: false })], path, keys });
    const after = Object.assign(bench.browser(), { cookie, html, path: '/reset/password' });
    await after.get('/reset/password');
    await after.choosePassword(PASSWORD);
    expect(after.heading).toBe('Your password is changed');

    await use({ tenants: [aTenant({ unlock: false, reset: 'off' })], path, keys });
    const later = Object.assign(bench.browser(), { cookie: after.cookie });
    expect((await later.get('/reset/result')).heading).toBe('Your password is changed');
    await rm(folder, { recursive: true });
  });
});

describe('the main road', () => {
  test('leads from the user ID to a new password, and tells every address', async () => {
    const browser = await prove(bench.browser());
    expect(browser.path).toBe('/reset/password');
    expect(bench.mailbox[0]?.to).toEqual(['ada.private@example.net']);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    expect(bench.relay.arrived).toEqual([{ anchor: anAccount().anchor, password: PASSWORD }]);
    expect(bench.mailbox.slice(1).flatMap(({ to }) => to)).toEqual(['ada.private@example.net', 'ada@example.com']);
  });

  test('speaks of a mail about it only where one is sent', async () => {
    const told = (browser: Browser) => browser.html.includes(en.results.changed.told);
    const browser = await prove(bench.browser());
    await browser.choosePassword(PASSWORD);
    expect(told(browser)).toBe(true);
    await use({ tenants: [aTenant({ unlock: false, notify: false })] });
    const silent = await prove(bench.browser());
    await silent.choosePassword(PASSWORD);
    expect([silent.heading, told(silent)]).toEqual([en.results.changed.heading, false]);
  });

  test('shows whoever has proved nothing which kinds of ways there are, and of an address no more than its ends', async () => {
    const browser = await bench.browser().identify('ada@example.com');
    await browser.post({ trouble: 'forgot' });
    expect(browser.path).toBe('/reset/method');
    const kinds = browser.html;
    expect(kinds).toContain(en.method.email);
    await browser.post({ method: 'email-0' });
    for (const html of [kinds, browser.html]) {
      expect(html).toContain(maskAddress('ada.private@example.net'));
      expect(html).not.toContain('ada.private');
    }
  });

  test('a reload or the back button changes nothing', async () => {
    const browser = await prove(bench.browser());
    await browser.get('/reset/code');
    expect(browser.path).toBe('/reset/password');
    await browser.choosePassword(PASSWORD);
    await browser.get('/reset/password');
    expect(browser.heading).toBe('Your password is changed');
    expect(bench.relay.arrived).toHaveLength(1);
  });

  test('two clicks at once are one reset', async () => {
    const browser = await prove(bench.browser());
    const { csrfToken, html } = browser;
    const second = bench.browser();
    Object.assign(second, { cookie: browser.cookie, html, path: '/reset/password' });
    expect(second.csrfToken).toBe(csrfToken);
    await Promise.all([browser.choosePassword(PASSWORD), second.choosePassword(PASSWORD)]);
    expect(browser.heading).toBe('Your password is changed');
    expect(second.heading).toBe('Your password is changed');
    expect(bench.relay.ledger.size).toBe(1);
  });

  test('who looks just as it is being sent waits for the answer, and is not told that it is unknown', async () => {
    const browser = await prove(bench.browser());
    const looking = bench.browser();
    Object.assign(looking, { cookie: browser.cookie });
    const { flows } = bench.store;
    const find = flows.find.bind(flows);
    const ask = bench.relay.ask.bind(bench.relay);
    const [sent, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    bench.relay.ask = async (options) => {
      if (options.request.kind === 'reset') {
        sent.resolve();
        await mayAnswer.promise;
      }
      return ask(options);
    };
    let submitted: Promise<Browser> | undefined;
    flows.find = async (sessionHash) => {
      flows.find = find;
      submitted = browser.choosePassword(PASSWORD);
      await sent.promise;
      const stored = await find(sessionHash);
      setImmediate(mayAnswer.resolve);
      return stored;
    };
    await looking.get('/reset/result');
    await submitted;
    expect([looking.heading, browser.heading]).toEqual(['Your password is changed', 'Your password is changed']);
  });

  test('an answer that was lost is asked for again with the same id', async () => {
    bench.relay.outcomes.push('lost');
    const browser = await prove(bench.browser());
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    const ids = bench.relay.asked.flatMap((request) => (request.kind === 'reset' ? [request.resetId] : []));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('what stays unknown is called unknown', async () => {
    bench.relay.outcomes.push('never', 'never', 'never');
    const browser = await prove(bench.browser());
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('We could not find out whether your password was changed');
    expect(bench.mailbox).toHaveLength(1);
  });

  test('five resets an hour are the most', async () => {
    const headings: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      const browser = await bench.browser().identify('ada@example.com');
      if (browser.heading === en.method.heading) {
        await browser.post({ method: 'email-0' });
        await browser.post({ code: bench.lastCode() });
        await browser.choosePassword(PASSWORD);
      }
      headings.push(browser.heading);
    }
    expect(bench.relay.arrived).toHaveLength(5);
    expect(headings.filter((heading) => heading === 'Your password is changed')).toHaveLength(5);
    expect(headings.at(-1)).toBe('Blocked for now');
  });

  test('are the most in however many flows at once, and of those one reset ends all others', async () => {
    const browsers: Browser[] = [];
    for (let count = 0; count < 8; count += 1) browsers.push(await prove(bench.browser()));
    const [thief] = browsers;
    await browsers[1]?.choosePassword(PASSWORD);
    expect(browsers[1]?.heading).toBe('Your password is changed');
    await thief?.choosePassword('another-password-of-nobody-1');
    expect(thief?.heading).toBe(en.stops.endedElsewhere.heading);
    await Promise.all(browsers.slice(2).map((browser) => browser.choosePassword(PASSWORD)));
    expect(bench.relay.arrived).toHaveLength(1);
  });

  test('what was submitted and is nobody’s to answer after a restart stays unknown, whatever is done to the account then', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'db-flow-'));
    const path = join(folder, 'front-door.sqlite');
    await use({ tenants: [aTenant({ unlock: false })], path });
    const overtaken = await prove(bench.browser());
    const { keys } = bench;
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<Relayed>()];
    bench.relay.ask = () => {
      asked.resolve();
      return answer.promise;
    };
    const posted = overtaken.choosePassword(PASSWORD);
    await asked.promise;
    {
      // Over the same file, as another process: the first one has no say in it any more.
      await using restarted = await makeBench({ tenants: [aTenant({ unlock: false })], path, keys });
      restarted.relay.people.push(anInspection());
      const browser = await restarted.browser('198.51.100.7').identify('ada@example.com');
      await browser.post({ method: 'email-0' });
      await browser.post({ code: restarted.lastCode() });
      await browser.choosePassword('another-canary-8-otters');
      expect(browser.heading).toBe(en.results.changed.heading);
      const again = Object.assign(restarted.browser(), { cookie: overtaken.cookie });
      expect((await again.get('/reset/result')).heading).toBe(en.results.unknownReset.heading);
    }
    answer.resolve({ kind: 'no-agent' });
    await posted;
    await rm(folder, { recursive: true });
  });

  test.each([
    [{ kind: 'refused-by-policy', rules: ['too-short'] }, en.stops.endedElsewhere.heading],
    [{ kind: 'try-later', reason: 'directory-unreachable' }, en.stops.endedElsewhere.heading],
    [{ kind: 'done', settledBy: 'answer' }, en.results.changed.heading],
  ] as const)(
    'what was submitted before another one was done is told what came of it: %j',
    async (outcome, heading) => {
      const [slow, quick] = [await prove(bench.browser()), await prove(bench.browser('198.51.100.7'))];
      const { ask } = bench.relay;
      const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<Relayed>()];
      bench.relay.ask = (options) => {
        if (options.request.kind === 'inspect') return ask.call(bench.relay, options);
        bench.relay.ask = ask;
        asked.resolve();
        return answer.promise;
      };
      const posted = slow.choosePassword(PASSWORD);
      await asked.promise;
      await quick.choosePassword(PASSWORD);
      expect(quick.heading).toBe(en.results.changed.heading);
      answer.resolve({
        kind: 'answered',
        agentId: bench.relay.agentId,
        answer: { kind: 'outcome', outcome: { ...outcome } as ResetOutcome },
      });
      await posted;
      expect(slow.heading).toBe(heading);
    },
  );

  test('what is kept of another flow and cannot be read is ended too, and keeps nobody from their own end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'db-flow-'));
    const path = join(folder, 'front-door.sqlite');
    await use({ tenants: [aTenant({ unlock: false })], path });
    const broken = await bench.browser().identify('ada@example.com');
    const file = new DatabaseSync(path);
    file.exec(`update flows set flow = '{}'`);
    file.close();
    const browser = await prove(bench.browser('198.51.100.7'));
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe(en.results.changed.heading);
    expect((await broken.get('/reset/method')).heading).toBe(en.start.heading);
    await rm(folder, { recursive: true });
  });

  test('passwords that the directory refuses do not count as resets', async () => {
    for (let count = 0; count < 6; count += 1) {
      bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['in-history'] });
    }
    const browser = await prove(bench.browser());
    for (let count = 0; count < 6; count += 1) await browser.choosePassword(PASSWORD);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
  });

  test('a refused password can be followed by another, without proving again, under a new id', async () => {
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['too-short'] });
    const browser = await prove(bench.browser());
    await browser.choosePassword('short');
    expect(browser.path).toBe('/reset/password');
    expect(browser.html).toContain(problems['too-short']);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    expect(bench.relay.ledger.size).toBe(2);
  });

  test('which word it was is handed to the person’s browser as it came, once, and to no other page', async () => {
    const explanation = { keyId: parseKeyId('A'.repeat(22)), ciphertext: 'B'.repeat(SEALED_EXPLANATION_CHARACTERS) };
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['banned-word'], explanation });
    bench.relay.outcomes.push({ kind: 'refused-by-policy', rules: ['too-short'] });
    const browser = await prove(bench.browser());
    expect(browser.html).not.toContain('sealed-explanation');
    await browser.choosePassword(PASSWORD);
    expect(browser.html).toContain(`id="sealed-explanation">${JSON.stringify(explanation)}<`);
    await browser.choosePassword(PASSWORD);
    expect(browser.html).toContain(problems['too-short']);
    expect(browser.html).not.toContain('sealed-explanation');
  });

  test.each([
    [{ kind: 'not-permitted' }, 'We may not do this for your account'],
    [{ kind: 'agent-fault' }, 'We may not do this for your account'],
    [{ kind: 'contact-administrator', reason: 'disabled' }, 'Contact your administrator'],
    [{ kind: 'no-such-account' }, 'We couldn’t verify your account'],
    [{ kind: 'try-later', reason: 'directory-unreachable' }, 'Choose a new password'],
    [{ kind: 'over-limit', retryAfterMs: 60_000 }, 'Blocked for now'],
    [{ kind: 'unsealing-failed' }, 'Choose a new password'],
    [{ kind: 'expired' }, 'Choose a new password'],
  ] as const)('%o leads to "%s", and tells nobody of a change', async (outcome, heading) => {
    bench.relay.outcomes.push(outcome);
    const browser = await prove(bench.browser());
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe(heading);
    expect(bench.mailbox).toHaveLength(1);
  });

  test('an agent that goes away at the very submission costs no second proof, and nothing is written twice', async () => {
    const browser = await prove(bench.browser());
    // More often than passwords may be tried: none of these was a try.
    for (let time = 0; time < 12; time += 1) {
      bench.relay.outcomes.push({ kind: 'try-later', reason: 'directory-unreachable' });
      await browser.choosePassword(PASSWORD);
      expect(browser.path).toBe('/reset/password');
      expect(browser.html).toContain(problems['directory-away'].slice(0, 40));
    }
    bench.relay.isLinked = false;
    await browser.choosePassword(PASSWORD);
    expect([browser.status, browser.heading]).toEqual([503, 'Try again later']);
    expect(browser.html).toContain('href="/reset/password"');
    expect(browser.html).toContain(en.stops.tryLater.staysProven);
    bench.relay.isLinked = true;
    await browser.get('/reset/password');
    expect(bench.mailbox).toHaveLength(1);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    // Each under an id of its own, since each before certainly was not done; and one of them was done.
    const outcomes = [...bench.relay.ledger.values()].map(({ kind }) => kind);
    expect(outcomes).toEqual([...Array(12).fill('try-later'), 'done']);
  });

  test('a person whom only a second agent knows is found, and the first is never sent their password', async () => {
    bench.relay.hasStranger = true;
    const browser = await prove(bench.browser());
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    expect(bench.relay.askedStranger.filter(({ kind }) => kind !== 'inspect')).toEqual([]);
  });

  test('an agent that does not know the person cannot call them gone while the one that does is away', async () => {
    bench.relay.hasStranger = true;
    const browser = await prove(bench.browser());
    bench.relay.isLinked = false;
    await browser.choosePassword(PASSWORD);
    expect([browser.status, browser.heading]).toEqual([503, 'Try again later']);
    bench.relay.isLinked = true;
    await browser.get('/reset/password');
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    expect(bench.mailbox.filter(({ text }) => /\b\d{6}\b/.test(text))).toHaveLength(1);
  });

  test('an answer that may be lost is not put off: no second id is made for what may have been done', async () => {
    const browser = await prove(bench.browser());
    bench.relay.outcomes.push('never', 'never', 'never');
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe(en.results.unknownReset.heading);
    await browser.get('/reset/password');
    expect(browser.heading).toBe(en.results.unknownReset.heading);
    const ids = bench.relay.asked.flatMap((request) => (request.kind === 'reset' ? request.resetId : []));
    expect(new Set(ids).size).toBe(1);
  });

  test('what was put off ends with its quarter of an hour', async () => {
    const browser = await prove(bench.browser());
    bench.relay.outcomes.push({ kind: 'try-later', reason: 'draining' });
    await browser.choosePassword(PASSWORD);
    await bench.clock.advance(15 * 60_000);
    await browser.choosePassword(PASSWORD);
    expect([browser.status, browser.heading]).toEqual([410, en.stops.sessionOver.heading]);
  });

  test('an unlock is put off in the same way', async () => {
    await use({ tenants: [aTenant()] });
    bench.relay.people[0] = anInspection({
      account: anAccount({ disposition: { ...WRITE_BACK, unlock: { kind: 'allowed' } } }),
      isLocked: true,
    });
    const browser = await bench.browser().identify('ada');
    await browser.post({ trouble: 'unlock' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    bench.relay.outcomes.push({ kind: 'try-later', reason: 'directory-unreachable' });
    await browser.post({});
    expect(browser.path).toBe('/reset/unlock');
    expect(browser.html).toContain(en.unlock.away.slice(0, 40));
    await browser.post({});
    expect(browser.heading).toBe(en.results.unlocked.heading);
    expect([...bench.relay.ledger.values()].map(({ kind }) => kind)).toEqual(['try-later', 'done']);
  });

  test('a password that is not sealed is not taken, and not repeated', async () => {
    const browser = await prove(bench.browser());
    for (const sealed of [PASSWORD, JSON.stringify([PASSWORD]), JSON.stringify({ password: PASSWORD }), '[]', '']) {
      await browser.post({ sealed });
      expect(browser.html).toContain(problems['not-sealed'].slice(0, 40));
      expect(browser.html).not.toContain(PASSWORD);
    }
    expect(bench.relay.ledger.size).toBe(0);
  });

  test('a page that was open for too long is told so, and nothing is sent', async () => {
    const browser = await prove(bench.browser());
    await bench.clock.advance(121_000);
    await browser.choosePassword(PASSWORD);
    expect(browser.html).toContain(problems['seal-expired']);
    expect(bench.relay.ledger.size).toBe(0);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
  });

  test('who takes long over a password is given fresh sealing data without a new page', async () => {
    const browser = await prove(bench.browser());
    await bench.clock.advance(600_000);
    const block = (await browser.raw('GET', '/reset/password/sealing')).body;
    browser.html = `<input name="csrf_token" value="${browser.csrfToken}"><script type="application/json" id="sealing">${block}</script>`;
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
  });

  test('nobody is given sealing data before they have proved who they are', async () => {
    const browser = await bench.browser().identify('ada');
    expect((await browser.raw('GET', '/reset/password/sealing')).statusCode).toBe(409);
    expect((await bench.browser().raw('GET', '/reset/password/sealing')).statusCode).toBe(409);
  });

  test.each<[string, (relay: Bench['relay'], isAway: boolean) => void]>([
    ['the agent is away for a moment', (relay, isAway) => (relay.isLinked = !isAway)],
    ['the directory is away for a moment', (relay, isAway) => (relay.isDirectoryAway = isAway)],
    ['every agent is held, so that there is nobody to seal for', (relay, isAway) => (relay.isHeld = isAway)],
  ])('when %s, what was proven stays proven', async (_name, setAway) => {
    const browser = await prove(bench.browser());
    setAway(bench.relay, true);
    await browser.get('/reset/password');
    expect([browser.status, browser.heading]).toEqual([503, 'Try again later']);
    expect(browser.html).toContain('href="/reset/password"');
    expect((await browser.raw('GET', '/reset/password/sealing')).statusCode).toBe(503);
    setAway(bench.relay, false);
    await browser.get('/reset/password');
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
  });

  test('an agent that stays away does not prolong the flow', async () => {
    const browser = await prove(bench.browser());
    bench.relay.isLinked = false;
    await browser.get('/reset/password');
    await bench.clock.advance(15 * 60_000);
    await browser.get('/reset/password');
    expect([browser.status, browser.heading]).toEqual([410, en.stops.sessionOver.heading]);
  });

  test('the account is looked at again before the last page', async () => {
    const browser = bench.browser();
    await browser.identify('ada');
    await browser.post({ method: 'email-0' });
    bench.relay.people[0] = anInspection({
      account: anAccount({ disposition: { kind: 'contact-administrator', reason: 'disabled' } }),
    });
    await browser.post({ code: bench.lastCode() });
    expect(browser.heading).toBe('Contact your administrator');
  });
});

describe('where the way ends after the user ID', () => {
  test.each<[string, Parameters<typeof anAccount>[0], string]>([
    [
      'outside write-back',
      { disposition: { kind: 'contact-administrator', reason: 'outside-write-back-scope' } },
      'Contact your administrator',
    ],
    ['no method registered', { resetMail: [] }, 'We couldn’t verify your account'],
    ['the agent is held', { disposition: { kind: 'try-later', reason: 'held' } }, 'Try again later'],
  ])('%s', async (_name, account, heading) => {
    bench.relay.people[0] = anInspection({ account: anAccount(account) });
    const browser = await bench.browser().identify('ada');
    expect(browser.heading).toBe(heading);
    expect(bench.mailbox).toEqual([]);
  });

  test('the account is locked and the agent does not unlock: said before anybody proves anything', async () => {
    const disposition = { ...WRITE_BACK, unlock: { kind: 'closed', reason: 'not-enabled' } } as const;
    bench.relay.people[0] = anInspection({ account: anAccount({ disposition }), isLocked: true });
    expect((await bench.browser().identify('ada')).heading).toBe('Contact your administrator');
    bench.relay.people[0] = anInspection({ account: anAccount({ disposition }) });
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    bench.relay.people[0] = anInspection({ account: anAccount({ disposition }), isLocked: true });
    await browser.post({ code: bench.lastCode() });
    expect(browser.heading).toBe('Contact your administrator');
  });

  test('the organisation has not turned it on', async () => {
    await use({ tenants: [aTenant({ reset: 'off' })] });
    expect((await bench.browser().identify('ada')).heading).toBe('Contact your administrator');
  });

  test('two accounts answer to one address', async () => {
    bench.relay.people.push(anInspection({ account: anAccount({ anchor: 'other', samAccountName: 'eve' }) }));
    expect((await bench.browser().identify('ada@example.com')).heading).toBe('We couldn’t verify your account');
  });

  test('the agent is away: said at once, from what the mirror knows', async () => {
    const agentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');
    const changed = [{ account: anAccount(), fingerprint: '' }];
    const source = { tenantId, agentId, directoryKey: 'corp', fence: 1 };
    await bench.store.mirror.beginPass(source, () => true);
    await bench.store.mirror.apply(source, { changed, absent: [] });
    bench.relay.isLinked = false;
    expect((await bench.browser().identify('ada')).heading).toBe('Try again later');
    expect((await bench.browser().identify('nobody')).heading).toBe('We couldn’t verify your account');
  });

  test('the agent is away and nothing was ever mirrored: nobody is called unknown', async () => {
    bench.relay.isLinked = false;
    expect((await bench.browser().identify('nobody')).heading).toBe('Try again later');
  });

  test('unknown and unregistered are the same bytes but for the support id', async () => {
    bench.relay.people.push(
      anInspection({
        account: anAccount({
          anchor: 'bob',
          samAccountName: 'bob',
          userPrincipalName: 'bob@example.com',
          mail: [],
          resetMail: [],
        }),
      }),
    );
    const pages = [];
    for (const userId of ['nobody', 'bob', 'no\u0000body', 'x@elsewhere.example.org']) {
      const browser = await bench.browser().identify(userId);
      pages.push(`${browser.status} ${browser.path} ${browser.html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')}`);
    }
    expect(new Set(pages).size).toBe(1);
  });

  test('every answer to a user ID comes at the same time after it was asked', async () => {
    await use({ routeAnswerMs: 900, tenants: [aTenant()] });
    for (const userId of ['ada', 'nobody']) {
      const browser = await bench.browser().get('/reset');
      let isAnswered = false;
      const fields = { csrf_token: browser.csrfToken, user_id: userId, answer: await browser.rightAnswer() };
      const answered = browser.raw('POST', '/reset', fields).then((response) => {
        isAnswered = true;
        return response;
      });
      while (bench.clock.pendingTimers === 0) await bench.clock.advance(0);
      await bench.clock.advance(899);
      expect(isAnswered).toBe(false);
      await bench.clock.advance(1);
      expect((await answered).statusCode).toBe(303);
    }
  });
});

describe('the pace of answers to a user ID', () => {
  const bob = { anchor: 'bob', samAccountName: 'bob', userPrincipalName: 'bob@example.com', mail: [], resetMail: [] };

  beforeEach(async () => {
    await use({ routeAnswerMs: 900, tenants: [aTenant({ unlock: false })] });
    bench.relay.people.push(anInspection({ account: anAccount(bob) }));
  });

  async function answerTimeMs(userId: string, inspectionMs: number): Promise<number> {
    const ask = bench.relay.ask.bind(bench.relay);
    bench.relay.ask = async (options) => {
      await wait(bench.clock, inspectionMs, options.signal);
      return ask(options);
    };
    const browser = await bench.browser().get('/reset');
    const fields = { csrf_token: browser.csrfToken, user_id: userId, answer: await browser.rightAnswer() };
    const askedAtMs = bench.clock.nowMs();
    let tookMs: number | undefined;
    const answered = browser.raw('POST', '/reset', fields).then(() => (tookMs = bench.clock.nowMs() - askedAtMs));
    for (let turn = 0; tookMs === undefined && turn < 2000; turn += 1) await bench.clock.advance(10);
    await answered;
    bench.relay.ask = ask;
    return tookMs ?? Number.NaN;
  }

  test.each([
    ['nobody', 200, 900],
    ['bob', 700, 900],
    ['ada', 850, 900],
    ['nobody', 1000, 4500],
    ['bob', 1500, 4500],
    ['ada', 2800, 4500],
    ['nobody', 3990, 4500],
    ['bob', 60_000, 4500],
  ])(
    '%s, looked up in %i ms, is answered after %i ms: there are two instants, and no third',
    async (userId, inspectionMs, expectedMs) => {
      const tookMs = await answerTimeMs(userId, inspectionMs);
      expect(tookMs).toBeGreaterThanOrEqual(expectedMs);
      expect(tookMs).toBeLessThanOrEqual(expectedMs + 10);
    },
  );
});

describe('codes', () => {
  test('of another session are worth nothing', async () => {
    const ours = await bench.browser().identify('ada');
    const theirs = await bench.browser('192.0.2.9').identify('ada');
    await ours.post({ method: 'email-0' });
    const code = bench.lastCode();
    await theirs.post({ method: 'email-0' });
    if (code === bench.lastCode()) return;
    await theirs.post({ code });
    expect(theirs.html).toContain(en.code.problems.wrong);
  });

  test('work for five minutes', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    await bench.clock.advance(5 * 60_000);
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(en.code.problems.expired);
  });

  test('five wrong ones block the account for a day, from anywhere, by any spelling', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    for (let tries = 0; tries < 4; tries += 1) {
      await browser.post({ code: wrongCode() });
      expect(browser.path).toBe('/reset/code');
    }
    await browser.post({ code: wrongCode() });
    expect(browser.heading).toBe('Blocked for now');
    expect((await bench.browser('198.51.100.7').identify('CORP\\ADA')).heading).toBe('Blocked for now');
    await bench.clock.advance(24 * 60 * 60_000);
    expect((await bench.browser().identify('ada')).heading).toBe('Show that it’s you');
  });

  test('guesses at the same time are counted one by one', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    const { csrfToken } = browser;
    await Promise.all(
      Array.from({ length: 12 }, (_, guess) =>
        browser.raw('POST', '/reset/code', { csrf_token: csrfToken, code: `11111${guess % 10}` }),
      ),
    );
    expect((await bench.browser('198.51.100.7').identify('ada')).heading).toBe('Blocked for now');
  });

  test('what cannot be a code costs no try', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    for (let tries = 0; tries < 8; tries += 1) await browser.post({ code: 'abc' });
    expect(browser.html).toContain(en.code.problems.malformed);
    await browser.post({ code: `${bench.lastCode().slice(0, 3)} ${bench.lastCode().slice(3)}` });
    expect(browser.path).toBe('/reset/password');
  });

  test('a new one is sent after a wait, and the old one is dead', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    const first = bench.lastCode();
    await browser.post({ action: 'resend' });
    expect(bench.mailbox).toHaveLength(1);
    await bench.clock.advance(30_000);
    await browser.post({ action: 'resend' });
    expect(bench.mailbox).toHaveLength(2);
    expect(browser.html).toContain(en.code.sentAgain);
    if (first === bench.lastCode()) return;
    await browser.post({ code: first });
    expect(browser.html).toContain(en.code.problems.wrong);
  });

  test('when no mail can be handed over, the person is told so where they can choose another way, and it counts as none', async () => {
    const browser = await bench.browser().identify('ada');
    bench.isOutboxFull.now = true;
    await browser.post({ method: 'email-0' });
    expect(browser.heading).toBe('Show that it’s you');
    expect(browser.html).toContain(en.method.notSent);
    bench.isOutboxFull.now = false;
    for (let sent = 0; sent < 10; sent += 1) {
      const next = await bench.browser().identify('ada');
      await next.post({ method: 'email-0' });
      expect(next.path).toBe('/reset/code');
    }
  });

  test('when no more may be sent, that is said, and answering what was never sent costs nothing', async () => {
    const two = { ...anAccount(), resetMail: ['ada.private@example.net', 'ada.other@example.org'] };
    bench.relay.people[0] = anInspection({ account: two });
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    for (const waitMs of [30_000, 60_000, 120_000, 240_000]) {
      await bench.clock.advance(waitMs);
      await browser.post({ action: 'resend' });
    }
    expect(bench.mailbox).toHaveLength(5);
    await browser.post({ action: 'other-method' });
    await browser.post({ method: 'email-1' });
    expect(bench.mailbox).toHaveLength(5);
    expect(browser.html).toContain(en.code.problems['too-many-sent']);
    for (let tries = 0; tries < 7; tries += 1) {
      await browser.post({ code: wrongCode() });
      expect(browser.html).toContain(en.code.problems['too-many-sent']);
    }
    expect((await bench.browser().identify('ada')).heading).toBe('Show that it’s you');
  });

  test('answers to one that is too old are not counted', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    await bench.clock.advance(5 * 60_000);
    for (let tries = 0; tries < 6; tries += 1) await browser.post({ code: wrongCode() });
    expect(browser.html).toContain(en.code.problems.expired);
    expect((await bench.browser().identify('ada')).heading).toBe('Show that it’s you');
  });

  test('none is kept in the store', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    const stored = await bench.store.flows.find(browser.sessionHash);
    expect(JSON.stringify(stored)).not.toContain(bench.lastCode());
  });
});

describe('two gates', () => {
  const account = { tenantId, anchor: anAccount().anchor };

  beforeEach(async () => {
    const policies = [
      { name: 'all', appliesTo: 'everyone', gates: 2, methods: ['email-code', 'authenticator-code'] } as const,
    ];
    await use({ tenants: [aTenant({ unlock: false, policies })] });
  });

  async function appCode(uri: string | undefined): Promise<string> {
    const totp = URI.parse(uri ?? '');
    return totp instanceof TOTP ? totp.generate({ timestamp: bench.clock.nowMs() }) : '';
  }

  test('need two methods', async () => {
    expect((await bench.browser().identify('ada')).heading).toBe('We couldn’t verify your account');
  });

  test('are passed by two different methods, and no app code works twice', async () => {
    const uri = await bench.registerApp(account);
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'authenticator' });
    const code = await appCode(uri);
    await browser.post({ code });
    expect(browser.heading).toBe('Show that it’s you');
    expect(browser.html).not.toContain('authenticator app');
    await browser.post({ method: 'authenticator' });
    expect(browser.path).toBe('/reset/method');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/reset/password');

    const again = await bench.browser().identify('ada');
    await again.post({ method: 'authenticator' });
    await again.post({ code });
    expect(again.html).toContain(en.code.problems['already-used']);
  });

  test('are passed by a mail and a recovery code, which says its own words when it is wrong', async () => {
    const policies = [
      { name: 'all', appliesTo: 'everyone', gates: 2, methods: ['email-code', 'recovery-code'] } as const,
    ];
    await use({ tenants: [aTenant({ unlock: false, policies })] });
    const [code = ''] = await bench.makeRecoveryCodes(account);
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'recovery' });
    expect(browser.heading).toBe(en.recovery.heading);
    await browser.post({ code: '042815' });
    expect(browser.html).toContain(en.recovery.problems.malformed);
    await browser.post({ code: '0000-0000-0000-0000' });
    expect(browser.html).toContain(`${en.recovery.problems.wrong} ${en.code.attemptsLeft(4)}`);
    await browser.post({ code: ` ${code.toLowerCase()} ` });
    expect(browser.path).toBe('/reset/method');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/reset/password');
  });

  test('a recovery code that was used before is no guess, however often it is typed', async () => {
    const policies = [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['recovery-code'] } as const];
    await use({ tenants: [aTenant({ unlock: false, policies })] });
    const [used = '', good = ''] = await bench.makeRecoveryCodes(account);
    const first = await bench.browser().identify('ada');
    await first.post({ method: 'recovery' });
    await first.post({ code: used });
    expect(first.path).toBe('/reset/password');
    const again = await bench.browser().identify('ada');
    await again.post({ method: 'recovery' });
    for (let tries = 0; tries < 8; tries += 1) {
      await again.post({ code: used });
      expect(again.html).toContain(en.recovery.problems['already-used']);
    }
    await again.post({ code: good });
    expect(again.path).toBe('/reset/password');
  });

  test('an administrator has two, whatever the policy says', async () => {
    await use({ tenants: [aTenant({ administrators: { people: ['ada'] } })] });
    expect((await bench.browser().identify('ada')).heading).toBe('We couldn’t verify your account');
  });
});

describe('unlocking', () => {
  const locked = { ...WRITE_BACK, unlock: { kind: 'allowed' } } as const;

  beforeEach(() => use({ tenants: [aTenant()] }));

  async function toUnlock(): Promise<Browser> {
    const browser = await bench.browser().identify('ada');
    expect(browser.heading).toBe('Why are you having trouble signing in?');
    await browser.post({ trouble: 'unlock' });
    await browser.post({ method: 'email-0' });
    return browser.post({ code: bench.lastCode() });
  }

  test('unlocks, and keeps the password', async () => {
    bench.relay.people[0] = anInspection({ account: anAccount({ disposition: locked }), isLocked: true });
    const browser = await toUnlock();
    await browser.post({});
    expect(browser.heading).toBe('Your account is unlocked');
    expect(bench.relay.arrived).toEqual([]);
    expect(bench.relay.asked.filter(({ kind }) => kind === 'unlock')).toHaveLength(1);
  });

  test('says so when there was no lock, and asks for nothing', async () => {
    const browser = await toUnlock();
    await browser.post({});
    expect(browser.heading).toBe('Your account was not locked');
    expect(bench.relay.asked.filter(({ kind }) => kind === 'unlock')).toEqual([]);
  });

  test('that there was no lock leaves a line in the journal', async () => {
    const browser = await toUnlock();
    await browser.post({});
    const { entry } = (await bench.store.audit.entriesAfter(0)).at(-1) ?? {};
    expect(entry).toMatchObject({ event: 'unlock-answered', fields: { result: 'not-locked' } });
  });

  test('a proof for a reset unlocks nothing, and is not used up by asking for it', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ trouble: 'forgot' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await browser.post({}, '/reset/unlock');
    expect(browser.path).toBe('/reset/password');
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
  });

  test('a proof for unlocking resets nothing', async () => {
    const browser = await toUnlock();
    await browser.post({ sealed: '[]' }, '/reset/password');
    expect(browser.path).toBe('/reset/unlock');
    expect(bench.relay.ledger.size).toBe(0);
  });

  test('nothing chosen is asked for again', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ trouble: 'neither' });
    expect([browser.status, browser.path]).toEqual([422, '/reset/trouble']);
  });
});

describe('a cloud-only account', () => {
  beforeEach(async () => {
    await bench.store.cloudAccounts.add({
      tenantId,
      anchor: parseAccountAnchor('cloud-1'),
      userIds: ['cleo'],
      displayName: 'Cleo Example',
      addresses: ['cleo@example.net'],
      isAdministrator: false,
      passwordHash: undefined,
    });
  });

  test('is reset in the front door’s own store, sealed all the same, and no agent is asked to', async () => {
    const browser = await prove(bench.browser(), 'cleo');
    await browser.choosePassword('short');
    expect(browser.html).toContain(problems['too-short']);
    await browser.choosePassword(PASSWORD);
    expect(browser.heading).toBe('Your password is changed');
    const stored = await bench.store.cloudAccounts.find(tenantId, 'cleo');
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=47104,p=1,t=1\$/);
    expect(bench.relay.asked.every(({ kind }) => kind === 'inspect')).toBe(true);
  });
});

test('each step stands in a journal that holds together, with no user ID and no code in it', async () => {
  const browser = await prove(bench.browser());
  const code = bench.lastCode();
  await browser.choosePassword(PASSWORD);
  await bench.browser().identify('nobody-at-all');
  const entries = await bench.store.audit.entriesAfter(0);
  expect(entries.map(({ entry }) => entry.event)).toEqual([
    'route-decided',
    'code-sent',
    'proof-succeeded',
    'reset-answered',
    'route-decided',
  ]);
  expect(verifyChain(await bench.store.audit.start(), entries).kind).toBe('intact');
  const text = JSON.stringify(entries.map(({ entry }) => entry));
  for (const secret of [PASSWORD, `"${code}"`, 'ada@example.com', 'nobody-at-all']) expect(text).not.toContain(secret);
});
