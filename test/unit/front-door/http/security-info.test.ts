// The security info of whoever is signed in: what is shown, what may be changed and when, and who is told.

import { TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { METHODS_PER_KIND_MAX } from '../../../../src/front-door/methods/method-store.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { securityQuestionsSchema } from '../../../../src/front-door/tenants/security-questions.js';
import { accountKey, createThrottles } from '../../../../src/front-door/throttles/throttles.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const ADA = '6f1f1d1e-0000-4000-8000-000000000001';
const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor(ADA) };
const PASSWORD = 'old-lantern-5';
const { info, setup } = en.signedIn;

let bench: Bench;

async function open(tenant = aTenant(), resetMail: string[] = [], mail?: string[]): Promise<void> {
  bench = await makeBench({ tenants: [tenant] });
  bench.relay.people.push(anInspection({ account: anAccount({ resetMail, ...(mail && { mail }) }) }));
  bench.relay.passwords.set(ADA, PASSWORD);
  bench.relay.operations = ['reset', 'unlock', 'sign-in'];
}

const policies = [
  { name: 'all', appliesTo: 'everyone', gates: 2, methods: ['email-code', 'authenticator-code', 'recovery-code'] },
] as const;

beforeEach(() => open(aTenant({ policies })));
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function signedIn(): Promise<Browser> {
  const browser = bench.browser();
  await browser.get('/sign-in');
  await browser.post({ user_id: 'ada@example.com' });
  await browser.enterPassword(PASSWORD);
  expect(browser.path).toBe('/security-info');
  return browser;
}

const toldOf = () => bench.mailbox.filter(({ subject }) => !/verification code/.test(subject));
const keptIds = async () => (await bench.store.methods.list(account)).map(({ id }) => id);
const lastProblem = (browser: Browser) => /<p class="error"[^>]*>.*?<\/span>([^<]*)<\/p>/.exec(browser.html)?.[1];

async function addAddress(browser: Browser, address: string): Promise<void> {
  await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
  await browser.post({ code: address });
  await browser.post({ code: bench.lastCode() });
}

async function addApp(browser: Browser): Promise<TOTP> {
  await browser.post({ action: 'set-up', kind: 'authenticator-code' }, '/security-info');
  const uri = /href="(otpauth:[^"]+)"/.exec(browser.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const totp = URI.parse(uri);
  if (!(totp instanceof TOTP)) throw new Error('no TOTP address');
  await browser.post({ code: totp.generate({ timestamp: bench.clock.nowMs() }) });
  return totp;
}

describe('a new code while an address is set up', () => {
  async function sent(): Promise<Browser> {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
    await browser.post({ code: 'ada@example.net' });
    expect(browser.html).toContain(en.code.resend);
    return browser;
  }

  test('goes to the same address half a minute later, and the one before is of no use any more', async () => {
    const browser = await sent();
    const first = bench.lastCode();
    await bench.clock.advance(30_000);
    await browser.post({ action: 'resend' });
    expect(browser.html).toContain(en.code.sentAgain);
    expect(browser.html).toContain(en.code.leadEmail('ada@example.net'));
    const second = bench.lastCode();
    expect(bench.mailbox.at(-1)?.to).toEqual(['ada@example.net']);
    if (first !== second) {
      await browser.post({ code: first });
      expect(lastProblem(browser)).toBe(setup.problems.wrong);
      expect(browser.html).not.toContain(en.code.sentAgain);
    }
    await browser.post({ code: second });
    expect(browser.html).toContain(info.news.added);
  });

  test('is not sent sooner, which is said, and the first one is still good', async () => {
    const browser = await sent();
    const mails = bench.mailbox.length;
    await bench.clock.advance(29_999);
    await browser.post({ action: 'resend' });
    expect(lastProblem(browser)).toBe(setup.problems['too-many-sent']);
    expect(bench.mailbox).toHaveLength(mails);
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(info.news.added);
  });

  test('counts like the first: at the limit none is sent, which is said, and the last one is still good', async () => {
    const browser = await sent();
    let mails = 0;
    do {
      mails = bench.mailbox.length;
      await bench.clock.advance(30_000);
      await browser.post({ action: 'resend' });
    } while (bench.mailbox.length > mails);
    expect(lastProblem(browser)).toBe(setup.problems.blocked);
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(info.news.added);
  });

  test('is nothing where nothing was sent, nor for what sends nothing', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
    const mails = bench.mailbox.length;
    await browser.post({ action: 'resend' });
    expect(browser.heading).toBe(setup.email.heading);
    await browser.post({ action: 'set-up', kind: 'authenticator-code' }, '/security-info');
    await bench.clock.advance(30_000);
    await browser.post({ action: 'resend' });
    expect(browser.html).not.toContain(en.code.resend);
    expect(bench.mailbox).toHaveLength(mails);
  });
});

