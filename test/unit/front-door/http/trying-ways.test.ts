// Trying a way of one's own, so that one knows that it works: what is asked, what is said after, what it counts for, and what it never does.

import { TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PREDEFINED_WORDS } from '../../../../src/front-door/methods/security-questions/predefined-words.js';
import { maskEmailAddress } from '../../../../src/front-door/pages/mask-address.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { securityQuestionsSchema } from '../../../../src/front-door/tenants/security-questions.js';
import type { Tenant } from '../../../../src/front-door/tenants/tenant.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { type Bench, type Browser, makeBench, PUBLIC_URL } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';
import { quickHasher } from '../../../support/quick-hasher.js';
import { softwareAuthenticator } from '../../../support/software-authenticator.js';

const account = { tenantId: parseTenantId('example'), anchor: anAccount().anchor };
const PASSWORD = 'old-lantern-5';
const PRIVATE_MAIL = 'ada.private@example.net';
const PHONE = '+447700900123';
const { info, setup } = en.signedIn;
const policy = {
  name: 'all',
  appliesTo: 'everyone',
  gates: 1,
  methods: ['email-code', 'text-message', 'authenticator-code', 'passkey', 'recovery-code', 'security-questions'],
} as const;
const ANSWERED = {
  'hiding-place': 'the airing cupboard',
  'stuffed-toy': 'Professor Plum',
  'lost-way': 'Lisbon flea market',
} as const;

let bench: Bench;

async function open(
  changes: Partial<Tenant> = {},
  reached: { readonly resetMail?: string[]; readonly resetPhones?: string[] } = {},
): Promise<void> {
  const tenant = aTenant({ id: 'example', unlock: false, policies: [policy], ...changes });
  bench = await makeBench({ tenants: [tenant], answersHasher: quickHasher });
  bench.relay.people.push(anInspection({ account: anAccount({ resetMail: [PRIVATE_MAIL], ...reached }) }));
  bench.relay.passwords.set(account.anchor, PASSWORD);
  bench.relay.operations = ['reset', 'unlock', 'sign-in'];
}

async function openAnew(...given: Parameters<typeof open>): Promise<void> {
  await bench[Symbol.asyncDispose]();
  await open(...given);
}

beforeEach(() => open());
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

async function makeApp(): Promise<TOTP> {
  const totp = URI.parse((await bench.registerApp(account)) ?? '');
  if (!(totp instanceof TOTP)) throw new Error('no TOTP address');
  return totp;
}

const tryIt = (browser: Browser, id: string) => browser.post({ action: 'try', id }, '/security-info');
const codeOf = (app: TOTP) => app.generate({ timestamp: bench.clock.nowMs() });
const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');
const keptIds = async () => (await bench.store.methods.list(account)).map(({ id }) => id);
const idsToTry = ({ html }: Browser) =>
  [...html.matchAll(/name="id" value="([^"]+)"\/><button[^>]*value="try"/g)].map(([, id = '']) => id);
const lastProblem = ({ html }: Browser) => /<p class="error"[^>]*>.*?<\/span>([^<]*)<\/p>/.exec(html)?.[1];
const worked = ({ html }: Browser) =>
  /<p class="notice notice-good" role="status">(.*?)<\/p>/.exec(html)?.[1]?.replaceAll(/<[^>]+>/g, '');
const proofs = async () =>
  (await bench.store.audit.latest(100))
    .map(({ entry }) => entry)
    .filter(({ event }) => event.startsWith('proof-'))
    .map(({ event, fields }) => `${event} ${fields.method} ${fields.result}`);

/** What the page gives its script: the options, as JSON. */
function passkeyOptions({ html, heading }: Browser) {
  const block = /<script type="application\/json" id="passkey">([^<]+)<\/script>/.exec(html)?.[1];
  if (block === undefined) throw new Error(`no passkey is asked for on "${heading}"`);
  return JSON.parse(block).options;
}

