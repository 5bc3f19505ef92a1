// In which language pages, questions and mails come: the one that was chosen, the browser's own, the organisation's.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../../src/front-door/languages/language.js';
import { NOTICE_WORDS } from '../../../../src/front-door/notices/notice-words.js';
import { TEXTS } from '../../../../src/front-door/pages/texts/catalogues.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { type Bench, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const { ar, de, en, fr, ja } = TEXTS;
let bench: Bench;

beforeEach(async () => {
  bench = await makeBench({ tenants: [aTenant({ unlock: false })] });
  bench.relay.people.push(anInspection());
});
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

test('a browser is answered in the language it asks for, and in the organisation’s where it asks for none of ours', async () => {
  const browser = bench.browser();
  browser.acceptLanguage = 'de-CH, en;q=0.4';
  expect((await browser.get('/reset')).heading).toBe(de.start.heading);
  browser.acceptLanguage = 'nl';
  expect((await browser.get('/reset')).heading).toBe(en.start.heading);
  await bench[Symbol.asyncDispose]();
  bench = await makeBench({ tenants: [aTenant({ language: 'fr' })] });
  expect((await bench.browser().get('/reset')).heading).toBe(fr.start.heading);
});

test('every page offers every language, by its own name, and stays where it is', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  expect(browser.path).toBe('/reset/method');
  for (const language of LANGUAGES) {
    expect(browser.html).toContain(`href="?lang=${language}"`);
    await browser.get(`/reset/method?lang=${language}`);
    expect(browser.heading).toBe(TEXTS[language].method.heading);
    expect(browser.html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(browser.html.match(/aria-current="true"/g)).toHaveLength(1);
  }
});

test('what was chosen is kept for the pages after it, whatever the browser asks for', async () => {
  const browser = bench.browser();
  browser.acceptLanguage = 'fr';
  await browser.get('/?lang=ja');
  expect(browser.languageCookie).toBe('__Host-drawbridge-language=ja');
  await browser.identify('ada@example.com');
  expect(browser.heading).toBe(ja.method.heading);
  await browser.post({});
  expect(browser.status).toBe(422);
  expect(browser.html).toContain(ja.method.missing);
});

test('what is chosen on any page that answers a mistake is chosen too', async () => {
  const browser = bench.browser();
  await browser.get('/no/such/page?lang=ar');
  expect([browser.status, browser.heading]).toEqual([404, ar.stops.notFound.heading]);
  await browser.post({}, '/reset');
  expect([browser.status, browser.heading]).toEqual([403, ar.stops.cookiesNeeded.heading]);
});

test.each(['xx', 'DE', 'de&lang=fr', '', '%3Cscript%3E', 'en%0d%0aset-cookie:a=b'])(
  'an address that chooses no language of ours chooses none: %j',
  async (chosen) => {
    const browser = await bench.browser().get(`/?lang=${chosen}`);
    expect([browser.status, browser.languageCookie]).toEqual([200, '']);
    expect(browser.heading).toBe(en.signIn.heading('Example Organisation'));
  },
);

test('a language is kept by pages alone: what others may keep on the way sets no cookie', async () => {
  for (const path of ['/assets/style-1.css', '/healthz', '/readyz']) {
    const { headers, statusCode } = await bench.browser().raw('GET', `${path}?lang=ar`);
    expect([path, statusCode, headers['set-cookie']]).toEqual([path, 200, undefined]);
  }
  const unroutable = await bench.browser().get('/%zz?lang=de');
  expect([unroutable.status, unroutable.heading]).toEqual([404, en.stops.notFound.heading]);
});

test('whoever answers a question in words has one again in another language, and no picture', async () => {
  const browser = await bench.browser().get('/reset');
  await browser.post({ action: 'use-words' });
  await browser.get('/reset?lang=fr');
  expect(browser.html).toContain(fr.start.words);
  expect(browser.html).not.toContain('<img class="challenge-picture"');
});