test('whoever has nothing yet sets up an address, an app and recovery codes, and can then get back in', async () => {
  const browser = await signedIn();
  expect(browser.html).toContain(info.missing(2));
  await addAddress(browser, 'ada@example.net');
  expect(browser.html).toContain(info.news.added);
  expect(browser.html).toContain('ada@example.net');
  expect(browser.html).toContain(info.missing(1));
  const app = await addApp(browser);
  expect(browser.html).toContain(info.enough);
  await browser.post({ action: 'set-up', kind: 'recovery-code' }, '/security-info');
  await browser.post({});
  expect(browser.heading).toBe(setup.recovery.shownHeading);
  const codes = [...browser.html.matchAll(/<code dir="ltr">((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})<\/code>/g)];
  expect(codes).toHaveLength(10);
  await browser.post({ action: 'cancel' });
  expect(browser.html).not.toContain(codes[0]?.[1]);
  expect(browser.html).toContain(info.codesLeft(10));

  const reset = bench.browser();
  await reset.identify('ada@example.com');
  await reset.post({ trouble: 'forgot' });
  await reset.post({ method: 'email-0' });
  await reset.post({ code: bench.lastCode() });
  await reset.post({ method: 'authenticator' });
  await bench.clock.advance(30_000);
  await reset.post({ code: app.generate({ timestamp: bench.clock.nowMs() }) });
  expect(reset.heading).toBe(en.newPassword.heading);
});

test('the mailbox behind the password is no way back in: it is refused, and the page says why', async () => {
  const browser = await signedIn();
  await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
  await browser.post({ code: 'Ada@Example.com' });
  expect(lastProblem(browser)).toContain(setup.problems['not-private']);
  expect(bench.mailbox).toEqual([]);
  await browser.post({ code: 'ada@example.net' });
  await browser.post({ code: bench.lastCode() });
  expect(await bench.store.methods.list(account)).toMatchObject([{ address: 'ada@example.net' }]);
});

