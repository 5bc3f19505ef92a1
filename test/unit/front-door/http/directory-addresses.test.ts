// What the directory names of a person, where the policy does not count it at once: nobody is sent a code there who could write it into
// the directory; the person confirms it with one press, and gets back in by it.

import { afterEach, describe, expect, test } from 'vitest';
import { maskAddress } from '../../../../src/front-door/pages/mask-address.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import type { DirectoryAddresses, Tenant, TenantPolicy } from '../../../../src/front-door/tenants/tenant.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const ADA = '6f1f1d1e-0000-4000-8000-000000000001';
const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor(ADA) };
const PASSWORD = 'old-lantern-5';
const AT_HOME = 'ada.private@example.net';
const PHONE = '+447700900947';
const { info, setup } = en.signedIn;

let bench: Bench;
let tenants: Tenant[];

const tenantWith = (rule: DirectoryAddresses, changes: Partial<TenantPolicy> = {}, isRequired = false) =>
  aTenant({
    unlock: false,
    policies: [
      {
        name: 'all',
        appliesTo: 'everyone',
        gates: 1,
        methods: ['email-code', 'text-message', 'authenticator-code', 'recovery-code'],
        directoryAddresses: rule,
        ...changes,
      },
    ],
    registration: { isRequired, reconfirmDays: 0 },
  });

async function open(tenant: Tenant): Promise<void> {
  tenants = [tenant];
  bench = await makeBench({ tenants });
  bench.relay.people.push(anInspection({ account: anAccount({ resetMail: [AT_HOME], resetPhones: [PHONE] }) }));
  bench.relay.passwords.set(ADA, PASSWORD);
  bench.relay.operations = ['reset', 'unlock', 'sign-in'];
}

afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function signedIn(): Promise<Browser> {
  const browser = bench.browser();
  await browser.get('/sign-in');
  await browser.post({ user_id: 'ada@example.com' });
  await browser.enterPassword(PASSWORD);
  return browser;
}

const sentTo = () => bench.mailbox.flatMap(({ to }) => to);
const codesSent = () => bench.mailbox.filter(({ subject }) => /verification code/.test(subject));
const keptAddresses = async () => (await bench.store.methods.list(account)).map(({ address }) => address);
const offersToConfirm = ({ html }: Browser) => html.includes(info.toConfirm.heading);
/** Of what waits, as the buttons have it. */
const idsToConfirm = ({ html }: Browser) =>
  [...html.matchAll(/name="id" value="([^"]+)"\/?>\s*<button[^>]*value="confirm-named"/g)].map(([, id]) => id);