describe('a way that works is told so, by its name,', () => {
  test('a mailbox of the directory, whose address stays as hidden as it was', async () => {
    const browser = await signedIn();
    await tryIt(browser, 'email-0');
    expect(browser.heading).toBe(en.code.headingEmail);
    expect(browser.html).toContain(`${info.trying} <strong dir="auto">${info.methods['email-code']}</strong>`);
    expect(browser.html).toContain(info.back);
    expect(browser.html).not.toContain(PRIVATE_MAIL);
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/security-info');
    const called = `${info.methods['email-code']} ${maskEmailAddress(PRIVATE_MAIL)}`;
    expect(worked(browser)).toBe(`${info.news.works} ${called}`);
    expect(await proofs()).toEqual(['proof-succeeded email-code right']);
  });

  test('an app that has a name', async () => {
    const app = await makeApp();
    const [id = ''] = await keptIds();
    await bench.store.methods.rename(account, id, 'work <phone>');
    const browser = await signedIn();
    await tryIt(browser, id);
    expect(browser.heading).toBe(en.code.headingAuthenticator);
    await browser.post({ code: codeOf(app) });
    expect(worked(browser)).toBe(`${info.news.works} work &lt;phone>`);
  });

  test('a phone, whose whole number is typed first', async () => {
    await openAnew({}, { resetPhones: [PHONE] });
    const browser = await signedIn();
    await tryIt(browser, 'text-0');
    expect(browser.heading).toBe(en.phone.heading);
    expect(bench.gateway.texts).toEqual([]);
    await browser.post({ code: '+44 7700 900999' });
    expect(browser.heading).toBe(en.phone.heading);
    expect(bench.gateway.texts).toEqual([]);
    await browser.post({ code: '+44 7700 900123' });
    expect(browser.heading).toBe(en.code.headingText);
    await browser.post({ code: bench.gateway.lastCode });
    expect(worked(browser)).toContain(info.methods['text-message']);
    expect(await proofs()).toEqual(['proof-failed text-message wrong-address', 'proof-succeeded text-message right']);
  });

  test('a passkey, of several the very one', async () => {
    const [old, current] = [softwareAuthenticator(PUBLIC_URL), softwareAuthenticator(PUBLIC_URL)];
    await bench.setUpPasskey(account, old);
    await bench.clock.advance(1000);
    await bench.setUpPasskey(account, current);
    const [, id = ''] = await keptIds();
    const browser = await signedIn();
    await tryIt(browser, id);
    expect(passkeyOptions(browser).allowCredentials).toMatchObject([{ id: current.id }]);
    await browser.post({ code: old.get(JSON.stringify(passkeyOptions(browser))) });
    expect(browser.html).toContain(en.passkey.problems.wrong);
    await browser.post({ code: current.get(JSON.stringify(passkeyOptions(browser))) });
    expect(worked(browser)).toBe(`${info.news.works} ${info.methods.passkey}`);
  });

  test('answers to questions', async () => {
    await openAnew({ securityQuestions: securityQuestionsSchema.parse({ toRegister: 3 }) });
    expect((await bench.answerQuestions(account, Object.entries(ANSWERED).flat())).kind).toBe('done');
    const browser = await signedIn();
    await tryIt(browser, (await keptIds())[0] ?? '');
    expect(browser.heading).toBe(en.securityQuestions.heading);
    const asked = [...browser.html.matchAll(/<bdi>([^<]+)<\/bdi>/g)].map(([, question]) => question);
    const answers = asked.map(
      (question) =>
        Object.entries(ANSWERED).find(([id]) => Reflect.get(PREDEFINED_WORDS.en, id) === question)?.[1] ?? '',
    );
    await browser.postInTurn(answers);
    expect(worked(browser)).toBe(`${info.news.works} ${info.methods['security-questions']}`);
    expect(JSON.stringify(await bench.store.audit.latest(50))).not.toMatch(/airing cupboard|Plum|Lisbon/i);
  });

  test('an address that was added here, found by its own id', async () => {
    await openAnew({}, { resetMail: [] });
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    await browser.post({ code: 'ada@example.net' });
    await browser.post({ code: bench.lastCode() });
    expect(idsToTry(browser)).toEqual(await keptIds());
    await tryIt(browser, (await keptIds())[0] ?? '');
    await browser.post({ code: bench.lastCode() });
    expect(worked(browser)).toBe(`${info.news.works} ${info.methods['email-code']} ada@example.net`);
  });
});