describe('a change', () => {
  test('needs a way that was proved, for whoever has one, and does so again after a while', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies }), ['ada.private@example.net']);
    const browser = await signedIn();
    expect(browser.html).toContain(info.confirmFirst);
    expect(browser.html).not.toContain('ada.private@example.net');
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    expect(browser.heading).toBe(info.heading);
    await browser.post({ action: 'confirm' });
    expect(browser.heading).toBe(en.method.heading);
    expect(browser.html).not.toContain(en.progress.finish('reset'));
    await browser.post({ method: 'email-0' });
    await browser.post({ code: '000000' === bench.lastCode() ? '000001' : '000000' });
    expect(lastProblem(browser)).toContain(en.code.problems.wrong);
    await browser.post({ code: bench.lastCode() });
    expect(browser.heading).toBe(info.heading);
    expect(browser.html).toContain('ada.private@example.net');
    await addApp(browser);
    expect(await keptIds()).toHaveLength(1);

    await bench.clock.advance(10 * 60_000);
    const [id = ''] = await keptIds();
    await browser.get('/security-info');
    expect(browser.html).toContain(info.confirmFirst);
    await browser.post({ action: 'remove', id });
    await browser.post({ action: 'rename', id, name: 'x' });
    expect(await bench.store.methods.list(account)).toMatchObject([{ id, name: '' }]);
  });

  test('needs as many ways as a reset does, for whoever has them', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies }), ['ada.private@example.net']);
    const first = await signedIn();
    await first.post({ action: 'confirm' });
    await first.post({ method: 'email-0' });
    await first.post({ code: bench.lastCode() });
    const app = await addApp(first);
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(en.method.gate(2, 2));
    await browser.post({ action: 'set-up', kind: 'recovery-code' }, '/security-info');
    expect(browser.heading).toBe(en.method.heading);
    await bench.clock.advance(30_000);
    await browser.post({ method: 'authenticator' });
    await browser.post({ code: app.generate({ timestamp: bench.clock.nowMs() }) });
    expect(browser.heading).toBe(info.heading);
    expect(browser.html).not.toContain(info.confirmFirst);
  });

  test('needs a proof also by a way that the policy takes for no reset: the password alone gets the better of none', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1, methods: ['recovery-code'] }] }));
    const totp = URI.parse((await bench.registerApp(account)) ?? '');
    if (!(totp instanceof TOTP)) throw new Error('no TOTP address');
    const browser = await signedIn();
    await browser.post({ action: 'remove', id: (await keptIds())[0] ?? '' });
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    expect(browser.heading).toBe(info.heading);
    expect(await keptIds()).toHaveLength(1);
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'authenticator' });
    await browser.post({ code: totp.generate({ timestamp: bench.clock.nowMs() }) });
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    expect(browser.heading).toBe(setup.recovery.heading);
  });

  test('is not possible while nobody can tell which policy is the person’s', async () => {
    await bench[Symbol.asyncDispose]();
    const vips = { ...policies[0], name: 'vips', appliesTo: { groups: ['vips'] } } as const;
    await open(aTenant({ policies: [vips, { ...policies[0], methods: ['email-code'], gates: 1 }] }));
    await bench.registerApp(account);
    const browser = await signedIn();
    await browser.post({ action: 'remove', id: (await keptIds())[0] ?? '' });
    expect(await keptIds()).toHaveLength(1);
    expect(browser.html).toContain(info.notEnabled);
  });

  test('begun anew sends no code sooner than the growing waits allow', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies }), ['ada.private@example.net']);
    const browser = await signedIn();
    for (let times = 0; times < 5; times += 1) {
      await browser.post({ action: 'confirm' }, '/security-info');
      await browser.post({ method: 'email-0' });
      await browser.post({ action: 'cancel' }, '/security-info/set-up');
    }
    expect(bench.mailbox).toHaveLength(1);
  });

  test('of somebody who is said to be taken over ends in the middle', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    const throttles = createThrottles({ store: bench.store.throttles, clock: bench.clock });
    await throttles.attempt([{ name: 'disowned', key: accountKey(account.tenantId, account.anchor) }]);
    const uri = /href="(otpauth:[^"]+)"/.exec(browser.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await browser.post({ code: (URI.parse(uri) as TOTP).generate({ timestamp: bench.clock.nowMs() }) });
    expect(browser.heading).toBe(en.stops.blocked.heading);
    expect(await keptIds()).toEqual([]);
  });

  test('that removes an address ends a proof by it that is under way elsewhere', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1 }] }));
    const owner = await signedIn();
    await addAddress(owner, 'thief@example.net');
    const thief = bench.browser('198.51.100.7');
    await thief.identify('ada@example.com');
    await thief.post({ trouble: 'forgot' });
    const kept = await bench.store.methods.list(account);
    await owner.post({ action: 'remove', id: kept[0]?.id ?? '' });
    const sent = bench.mailbox.length;
    await thief.post({ method: 'email-0' }, '/reset/method');
    expect(thief.heading).toBe(en.stops.endedElsewhere.heading);
    expect(bench.mailbox).toHaveLength(sent);
  });

  test('that removes an address ends every other visit: one that proves by it, and one in which it was proved', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1 }] }));
    const owner = await signedIn();
    await addAddress(owner, 'thief@example.net');
    const [id = ''] = await keptIds();
    const [proving, confirmed] = [await signedIn(), await signedIn()];
    for (const thief of [confirmed, proving]) {
      await thief.post({ action: 'confirm' });
      await thief.post({ method: 'email-0' });
      if (thief === confirmed) await thief.post({ code: bench.lastCode() });
    }
    const code = bench.lastCode();
    await owner.post({ action: 'remove', id });
    expect(owner.html).toContain(info.news.removed);
    await proving.post({ code });
    await confirmed.post({ action: 'set-up', kind: 'authenticator-code' });
    for (const thief of [confirmed, proving]) expect(thief.path).toBe('/');
    expect(await keptIds()).toEqual([]);
    await owner.get('/security-info');
    expect(owner.heading).toBe(info.heading);
  });

  test('removes recovery codes together', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1 }] }));
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    await browser.post({});
    await browser.post({ action: 'cancel' });
    await browser.post({ action: 'remove', id: 'recovery-codes' });
    expect(await bench.store.methods.recoveryCodesLeft(account)).toBe(0);
    expect(browser.html).toContain(info.none);
  });

  test('is told to addresses that were set up here as well, in whichever visit, and so is a changed password', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1 }] }));
    await addAddress(await signedIn(), 'ada@example.net');
    bench.mailbox.length = 0;
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await addApp(browser);
    expect(toldOf().flatMap(({ to }) => to)).toEqual(['ada@example.com', 'ada@example.net']);
    bench.mailbox.length = 0;
    bench.relay.operations = ['reset', 'unlock', 'sign-in', 'change'];
    const changing = bench.browser();
    await changing.get('/change-password');
    await changing.post({ user_id: 'ada@example.com' });
    await changing.enterPassword(PASSWORD);
    await changing.changePassword(PASSWORD, 'Brand-New-Lantern-7');
    expect(toldOf().flatMap(({ to }) => to)).toEqual(['ada@example.com', 'ada@example.net']);
  });

  test('is told to the addresses the person had before, and to one that is removed', async () => {
    const browser = await signedIn();
    await addAddress(browser, 'ada@example.net');
    expect(toldOf().flatMap(({ to }) => to)).toEqual(['ada@example.com']);
    await addApp(browser);
    expect(toldOf().flatMap(({ to }) => to)).toEqual(['ada@example.com', 'ada@example.com', 'ada@example.net']);
    const mail = (await bench.store.methods.list(account)).find(({ kind }) => kind === 'email-code');
    await browser.post({ action: 'remove', id: mail?.id ?? '' });
    expect(browser.html).toContain(info.news.removed);
    expect(
      toldOf()
        .slice(3)
        .flatMap(({ to }) => to),
    ).toEqual(['ada@example.com', 'ada@example.net']);
    expect(toldOf().at(-1)?.text).toContain(info.methods['email-code']);
  });

  test('is said to be told only where there was an address to tell', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies }), [], []);
    const browser = await signedIn();
    await addAddress(browser, 'ada@example.net');
    expect(browser.html).toContain(`>${info.news['added-untold']}<`);
    expect(toldOf()).toEqual([]);
    await addApp(browser);
    expect(browser.html).toContain(info.news.added);
    const [address = ''] = await keptIds();
    await browser.post({ action: 'remove', id: address });
    expect(browser.html).toContain(info.news.removed);
    expect(toldOf().flatMap(({ to }) => to)).toEqual(['ada@example.net', 'ada@example.net']);
  });

  test('is told even where the organisation tells nobody of resets', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies, notify: false }));
    await addApp(await signedIn());
    expect(toldOf()).not.toEqual([]);
  });

  test('leaves a line in the audit', async () => {
    const browser = await signedIn();
    await addApp(browser);
    const [id = ''] = await keptIds();
    await browser.post({ action: 'remove', id });
    const lines = (await bench.store.audit.latest(10)).map(({ entry }) => JSON.stringify(entry));
    expect(lines.filter((line) => line.includes('method-added') && line.includes(ADA))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('method-removed') && line.includes(ADA))).toHaveLength(1);
  });

  test('is made to one’s own ways alone', async () => {
    const eve = { ...account, anchor: parseAccountAnchor('eve') };
    await bench.registerApp(eve);
    const [others] = await bench.store.methods.list(eve);
    const browser = await signedIn();
    await browser.post({ action: 'remove', id: others?.id ?? '' });
    await browser.post({ action: 'rename', id: others?.id ?? '', name: 'mine' });
    expect(await bench.store.methods.list(eve)).toEqual([others]);
  });
});