describe.each(['confirm', 'ignore'] as const)('under %s', (rule) => {
  test('a reset by what the directory alone names is refused as of somebody unknown, and nobody is sent anything', async () => {
    await open(tenantWith(rule));
    const browser = await bench.browser().identify('ada@example.com');
    const stranger = await bench.browser('198.51.100.9').identify('nobody@example.com');
    expect(browser.heading).toBe(en.stops.cannotVerify.heading);
    expect([browser.path, browser.status]).toEqual([stranger.path, stranger.status]);
    await browser.post({ method: 'email-0' }, '/reset/method');
    await browser.post({ code: '042815' }, '/reset/code');
    expect(bench.mailbox).toEqual([]);
    expect(bench.gateway.texts).toEqual([]);
    const decided = (await bench.store.audit.latest(10)).map(({ entry }) => JSON.stringify(entry));
    expect(decided.filter((entry) => entry.includes('too-few-methods'))).toHaveLength(1);
  });

  test('it does not count beside another way either: not as the second gate, and not to change ways', async () => {
    await open(tenantWith(rule, { gates: 2 }));
    await bench.registerApp(account);
    expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.cannotVerify.heading);
    const browser = await signedIn();
    expect(browser.html).toContain(info.missing(1));
    expect(browser.html).toContain(info.confirmFirst);
    expect(offersToConfirm(browser)).toBe(false);
    await browser.post({ action: 'confirm-named', id: 'email-0' }, '/security-info');
    await browser.post({ action: 'confirm' }, '/security-info');
    expect(browser.heading).toBe(en.method.heading);
    await browser.post({ method: 'email-0' });
    expect(browser.heading).toBe(en.method.heading);
    for (const shown of [AT_HOME, maskAddress(AT_HOME), maskAddress(PHONE)]) expect(browser.html).not.toContain(shown);
    expect(bench.mailbox).toEqual([]);
  });

  test('as many addresses as a directory can name keep no notice from the one that the person set up', async () => {
    await open(tenantWith(rule));
    const many = (name: string) => Array.from({ length: LIMITS.addressesMax }, (_, at) => `${name}-${at}@example.net`);
    bench.relay.people.splice(
      0,
      1,
      anInspection({ account: anAccount({ resetMail: many('flood'), mail: many('ada') }) }),
    );
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' });
    await browser.post({ code: 'own@example.net' });
    await browser.post({ code: bench.lastCode() });
    bench.mailbox.length = 0;
    await browser.post({ action: 'set-up', kind: 'recovery-code' }, '/security-info');
    await browser.post({});
    expect(sentTo()).toContain('own@example.net');
    expect(new Set(sentTo()).size).toBe(2 * LIMITS.addressesMax + 1);
  });

  test('a flow that was begun while it counted stops, and so does the proof that lets ways be changed', async () => {
    await open(tenantWith('count'));
    const reset = await bench.browser().identify('ada@example.com');
    await reset.post({ method: 'email-0' });
    const resetCode = bench.lastCode();
    const visit = await signedIn();
    await visit.post({ action: 'confirm' });
    await visit.post({ method: 'email-0' });
    const visitCode = bench.lastCode();
    tenants[0] = tenantWith(rule);
    await reset.post({ code: resetCode });
    expect([reset.path, reset.html.includes(en.start.settingsChanged)]).toEqual(['/reset', true]);
    await visit.post({ code: visitCode });
    expect(visit.heading).toBe(info.heading);
    expect(visit.html).toContain(info.confirmFirst);
    expect(visit.html).not.toContain(AT_HOME);
  });

  test('what an administrator set of an account of the front door’s own counts all the same', async () => {
    await open(tenantWith(rule));
    await bench.store.cloudAccounts.add({
      ...account,
      anchor: parseAccountAnchor('olga'),
      userIds: ['olga@example.com'],
      displayName: 'Olga Example',
      isAdministrator: false,
      addresses: ['olga.home@example.org'],
      passwordHash: 'none',
    });
    const browser = await bench.browser().identify('olga@example.com');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.heading).toBe(en.newPassword.heading);
    expect(sentTo()).toEqual(['olga.home@example.org']);
  });

  test('whoever is told of changes is told there as well', async () => {
    await open(tenantWith(rule));
    const browser = await signedIn();
    await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
    await browser.post({ code: 'ada.other@example.org' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(info.news.added);
    expect(sentTo().sort()).toEqual(['ada.other@example.org', AT_HOME, 'ada@example.com'].sort());
  });
});