test('a stranger cannot tell an unknown person from one without methods in any language', async () => {
  for (const language of LANGUAGES) {
    const pages = [];
    for (const userId of ['nobody@example.com', 'nora@example.com']) {
      if (userId.startsWith('nora'))
        bench.relay.people.push(
          anInspection({
            account: anAccount({
              anchor: 'nora',
              samAccountName: 'nora',
              userPrincipalName: userId,
              mail: [],
              resetMail: [],
            }),
          }),
        );
      const browser = bench.browser(`192.0.2.${pages.length + 10}`);
      await browser.get(`/?lang=${language}`);
      await browser.identify(userId);
      expect(browser.heading).toBe(TEXTS[language].stops.cannotVerify.heading);
      pages.push(browser.html.replaceAll(/[\w-]{43}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'));
    }
    expect(pages[0]).toBe(pages[1]);
  }
});

test('a language that is chosen on the way to another page is kept', async () => {
  const browser = await bench.browser().get('/reset/code?lang=ja');
  expect([browser.path, browser.heading]).toEqual(['/reset', ja.start.heading]);
});

test('a form that is posted chooses no language: an address that was made up is not acted on', async () => {
  const browser = await bench.browser().get('/reset');
  await browser.post({ action: 'use-words' }, '/reset?lang=de');
  expect(browser.languageCookie).toBe('');
});

test('a question in words is asked in the language of the page, and its answer is one of that language', async () => {
  const browser = bench.browser();
  await browser.get('/reset?lang=de');
  await browser.post({ action: 'use-words' });
  const challenge = await bench.store.challenges.read(browser.sessionHash, bench.clock.nowMs());
  expect(challenge).toMatchObject({ kind: 'words', language: 'de' });
  expect(browser.html).toContain(de.start.words);
  expect(browser.html).not.toContain(en.start.words);
});

test('mails to a person are in the language they were answered in, mails to administrators in the organisation’s', async () => {
  await bench[Symbol.asyncDispose]();
  bench = await makeBench({ tenants: [aTenant({ unlock: false, language: 'fr' })] });
  bench.relay.people.push(anInspection());
  const browser = bench.browser();
  await browser.get('/reset?lang=de');
  await browser.identify('ada@example.com');
  await browser.post({ method: 'email-0' });
  expect(bench.mailbox.at(-1)?.subject).toBe(NOTICE_WORDS.de.code.subject('Example Organisation'));
  await browser.post({ code: bench.lastCode() });
  // The language of the last step, for whoever finds another one easier.
  await browser.get('/reset/password?lang=ja');
  await browser.choosePassword('canary-Grüße-7-otters');
  expect(browser.heading).toBe(ja.results.changed.heading);
  expect(bench.mailbox.at(-1)?.subject).toContain(NOTICE_WORDS.ja.done.subject.reset);
  expect(bench.mailbox.at(-1)?.html).toContain('lang="ja"');

  await browser.get('/contact');
  await browser.post({ account: 'ada@example.com', reply: '555', message: '' });
  expect(bench.mailbox.at(-1)?.subject).toBe(NOTICE_WORDS.fr.contact.subject('ada@example.com'));
});

test('a code may be typed in the digits of the person’s own keyboard', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  await browser.post({ method: 'email-0' });
  const typed = bench.lastCode().replaceAll(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
  await browser.post({ code: typed });
  expect(browser.path).toBe('/reset/password');
});

describe('times on pages', () => {
  /** So many wrong passwords of one asker. */
  async function signInTried(times: number, language: string) {
    bench.relay.operations = ['reset', 'sign-in'];
    const browser = bench.browser('192.0.2.77');
    for (let tried = 0; tried < times; tried += 1) {
      await browser.get(`/sign-in?lang=${language}`);
      await browser.post({ user_id: 'ada@example.com' });
      if (browser.path === '/sign-in/password') await browser.enterPassword('not-the-password');
    }
    return browser;
  }

  test.each([
    ['en', 'Friday, 16 January 2026 at 12:00 UTC'],
    ['de', 'Freitag, 16. Januar 2026 um 12:00 UTC'],
    ['ja', '2026年1月16日金曜日 12:00 UTC'],
  ] as const)('in %s: the end of a block, at a reset and at a sign-in', async (language, until) => {
    const said = TEXTS[language].stops.blocked.until(until);
    const browser = await bench.browser().get(`/?lang=${language}`);
    await browser.identify('ada@example.com');
    await browser.post({ method: 'email-0' });
    for (let tries = 0; tries < 5; tries += 1)
      await browser.post({ code: bench.lastCode() === '000000' ? '1' : '000000' });
    expect(browser.html).toContain(said);

    // An hour before that end, for an hour.
    await bench.clock.advance(23 * 60 * 60_000);
    const known = await signInTried(6, language);
    expect(known.html).toContain(said);
  });

  test.each([
    ['en', 'Thursday, 15 January 2026 at 12:00 UTC'],
    ['de', 'Donnerstag, 15. Januar 2026 um 12:00 UTC'],
    ['ja', '2026年1月15日木曜日 12:00 UTC'],
  ] as const)('in %s: when it was done that was “not me”', async (language, when) => {
    const browser = await bench.browser().identify('ada@example.com');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await browser.choosePassword('canary-Grüße-7-otters');
    const told = await bench.browser().get(`${bench.lastDisownPath()}?lang=${language}`);
    expect(told.html).toContain(`<bdi>${when}</bdi>`);
  });

  test.each([
    ['en', '15 January 2026'],
    ['de', '15. Januar 2026'],
    ['ja', '2026年1月15日'],
  ] as const)('in %s: since when a way is among the security info', async (language, date) => {
    const { anchor } = anAccount();
    await bench.registerApp({ tenantId: parseTenantId('example'), anchor });
    bench.relay.passwords.set(anchor, 'old-lantern-5');
    bench.relay.operations = ['reset', 'sign-in'];
    const browser = await bench.browser().get(`/sign-in?lang=${language}`);
    await browser.post({ user_id: 'ada@example.com' });
    await browser.enterPassword('old-lantern-5');
    expect(browser.html).toContain(TEXTS[language].signedIn.info.since(date));
  });
});