describe('a try', () => {
  test('that succeeds lets nothing be changed', async () => {
    await makeApp();
    const browser = await signedIn();
    await tryIt(browser, 'email-0');
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(info.confirmFirst);
    const [id = ''] = await keptIds();
    await browser.post({ action: 'remove', id });
    await browser.post({ action: 'rename', id, name: 'mine' });
    await browser.post({ action: 'set-up', kind: 'passkey' });
    expect(browser.heading).toBe(info.heading);
    expect(await bench.store.methods.list(account)).toMatchObject([{ id, name: '' }]);
  });

  test('neither shortens nor lengthens for how long ways may be changed', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).not.toContain(info.confirmFirst);
    await bench.clock.advance(9 * 60_000);
    await tryIt(browser, 'email-0');
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).not.toContain(info.confirmFirst);
    expect(worked(browser)).toContain(PRIVATE_MAIL);
    await bench.clock.advance(60_000);
    await browser.get('/security-info');
    expect(browser.html).toContain(info.confirmFirst);
    expect(browser.html).not.toContain(PRIVATE_MAIL);
  });

  test('that is left says nothing, and so does one that goes to the other ways', async () => {
    const browser = await signedIn();
    for (const action of ['cancel', 'other-method']) {
      await tryIt(browser, 'email-0');
      await browser.post({ action });
      expect(browser.path).toBe('/security-info');
      expect(worked(browser)).toBeUndefined();
      expect(browser.html).not.toContain('error-summary');
    }
    await browser.post({ code: bench.lastCode() }, '/security-info/code');
    expect(worked(browser)).toBeUndefined();
  });

  test('stays where it is when its page is loaded again or another is asked for, and gives way to the next one', async () => {
    const app = await makeApp();
    const browser = await signedIn();
    await tryIt(browser, 'email-0');
    const code = bench.lastCode();
    for (const path of ['/security-info/code', '/security-info', '/security-info/method', '/security-info/set-up']) {
      await browser.get(path);
      expect(browser.path).toBe('/security-info/code');
    }
    await tryIt(browser, (await keptIds())[0] ?? '');
    expect(browser.heading).toBe(en.code.headingAuthenticator);
    await browser.post({ code: codeOf(app) });
    expect(worked(browser)).toBe(`${info.news.works} ${info.methods['authenticator-code']}`);
    // What was mailed before is good still, and no other is mailed so soon.
    await tryIt(browser, 'email-0');
    expect(bench.mailbox).toHaveLength(1);
    await browser.post({ code });
    expect(worked(browser)).toContain(info.methods['email-code']);
  });

  test('takes nothing away that is shown once, or being set up, in another tab', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    await browser.post({});
    expect(browser.heading).toBe(setup.recovery.shownHeading);
    const sent = bench.mailbox.length;
    await tryIt(browser, 'email-0');
    expect(browser.heading).toBe(setup.recovery.shownHeading);
    expect(bench.mailbox).toHaveLength(sent);
  });

  test('whose page is left late, in another tab, takes nothing away either', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await tryIt(browser, 'email-0');
    await browser.post({ code: bench.lastCode() });
    await browser.post({ action: 'set-up', kind: 'recovery-code' });
    await browser.post({});
    const { html } = browser;
    expect(browser.heading).toBe(setup.recovery.shownHeading);
    await browser.post({ action: 'cancel' }, '/security-info/code');
    expect(browser.html).toBe(html);
  });

  test('has an end, after which nothing is judged and the list says why; a confirmation no less', async () => {
    for (const begin of [
      (browser: Browser) => tryIt(browser, 'email-0'),
      async (browser: Browser) => {
        await browser.post({ action: 'confirm' });
        await browser.post({ method: 'email-0' });
      },
    ]) {
      const browser = await signedIn();
      await begin(browser);
      await bench.clock.advance(15 * 60_000);
      await browser.post({ code: bench.lastCode() });
      expect(browser.path).toBe('/security-info');
      expect(browser.html).toContain(setup.problems.expired);
      expect(worked(browser)).toBeUndefined();
    }
    expect(await proofs()).toEqual([]);
  });

  test('for which nothing can be sent leads back and says so, and costs none of the codes', async () => {
    const browser = await signedIn();
    bench.isOutboxFull.now = true;
    for (let times = 0; times < 12; times += 1) {
      await tryIt(browser, 'email-0');
      expect(browser.path).toBe('/security-info');
      expect(browser.html).toContain(setup.problems['not-now']);
    }
    bench.isOutboxFull.now = false;
    await tryIt(browser, 'email-0');
    expect(browser.html).toContain(info.trying);
    expect(browser.html).not.toContain('class="error"');
    await browser.post({ code: bench.lastCode() });
    expect(worked(browser)).toContain(info.news.works);
  });

  test('of one app takes no code of another', async () => {
    const old = await makeApp();
    await bench.clock.advance(1000);
    const current = await makeApp();
    const [, id = ''] = await keptIds();
    const browser = await signedIn();
    await tryIt(browser, id);
    await browser.post({ code: codeOf(old) });
    expect(lastProblem(browser)).toContain(en.code.problems.wrong);
    await browser.post({ code: codeOf(current) });
    expect(worked(browser)).toContain(info.news.works);
  });

  test('of the way that takes the place of a removed one is sent its own code, to where nothing went before', async () => {
    await openAnew({}, { resetMail: [] });
    const browser = await signedIn();
    for (const address of ['old@example.net', 'new@example.net']) {
      await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
      await browser.post({ code: address });
      await browser.post({ code: bench.lastCode() });
      await bench.clock.advance(1000);
    }
    const [old = '', current = ''] = await keptIds();
    await tryIt(browser, old);
    await browser.post({ action: 'cancel' });
    await browser.post({ action: 'remove', id: old });
    bench.mailbox.length = 0;
    await tryIt(browser, current);
    expect(bench.mailbox.flatMap(({ to }) => to)).toEqual(['new@example.net']);
    await browser.post({ code: bench.lastCode() });
    expect(worked(browser)).toContain('new@example.net');
  });

  test('of a way that is removed meanwhile in another tab ends with it', async () => {
    await openAnew({}, { resetMail: [] });
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    await browser.post({ code: 'ada@example.net' });
    await browser.post({ code: bench.lastCode() });
    const [id = ''] = await keptIds();
    await tryIt(browser, id);
    const code = bench.lastCode();
    await browser.post({ action: 'remove', id }, '/security-info');
    expect(browser.html).toContain(info.news.removed);
    await browser.post({ code }, '/security-info/code');
    expect(browser.html).not.toContain(info.news.works);
    expect(await proofs()).toEqual([]);
  });

  test('of a phone asks for its whole number, whichever was typed for one that was removed', async () => {
    await openAnew({}, { resetMail: [] });
    const browser = await signedIn();
    for (const number of [PHONE, '+447700900456']) {
      await browser.post({ action: 'set-up', kind: 'text-message' }, '/security-info');
      await browser.post({ code: number });
      await browser.post({ code: bench.gateway.lastCode });
      await bench.clock.advance(1000);
    }
    const [old = '', current = ''] = await keptIds();
    await tryIt(browser, old);
    await browser.post({ code: PHONE });
    await browser.post({ action: 'cancel' });
    await browser.post({ action: 'remove', id: old });
    const sent = bench.gateway.texts.length;
    await tryIt(browser, current);
    expect(browser.heading).toBe(en.phone.heading);
    await bench.clock.advance(10 * 60_000);
    await browser.post({ action: 'resend' });
    expect(bench.gateway.texts).toHaveLength(sent);
  });

  test('after a confirmation that stopped at its second way is sent a code of its own', async () => {
    await openAnew({ policies: [{ ...policy, gates: 2 }] });
    const app = await makeApp();
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'authenticator' });
    await browser.post({ code: codeOf(app) });
    await browser.post({ method: 'email-0' });
    const ofSecondWay = bench.lastCode();
    await tryIt(browser, 'email-0');
    expect(bench.mailbox).toHaveLength(2);
    await browser.post({ code: ofSecondWay });
    expect(lastProblem(browser)).toContain(en.code.problems.wrong);
    await browser.post({ code: bench.lastCode() });
    expect(worked(browser)).toContain(info.news.works);
  });

  test('of somebody else’s way, or of none, is none', async () => {
    const eve = { ...account, anchor: parseAccountAnchor('eve') };
    await bench.registerApp(eve);
    const [others] = await bench.store.methods.list(eve);
    const browser = await signedIn();
    for (const id of [others?.id ?? '', '', 'authenticator', 'anything']) {
      await tryIt(browser, id);
      expect(browser.path).toBe('/security-info');
    }
  });
});

