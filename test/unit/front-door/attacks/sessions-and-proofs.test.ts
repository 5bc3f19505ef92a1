// What is good for one session, one purpose and one time is good for no other: codes, challenges, sealed passwords, sessions themselves,
// one after the other and at the same time.

import { TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PATHS } from '../../../../src/front-door/http/paths.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { ADA, ADAS, type Attacked, openAttacked, saidOn } from '../../../support/attacked-front-door.js';
import type { Browser } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const policy = {
  name: 'everyone',
  appliesTo: 'everyone',
  gates: 1,
  methods: ['email-code', 'authenticator-code', 'recovery-code'],
} as const;
const { setup } = en.signedIn;

let door: Attacked;

async function open(gates: 1 | 2 = 1, resetMail = ['ada.private@example.net']): Promise<void> {
  door = await openAttacked({ tenants: [aTenant({ unlock: false, policies: [{ ...policy, gates }] })] });
  door.relay.people[0] = anInspection({ account: anAccount({ resetMail }) });
}
beforeEach(() => open());
afterEach(async () => {
  expect(door.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await door[Symbol.asyncDispose]();
});

const kept = () => door.store.methods.list(ADAS);
const together = (browsers: readonly Browser[], fields: Record<string, string>, path: string) =>
  Promise.all(browsers.map((browser) => browser.post(fields, path)));

describe('a code', () => {
  test('that was mailed for setting up is no proof, and one for a proof sets nothing up', async () => {
    const owner = await door.signedIn();
    await owner.post({ action: 'confirm' });
    await owner.post({ method: 'email-0' });
    await owner.post({ code: door.lastCode() });
    await owner.post({ action: 'set-up', kind: 'email-code' });
    await owner.post({ code: 'ada@example.net' });
    const forSetUp = door.lastCode();
    const reset = await door.askedForCode();
    const forProof = door.lastCode();
    expect(forSetUp).not.toBe(forProof);
    await reset.post({ code: forSetUp });
    expect(saidOn(reset)).toContain(en.code.problems.wrong);
    await owner.post({ code: forProof });
    expect(saidOn(owner)).toBe(setup.problems.wrong);
    expect(await kept()).toEqual([]);
  });

  test('for changing one’s ways resets nothing, and one for a reset changes none', async () => {
    const owner = await door.signedIn();
    await owner.post({ action: 'confirm' });
    await owner.post({ method: 'email-0' });
    const forChange = door.lastCode();
    const reset = await door.askedForCode();
    const forReset = door.lastCode();
    expect(forChange).not.toBe(forReset);
    await reset.post({ code: forChange });
    await owner.post({ code: forReset });
    expect([reset.path, owner.path]).toEqual(['/reset/code', '/security-info/code']);
  });

  test('typed twice at once passes one gate, not two', async () => {
    await door[Symbol.asyncDispose]();
    await open(2);
    await door.registerApp(ADAS);
    const browser = await door.askedForCode();
    const code = door.lastCode();
    await together([browser, browser, browser], { code }, '/reset/code');
    expect((await browser.get('/reset/method')).heading).toBe(en.method.heading);
    expect((await browser.get('/reset/password')).path).toBe('/reset/method');
  });

  test('of an app, typed in two browsers at once, lets one of them in', async () => {
    const uri = await door.registerApp(ADAS);
    await door.clock.advance(30_000);
    const totp = URI.parse(String(uri));
    const code = totp instanceof TOTP ? totp.generate({ timestamp: door.clock.nowMs() }) : '';
    const browsers = [];
    for (const address of ['192.0.2.1', '198.51.100.7']) {
      const browser = await door.browser(address).identify(ADA.userId);
      browsers.push(await browser.post({ method: 'authenticator' }));
    }
    await together(browsers, { code }, '/reset/code');
    expect(browsers.filter(({ path }) => path === '/reset/password')).toHaveLength(1);
  });

  test('of a sheet of recovery codes, typed in two browsers at once, lets one of them in', async () => {
    const [code = ''] = await door.makeRecoveryCodes(ADAS);
    const browsers = [];
    for (const address of ['192.0.2.1', '198.51.100.7']) {
      const browser = await door.browser(address).identify(ADA.userId);
      browsers.push(await browser.post({ method: 'recovery' }));
    }
    await together(browsers, { code }, '/reset/code');
    expect(browsers.filter(({ path }) => path === '/reset/password')).toHaveLength(1);
  });

  test('of a set-up is guessed five times, however many guesses come at once', async () => {
    await door[Symbol.asyncDispose]();
    await open(1, []);
    const browser = await door.signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    await browser.post({ code: 'somebody.else@example.net' });
    const right = Number(door.lastCode());
    const guesses = Array.from({ length: 40 }, (_, at) => String((right + 39 - at) % 1_000_000).padStart(6, '0'));
    const { csrfToken } = browser;
    await Promise.all(
      guesses.map((code) => browser.raw('POST', '/security-info/set-up', { csrf_token: csrfToken, code })),
    );
    expect(await kept()).toEqual([]);
  });
});

test('the answer to a challenge is worth nothing in another session, and uses that one’s own up', async () => {
  const [one, other] = [await door.browser().get('/reset'), await door.browser().get('/reset')];
  const answer = await one.rightAnswer();
  await other.post({ user_id: ADA.userId, answer });
  expect(other.status).toBe(422);
  expect(door.relay.asked).toEqual([]);
  await one.post({ user_id: ADA.userId, answer });
  expect(one.path).toBe('/reset/method');
});

test('one answer to a challenge, sent many times at once, begins one flow', async () => {
  const browser = await door.browser().get('/reset');
  const fields = { csrf_token: browser.csrfToken, user_id: ADA.userId, answer: await browser.rightAnswer() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => browser.raw('POST', '/reset', fields)));
  expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
  expect(door.relay.asked).toHaveLength(1);
});