describe('setting up', () => {
  test('says what is wrong with an address, and sends nothing then', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    for (const [typed, problem] of [
      ['', 'missing'],
      ['ada', 'malformed'],
      ['a@b.example, c@d.example', 'malformed'],
    ] as const) {
      await browser.post({ code: typed });
      expect(lastProblem(browser)).toBe(setup.problems[problem]);
      // To be mended, not to be typed anew.
      expect(browser.html).toContain(typed === '' ? 'name="code" value ' : `name="code" value="${typed}"`);
    }
    await browser.post({ code: 'x'.repeat(1000) });
    expect(browser.html).toContain(`name="code" value="${'x'.repeat(254)}"`);
    expect(bench.mailbox).toEqual([]);
  });

  test('counts wrong codes, and begins anew when there were too many', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    await browser.post({ code: 'ada@example.net' });
    const code = bench.lastCode();
    for (let tries = 0; tries < 5; tries += 1) {
      await browser.post({ code: code === '000000' ? '000001' : '000000' });
      expect(lastProblem(browser)).toBe(setup.problems.wrong);
    }
    await browser.post({ code });
    expect(lastProblem(browser)).toBe(setup.problems.expired);
    expect(await keptIds()).toEqual([]);
  });

  test('counts no code for what was mistyped', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    for (let tries = 0; tries < 12; tries += 1) await browser.post({ code: 'ada@' });
    await browser.post({ code: 'ada@example.net' });
    expect(browser.heading).toBe(setup.email.codeHeading);
  });

  test('of an address sends no more codes than a person may be sent', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    for (let sent = 0; sent < 12; sent += 1) {
      await browser.post({ code: `ada${sent}@example.net` });
      await browser.post({ action: 'cancel' }, '/security-info/set-up');
      await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
    }
    await browser.post({ code: 'last@example.net' });
    expect(lastProblem(browser)).toBe(setup.problems.blocked);
    expect(bench.mailbox).toHaveLength(10);
  });

  test('is offered of what the organisation has, and of nothing else', async () => {
    const taking = { ...policies[0], gates: 1, methods: ['security-questions', 'recovery-code'] } as const;
    const isOffered = ({ html }: Browser) => html.includes('value="security-questions"');
    for (const securityQuestions of [undefined, securityQuestionsSchema.parse({})]) {
      const isThere = securityQuestions !== undefined;
      await bench[Symbol.asyncDispose]();
      await open(aTenant({ unlock: false, policies: [taking], securityQuestions }));
      const browser = await signedIn();
      expect(browser.html).toContain('value="recovery-code"');
      expect(isOffered(browser)).toBe(isThere);
      await browser.post({ action: 'set-up', kind: 'security-questions' }, '/security-info');
      expect(browser.path).toBe(isThere ? '/security-info/set-up' : '/security-info');
    }
  });

  test('of a phone says what is wrong with its number, sends a code there, and lets its person back in', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ unlock: false, policies: [{ ...policies[0], gates: 1, methods: ['text-message'] }] }));
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'text-message' });
    expect(browser.heading).toBe(setup.phone.heading);
    for (const [typed, problem] of [
      ['', 'missing'],
      ['07700 900947', 'malformed'],
      ['+49 151 23456789', 'not-served'],
    ] as const) {
      await browser.post({ code: typed });
      expect(lastProblem(browser)).toBe(setup.problems[problem]);
      expect(browser.html).toContain(typed === '' ? 'name="code" value ' : `name="code" value="${typed}"`);
    }
    expect(bench.gateway.texts).toEqual([]);
    await browser.post({ code: '+44 7700 900947' });
    expect(browser.html).toContain(en.code.leadText('+447700900947'));
    await browser.post({ code: bench.gateway.lastCode });
    expect(browser.html).toContain(info.news.added);
    expect(await bench.store.methods.list(account)).toMatchObject([{ address: '+447700900947' }]);

    const reset = await bench.browser().identify('ada@example.com');
    await reset.post({ method: 'text-0' });
    await reset.post({ code: '+447700900947' });
    await reset.post({ code: bench.gateway.lastCode });
    expect(reset.heading).toBe(en.newPassword.heading);
    expect(bench.mailbox.flatMap(({ to }) => to).filter((address) => !address.includes('@'))).toEqual([]);
  });

  test('of an app is not interrupted when the proof grows old meanwhile', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    const totp = URI.parse(/href="(otpauth:[^"]+)"/.exec(browser.html)?.[1]?.replaceAll('&amp;', '&') ?? '');
    await bench.clock.advance(14 * 60_000);
    if (totp instanceof TOTP) await browser.post({ code: totp.generate({ timestamp: bench.clock.nowMs() }) });
    expect(browser.html).toContain(info.news.added);
  });

  test('has a limit for each kind', async () => {
    const browser = await signedIn();
    for (let added = 0; added < METHODS_PER_KIND_MAX; added += 1) await addApp(browser);
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    expect(browser.html).toContain(setup.problems['too-many']);
    expect(await keptIds()).toHaveLength(METHODS_PER_KIND_MAX);
  });

  test('takes only kinds that the person’s policy takes', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies: [{ ...policies[0], gates: 1, methods: ['email-code'] }] }));
    const browser = await signedIn();
    expect(browser.html).not.toContain(info.adding['authenticator-code']);
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    expect(browser.heading).toBe(info.heading);
    await browser.post({ action: 'set-up', kind: 'anything' });
    expect(browser.heading).toBe(info.heading);
  });

  test('is off for whom the organisation has not turned it on', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies, reset: 'off' }));
    const browser = await signedIn();
    expect(browser.html).toContain(info.notEnabled);
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    expect(browser.heading).toBe(info.heading);
    expect(await keptIds()).toEqual([]);
  });

  test('is left by cancelling, and nothing is kept', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    const shown = /href="(otpauth:[^"]+)"/.exec(browser.html)?.[1];
    await browser.post({ action: 'cancel' });
    expect(browser.heading).toBe(info.heading);
    await browser.post({ action: 'set-up', kind: 'authenticator-code' });
    expect(/href="(otpauth:[^"]+)"/.exec(browser.html)?.[1]).not.toBe(shown);
    expect(await keptIds()).toEqual([]);
  });
});