describe('no limit is got around:', () => {
  test('wrong answers block the person here, and before a reset', async () => {
    const browser = await signedIn();
    await tryIt(browser, 'email-0');
    const wrong = otherThan(bench.lastCode());
    for (let tries = 0; tries < 5; tries += 1) {
      await browser.post({ action: 'cancel' }, '/security-info/code');
      await tryIt(browser, 'email-0');
      await browser.post({ code: wrong });
    }
    expect(browser.heading).toBe(en.stops.blocked.heading);
    await browser.get('/security-info');
    expect(browser.heading).toBe(en.stops.blocked.heading);
    expect(await proofs()).toEqual(Array(5).fill('proof-failed email-code wrong'));
    expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.blocked.heading);
  });

  test('a try, a further one and a confirmation between them wait for each other’s codes', async () => {
    const browser = await signedIn();
    for (let times = 0; times < 3; times += 1) {
      await tryIt(browser, 'email-0');
      await browser.post({ action: 'resend' });
      await browser.post({ action: 'cancel' });
      await browser.post({ action: 'confirm' });
      await browser.post({ method: 'email-0' });
      await browser.post({ action: 'confirm' }, '/security-info');
      await browser.post({ method: 'email-0' });
    }
    expect(bench.mailbox).toHaveLength(1);
  });

  test('a code that was right in a try is right for nothing else, nor is one of a confirmation right twice', async () => {
    const browser = await signedIn();
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    const code = bench.lastCode();
    await tryIt(browser, 'email-0');
    await browser.post({ code });
    expect(worked(browser)).toContain(info.news.works);
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    expect(bench.mailbox).toHaveLength(2);
    await browser.post({ code });
    expect(browser.html).toContain(en.code.problems.wrong);
    const second = bench.lastCode();
    await browser.post({ action: 'cancel' });
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'email-0' });
    await browser.post({ code: second });
    expect(browser.html).not.toContain(info.confirmFirst);
    await tryIt(browser, 'email-0');
    expect(bench.mailbox).toHaveLength(3);
    await browser.post({ code: second });
    expect(browser.html).toContain(en.code.problems.wrong);
  });

  test('a person is sent no more codes by tries that succeed than by anything else', async () => {
    const browser = await signedIn();
    for (let times = 0; times < 10; times += 1) {
      await tryIt(browser, 'email-0');
      await browser.post({ code: bench.lastCode() });
      expect(worked(browser)).toContain(info.news.works);
    }
    await tryIt(browser, 'email-0');
    expect(bench.mailbox).toHaveLength(10);
    expect(browser.heading).toBe(en.stops.blocked.heading);
  });
});