describe('a sealed password', () => {
  test('that is sent many times at once is tried once', async () => {
    const browser = await door.named(ADA.userId);
    const again = door.browser();
    again.cookie = browser.cookie;
    again.html = browser.html;
    await Promise.all([browser.enterPassword('not-the-password-1'), again.enterPassword('not-the-password-1')]);
    expect(door.triedAtAgent()).toBe(1);
  });

  test('that was tried is not tried again, in this session or in another', async () => {
    const browser = await door.named(ADA.userId);
    const { csrfToken } = browser;
    let sealed = '';
    const raw = browser.raw.bind(browser);
    browser.raw = (method, path, fields, headers) => {
      if (typeof fields?.sealed === 'string') sealed = fields.sealed;
      return raw(method, path, fields, headers);
    };
    await browser.enterPassword('not-the-password-1');
    await browser.raw('POST', '/sign-in/password', { csrf_token: csrfToken, sealed });
    const other = await door.named(ADA.userId);
    await other.post({ sealed });
    expect(saidOn(other)).toBe(en.signedIn.entry.problems['seal-expired']);
    expect(door.triedAtAgent()).toBe(1);
  });
});

describe('a session', () => {
  test('that was planted before the name was typed leads nowhere once it was', async () => {
    const planted = await door.browser().get('/sign-in');
    const victim = door.browser();
    victim.cookie = planted.cookie;
    victim.html = planted.html;
    victim.path = '/sign-in';
    await victim.post({ user_id: ADA.userId });
    expect(victim.cookie).not.toBe(planted.cookie);
    await victim.enterPassword(ADA.password);
    expect(victim.path).toBe('/security-info');
    expect((await planted.get('/security-info')).path).toBe('/sign-in');
    expect((await planted.get('/sign-in/password')).path).toBe('/sign-in');
  });

  test('is taken from no address, field or header', async () => {
    const owner = await door.signedIn();
    const token = owner.cookie.split('=')[1] ?? '';
    expect(owner.html).toContain('value="sign-out"');
    const thief = door.browser();
    thief.moreHeaders = { authorization: `Bearer ${token}`, 'x-session': token };
    for (const query of [`?session=${token}`, `?__Host-drawbridge-flow=${token}`, `;jsessionid=${token}`])
      expect((await thief.get(`/security-info${query}`)).html).not.toContain('value="sign-out"');
  });

  test('that was signed out does nothing any more, whatever token it had', async () => {
    const owner = await door.signedIn();
    const stolen = door.browser();
    stolen.cookie = owner.cookie;
    stolen.html = owner.html;
    await owner.post({ action: 'sign-out' });
    for (const fields of [{ action: 'confirm' }, { action: 'set-up', kind: 'recovery-code' }, { method: 'email-0' }])
      await stolen.raw('POST', '/security-info', { csrf_token: stolen.csrfToken, ...fields });
    expect((await stolen.get('/security-info')).path).toBe('/sign-in');
    expect(await door.store.methods.recoveryCodesLeft(ADAS)).toBe(0);
    expect(door.mailbox).toEqual([]);
  });

  test('that was signed in is signed out when its browser begins a reset', async () => {
    const owner = await door.signedIn();
    const stolen = door.browser();
    stolen.cookie = owner.cookie;
    await owner.identify(ADA.userId);
    expect((await stolen.get('/security-info')).path).toBe('/sign-in');
  });

  test('of a reset signs nobody in, and whoever is signed in has proved nothing for a reset', async () => {
    const reset = await door.askedForCode();
    await reset.post({ code: door.lastCode() });
    expect(reset.path).toBe('/reset/password');
    expect((await reset.get('/security-info')).path).toBe('/sign-in');
    const owner = await door.signedIn();
    expect((await owner.get('/reset/password')).path).toBe('/reset');
  });

  test('in which a reset was done signs nobody in', async () => {
    const reset = await door.askedForCode();
    await reset.post({ code: door.lastCode() });
    await reset.choosePassword('Brand-New-Lantern-7');
    expect(reset.heading).toBe(en.results.changed.heading);
    expect((await reset.get('/security-info')).path).toBe('/sign-in');
  });
});