describe('under confirm', () => {
  test('one press sends the code; once it was entered the address is the person’s own, and a reset goes by it', async () => {
    await open(tenantWith('confirm'));
    const browser = await signedIn();
    expect(browser.html).toContain(info.missing(1));
    expect(browser.html).toContain(maskAddress(AT_HOME));
    expect(browser.html).toContain(maskAddress(PHONE));
    expect(idsToConfirm(browser)).toEqual(['email-0', 'text-0']);
    await browser.post({ action: 'confirm-named', id: 'email-0' });
    expect(browser.heading).toBe(setup.email.codeHeading);
    expect(sentTo()).toEqual([AT_HOME]);
    expect(browser.html).toContain(en.code.leadEmail(maskAddress(AT_HOME)));
    expect(browser.html).not.toContain(AT_HOME);
    await browser.post({ code: bench.lastCode() === '000000' ? '000001' : '000000' });
    expect(await keptAddresses()).toEqual([]);
    expect(browser.html).not.toContain(AT_HOME);
    expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.cannotVerify.heading);
    await browser.post({ code: bench.lastCode() });
    expect(browser.html).toContain(info.news.added);
    expect(browser.html).toContain(info.enough);
    expect(await keptAddresses()).toEqual([AT_HOME]);
    expect(idsToConfirm(browser)).toHaveLength(1);

    const reset = await bench.browser().identify('ada@example.com');
    expect(reset.html).not.toContain(maskAddress(PHONE));
    await reset.post({ method: 'email-0' });
    await reset.post({ code: bench.lastCode() });
    expect(reset.heading).toBe(en.newPassword.heading);
  });

  test('a phone is confirmed likewise, and the reset asks for the whole of its number as ever', async () => {
    await open(tenantWith('confirm', { methods: ['text-message'] }));
    const browser = await signedIn();
    expect(browser.html).not.toContain(maskAddress(AT_HOME));
    await browser.post({ action: 'confirm-named', id: 'text-0' });
    expect(bench.gateway.texts.map(({ number }) => number)).toEqual([PHONE]);
    expect(browser.html).toContain(en.code.leadText(maskAddress(PHONE)));
    expect(browser.html).not.toContain(PHONE);
    await browser.post({ code: bench.gateway.lastCode });
    expect(await keptAddresses()).toEqual([PHONE]);
    const reset = await bench.browser().identify('ada@example.com');
    await reset.post({ method: 'text-0' });
    expect(reset.heading).toBe(en.phone.heading);
  });

  test('what the directory names by now is not what was confirmed', async () => {
    await open(tenantWith('confirm'));
    const browser = await signedIn();
    await browser.post({ action: 'confirm-named', id: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    bench.relay.people[0] = anInspection({ account: anAccount({ resetMail: ['mallory@example.org'] }) });
    const reset = await bench.browser().identify('ada@example.com');
    expect(reset.html).not.toContain(maskAddress('mallory@example.org'));
    await reset.post({ method: 'email-0' });
    await reset.post({ method: 'email-1' }, '/reset/method');
    expect(codesSent().flatMap(({ to }) => to)).toEqual([AT_HOME, AT_HOME]);
  });

  test('what was removed again waits to be confirmed again', async () => {
    await open(tenantWith('confirm'));
    const browser = await signedIn();
    await browser.post({ action: 'confirm-named', id: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    const [kept] = await bench.store.methods.list(account);
    await browser.post({ action: 'remove', id: kept?.id ?? '' });
    expect(idsToConfirm(browser)).toEqual(['email-0', 'text-0']);
    expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.cannotVerify.heading);
  });

  test('what is not there, or of a kind that the policy does not take, is not confirmed', async () => {
    await open(tenantWith('confirm', { methods: ['email-code'] }));
    const browser = await signedIn();
    for (const id of ['text-0', 'email-7', '', AT_HOME]) {
      await browser.post({ action: 'confirm-named', id }, '/security-info');
      expect(browser.heading).toBe(info.heading);
    }
    expect(bench.mailbox).toEqual([]);
    expect(bench.gateway.texts).toEqual([]);
  });

  test('presses send no more codes than a person may be sent', async () => {
    await open(tenantWith('confirm'));
    const browser = await signedIn();
    for (let press = 0; press < 30; press += 1) {
      await browser.post({ action: 'confirm-named', id: 'email-0' }, '/security-info');
      await browser.post({ action: 'cancel' }, '/security-info/set-up');
    }
    await browser.post({ action: 'confirm-named', id: 'email-0' }, '/security-info');
    expect(browser.html).toContain(setup.problems.blocked);
    expect(bench.mailbox.length).toBeLessThan(30);
  });

  test('registration that is required leads to the press, and not to a field; where nothing waits, to the field', async () => {
    await open(tenantWith('confirm', { methods: ['email-code'] }, true));
    const browser = await signedIn();
    expect(browser.heading).toBe(info.heading);
    expect(idsToConfirm(browser)).toEqual(['email-0']);
    bench.relay.people[0] = anInspection({ account: anAccount({ resetMail: [] }) });
    expect((await signedIn()).heading).toBe(setup.email.heading);
  });

  test('nothing is confirmed for whom the organisation has not turned reset on', async () => {
    await open({ ...tenantWith('confirm'), reset: { people: ['bob'] } });
    const browser = await signedIn();
    expect(offersToConfirm(browser)).toBe(false);
    await browser.post({ action: 'confirm-named', id: 'email-0' }, '/security-info');
    expect(bench.mailbox).toEqual([]);
  });
});

test.each(['count', 'ignore'] as const)(
  'under %s nothing waits to be confirmed, and no press sends anything',
  async (rule) => {
    await open(tenantWith(rule));
    const browser = await signedIn();
    expect(offersToConfirm(browser)).toBe(false);
    await browser.post({ action: 'confirm-named', id: 'email-0' }, '/security-info');
    expect(browser.heading).toBe(info.heading);
    expect(bench.mailbox).toEqual([]);
    expect(browser.html.includes(maskAddress(AT_HOME))).toBe(rule === 'count');
  },
);

test.each(['count', 'confirm', 'ignore'] as const)(
  'under %s an address that is typed is shown as it was typed, whether the directory names it or not',
  async (rule) => {
    await open(tenantWith(rule, { methods: ['email-code', 'authenticator-code'] }));
    bench.relay.people[0] = anInspection({ account: anAccount({ resetMail: [AT_HOME], resetPhones: [] }) });
    const browser = await signedIn();
    if (rule === 'count') {
      await browser.post({ action: 'confirm' });
      await browser.post({ method: 'email-0' });
      await browser.post({ code: bench.lastCode() });
    }
    for (const address of [AT_HOME, 'ada.other@example.org']) {
      await browser.post({ action: 'set-up', kind: 'email-code' }, '/security-info');
      await browser.post({ code: address });
      expect(browser.html).toContain(en.code.leadEmail(address));
      await browser.post({ action: 'cancel' });
    }
  },
);

test('under ignore registration that is required asks for an address to be typed', async () => {
  await open(tenantWith('ignore', { methods: ['email-code'] }, true));
  const browser = await signedIn();
  expect(browser.heading).toBe(setup.email.heading);
  expect(browser.html).not.toContain(maskAddress(AT_HOME));
});