test('a name is kept without signs that are not seen, and cut', async () => {
  const browser = await signedIn();
  await addApp(browser);
  const [id = ''] = await keptIds();
  await browser.post({ action: 'rename', id, name: `  my\u202ephone ${'x'.repeat(60)} ` });
  const [kept] = await bench.store.methods.list(account);
  expect(kept?.name).toMatch(/^my phone x{31}$/);
});

test('nothing of it is there for whoever is not signed in', async () => {
  const browser = bench.browser();
  await browser.get('/sign-in');
  await browser.post({ user_id: 'ada@example.com' });
  for (const path of ['/security-info', '/security-info/set-up', '/security-info/method', '/security-info/code']) {
    await browser.post({ action: 'set-up', kind: 'authenticator-code', code: '042815' }, path);
    expect(browser.heading).toBe(en.signedIn.entry.heading);
  }
  expect(await keptIds()).toEqual([]);
});

describe('registration', () => {
  test('that is required leads whoever has too little to what is missing, and can be put off', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies, registration: { isRequired: true, reconfirmDays: 0 } }));
    const browser = bench.browser();
    await browser.get('/sign-in');
    await browser.post({ user_id: 'ada@example.com' });
    await browser.enterPassword(PASSWORD);
    expect(browser.heading).toBe(setup.email.heading);
    await browser.post({ action: 'cancel' });
    expect(browser.heading).toBe(info.heading);
  });

  test('is asked about again after so many days, until the person says that all is right', async () => {
    await bench[Symbol.asyncDispose]();
    await open(aTenant({ policies, registration: { isRequired: false, reconfirmDays: 90 } }));
    const app = await addApp(await signedIn());
    await bench.clock.advance(90 * 24 * 60 * 60_000);
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'authenticator' });
    await browser.post({ code: app.generate({ timestamp: bench.clock.nowMs() }) });
    expect(browser.html).toContain(info.stillRight);
    await browser.post({ action: 'all-is-right' });
    expect(browser.html).toContain(info.news.confirmed);
    expect(browser.html).not.toContain(info.stillRight);
  });
});