describe('the back button', () => {
  test('shows nothing of a person once they have signed out: no page of theirs may be kept', async () => {
    const owner = await door.signedIn();
    const seen = new Map<string, string>();
    const look = async (path: string) => {
      const answer = await owner.raw('GET', path);
      seen.set(path, String(answer.headers['cache-control']));
    };
    await look('/security-info');
    await owner.post({ action: 'confirm' });
    await look('/security-info/method');
    await owner.post({ method: 'email-0' });
    await look('/security-info/code');
    await owner.post({ code: door.lastCode() });
    await owner.post({ action: 'set-up', kind: 'recovery-code' });
    await look('/security-info/set-up');
    await owner.post({});
    await look('/security-info/set-up');
    const reset = await door.askedForCode();
    for (const path of ['/reset/code', '/contact'])
      expect((await reset.raw('GET', path)).headers['cache-control']).toBe('no-store');
    expect(seen.size).toBe(4);
    expect([...seen.values()]).toEqual(['no-store', 'no-store', 'no-store', 'no-store']);
    await owner.post({ action: 'cancel' });
    await owner.post({ action: 'sign-out' });
    for (const path of seen.keys()) expect((await owner.get(path)).path).toBe('/sign-in');
  });
});

test('a way that is removed while it is being changed is removed once and told once', async () => {
  await door[Symbol.asyncDispose]();
  await open(1, []);
  const owner = await door.signedIn();
  await owner.post({ action: 'set-up', kind: 'email-code' });
  await owner.post({ code: 'ada@example.net' });
  await owner.post({ code: door.lastCode() });
  const [{ id } = { id: '' }] = await kept();
  const before = door.mailbox.length;
  const { csrfToken } = owner;
  const post = (fields: Record<string, string>) =>
    owner.raw('POST', '/security-info', { csrf_token: csrfToken, ...fields });
  const fields = { action: 'remove', id };
  await Promise.all([
    post(fields),
    post({ ...fields, action: 'rename', name: 'x' }),
    post(fields),
    post({ action: 'confirm' }),
  ]);
  expect(await kept()).toEqual([]);
  expect(new Set(door.mailbox.slice(before).map(({ to }) => to.join())).size).toBe(door.mailbox.length - before);
});

describe('a form of another site', () => {
  const posts = Object.values(PATHS).filter((path) => !path.startsWith(PATHS.picture));

  test.each<[string, Record<string, string>]>([
    ['of another origin', { origin: 'https://evil.example.org' }],
    ['from across sites', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
    ['of a neighbour', { 'sec-fetch-site': 'same-site' }],
  ])('%s is refused at every address, with the right token too', async (_name, headers) => {
    const owner = await door.signedIn();
    for (const path of posts) {
      const fields = { csrf_token: owner.csrfToken, action: 'sign-out', user_id: ADA.userId };
      expect([path, (await owner.raw('POST', path, fields, headers)).statusCode >= 403]).toEqual([path, true]);
    }
    expect((await owner.get('/security-info')).path).toBe('/security-info');
  });

  test.each(['', 'A'.repeat(43)])('with the token "%s" is refused at every address', async (token) => {
    const owner = await door.signedIn();
    for (const path of posts)
      expect(
        (await owner.raw('POST', path, { csrf_token: token, action: 'sign-out' })).statusCode,
      ).toBeGreaterThanOrEqual(403);
    expect((await owner.get('/security-info')).path).toBe('/security-info');
  });
});