describe('to be tried is offered', () => {
  test('no recovery code: it would be used up', async () => {
    await bench.makeRecoveryCodes(account);
    const browser = await signedIn();
    expect(browser.html).toContain(info.codesLeft(10));
    expect(idsToTry(browser)).toEqual(['email-0']);
    for (const id of ['recovery', 'recovery-codes']) {
      await tryIt(browser, id);
      expect(browser.path).toBe('/security-info');
    }
    expect(await bench.store.methods.recoveryCodesLeft(account)).toBe(10);
  });

  test('what a reset would take of what the person has, and nothing that it would not', async () => {
    await openAnew({ policies: [{ ...policy, methods: ['authenticator-code'] }] });
    await bench.setUpPasskey(account, softwareAuthenticator(PUBLIC_URL));
    await bench.clock.advance(1000);
    await makeApp();
    const [passkeyId = '', appId = ''] = await keptIds();
    const browser = await signedIn();
    expect(idsToTry(browser)).toEqual([appId]);
    for (const id of [passkeyId, 'email-0']) {
      await tryIt(browser, id);
      expect(browser.path).toBe('/security-info');
    }
    expect(bench.mailbox).toEqual([]);
  });

  test('nothing to whom the organisation has not turned it on, and nothing of nothing', async () => {
    await openAnew({ reset: 'off' });
    const off = await signedIn();
    expect(off.html).toContain(info.notEnabled);
    expect(off.html).not.toContain(info.tryHint);
    await tryIt(off, 'email-0');
    expect(off.path).toBe('/security-info');
    expect(bench.mailbox).toEqual([]);

    await openAnew({}, { resetMail: [] });
    expect((await signedIn()).html).not.toContain(info.tryHint);
  });
});
