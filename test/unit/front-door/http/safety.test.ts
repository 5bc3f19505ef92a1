// What the pages must not do: act on foreign forms, believe headers, repeat what was typed, keep a password, tell too much.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../../../src/front-door/http/browser-session.js';
import { PATHS } from '../../../../src/front-door/http/paths.js';
import { securityHeaders } from '../../../../src/front-door/http/security-headers.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { anyCharacter } from '../../../support/any-text.js';
import { type Bench, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

let bench: Bench;

beforeEach(async () => {
  bench = await makeBench({ tenants: [aTenant({ unlock: false })] });
  bench.relay.people.push(anInspection());
});
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

const supportIdOn = ({ html }: { readonly html: string }) => /<code dir="ltr">([^<]+)<\/code>/.exec(html)?.[1] ?? '';

describe('a form', () => {
  const sameSite = { 'sec-fetch-site': 'same-origin' };

  test.each<[string, Record<string, string>]>([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    ['of another origin', { origin: 'https://evil.example.org' }],
    ['of our host without encryption', { origin: 'http://reset.example.com' }],
  ])('%s is refused, token or not', async (_name, headers) => {
    const browser = await bench.browser().get('/reset');
    const fields = { csrf_token: browser.csrfToken, user_id: 'ada', answer: await browser.rightAnswer() };
    const answer = await browser.raw('POST', '/reset', fields, headers);
    expect(answer.statusCode).toBe(403);
    expect(bench.relay.asked).toEqual([]);
  });

  test.each(['', 'A'.repeat(43), 'x'])('with the token "%s" is refused', async (token) => {
    const browser = await bench.browser().get('/reset');
    const answer = await browser.raw('POST', '/reset', { csrf_token: token, user_id: 'ada' }, sameSite);
    expect(answer.statusCode).toBe(403);
  });

  test('with the token of another session is refused', async () => {
    const other = await bench.browser().get('/reset');
    const browser = await bench.browser().get('/reset');
    const answer = await browser.raw('POST', '/reset', { csrf_token: other.csrfToken, user_id: 'ada' }, sameSite);
    expect(answer.statusCode).toBe(403);
  });

  test('without a cookie is refused, at every address that takes one', async () => {
    for (const path of [
      '/reset',
      '/reset/trouble',
      '/reset/method',
      '/reset/code',
      '/reset/password',
      '/reset/unlock',
      '/contact',
    ]) {
      expect((await bench.browser().raw('POST', path, {}, sameSite)).statusCode).toBe(403);
    }
  });
});

describe('the session', () => {
  test('is a cookie of this host alone, out of scripts’ reach', async () => {
    const answer = await bench.browser().raw('GET', '/reset');
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(`^${SESSION_COOKIE}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; Secure; SameSite=Lax$`),
    );
  });

  test('gets a new name with the user ID, and the old one leads nowhere', async () => {
    const browser = await bench.browser().get('/reset');
    const planted = browser.cookie;
    await browser.post({ user_id: 'ada', answer: await browser.rightAnswer() });
    expect(browser.cookie).not.toBe(planted);
    const attacker = bench.browser();
    attacker.cookie = planted;
    expect((await attacker.get('/reset/method')).path).toBe('/reset');
  });

  test('ends after a quarter of an hour, whatever was proved', async () => {
    const browser = await bench.browser().identify('ada');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    await bench.clock.advance(15 * 60_000);
    await browser.get('/reset/password');
    expect([browser.status, browser.heading]).toEqual([410, en.stops.sessionOver.heading]);
    await browser.post({ sealed: '[]' }, '/reset/password');
    expect(bench.relay.ledger.size).toBe(0);
  });

  test('that nobody knows leads to the start', async () => {
    const browser = bench.browser();
    browser.cookie = `${SESSION_COOKIE}=${'A'.repeat(43)}`;
    expect((await browser.get('/reset/password')).path).toBe('/reset');
  });
});

describe('the challenge', () => {
  test('is used up by one answer, right or wrong', async () => {
    const browser = await bench.browser().get('/reset');
    const answer = await browser.rightAnswer();
    await browser.post({ user_id: 'ada', answer: 'wrong' });
    expect([browser.status, browser.html.includes(en.start.problems['challenge-wrong'])]).toEqual([422, true]);
    await browser.post({ user_id: 'ada', answer });
    expect(browser.path).toBe('/reset');
    expect(bench.relay.asked).toEqual([]);
  });

  test('forgives small letters', async () => {
    const browser = await bench.browser().get('/reset');
    await browser.post({ user_id: 'ada', answer: (await browser.rightAnswer()).toLowerCase() });
    expect(browser.path).toBe('/reset/method');
  });

  test('is another session’s picture to nobody', async () => {
    const browser = await bench.browser().get('/reset');
    const src = /src="(\/reset\/picture\/[^"]+)"/.exec(browser.html)?.[1] ?? '';
    const picture = await browser.raw('GET', src);
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png']);
    expect(picture.headers['cache-control']).toBe('no-store');
    expect((await bench.browser().raw('GET', src)).statusCode).toBe(404);
  });

  test('can be words instead, and keeps what was typed', async () => {
    const browser = await bench.browser().get('/reset');
    await browser.post({ user_id: 'ada', action: 'use-words' });
    expect(browser.html).toContain(en.start.words);
    expect(browser.html).toContain('value="ada"');
    await browser.post({ user_id: 'ada', action: 'use-picture' });
    expect(browser.html).toContain('/reset/picture/');
  });

  test('is too old after ten minutes', async () => {
    const browser = await bench.browser().get('/reset');
    const answer = await browser.rightAnswer();
    await bench.clock.advance(10 * 60_000);
    await browser.post({ user_id: 'ada', answer });
    expect(browser.html).toContain(en.start.problems['challenge-expired']);
  });
});

describe('every answer', () => {
  test.each(['/', '/reset', '/nowhere', '/contact', '/healthz'])('%s carries the strict headers', async (path) => {
    const { headers } = await bench.browser().raw('GET', path);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toContain('max-age=');
  });

  test.each([
    ['https://reset.example.com', true],
    ['https://localhost.example.com', true],
    ['https://192.0.2.7', true],
    ['https://localhost:8443', false],
    ['https://reset.localhost', false],
  ])('of %s asks for HTTPS for years: %s', (publicUrl, isAsked) => {
    expect('strict-transport-security' in securityHeaders(publicUrl)).toBe(isAsked);
  });

  test('names no Host that was sent', async () => {
    const answer = await bench.app.inject({ url: '/reset/method', headers: { host: 'evil.example.org' } });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/reset']);
    expect(JSON.stringify(answer.headers) + answer.body).not.toContain('evil');
  });

  test('files are kept for ever, under a name of their content', async () => {
    const answer = await bench.browser().raw('GET', '/assets/style-1.css');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await bench.browser().raw('GET', '/assets/..%2f..%2fpackage.json')).statusCode).toBe(404);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['deflate', undefined],
    [undefined, undefined],
  ])('files come as small as the browser takes them: %s', async (accepted, coding) => {
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const answer = await bench.app.inject({ url: '/assets/style-1.css', headers });
    const { body } = bench.assets.get('/assets/style-1.css') ?? { body: new Uint8Array() };
    const unpack = new Map([
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ]).get(coding ?? '');
    const unpacked = unpack === undefined ? answer.rawPayload : unpack(answer.rawPayload);
    expect([answer.headers['content-encoding'], answer.headers.vary]).toEqual([coding, 'accept-encoding']);
    expect(unpacked).toEqual(Buffer.from(body));
    expect(answer.rawPayload.length < body.length).toBe(coding !== undefined);
  });

  test('a page, which holds tokens beside what was typed, is never compressed', async () => {
    const answer = await bench.app.inject({ url: '/reset', headers: { 'accept-encoding': 'br, gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  test('a forwarded address is not believed unless it comes from our proxy', async () => {
    for (let visit = 0; visit < 700; visit += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${visit % 250}` };
      const answer = await bench.app.inject({ url: '/reset', remoteAddress: '192.0.2.66', headers });
      if (answer.statusCode === 429) return;
    }
    throw new Error('700 pages from one address were given out');
  });

  test('a body too large ends at the door', async () => {
    const browser = await bench.browser().get('/reset');
    const answer = await browser.raw('POST', '/reset', { csrf_token: browser.csrfToken, user_id: 'a'.repeat(70_000) });
    expect(answer.statusCode).toBe(413);
  });
});

describe('hostile input', () => {
  test('any user ID gets a page of ours, with nothing of it unescaped', async () => {
    const samples = [
      '<script>alert(1)</script>',
      '"><img src=x>',
      '*',
      '*)(uid=*',
      '\\',
      '\u202e',
      '%00',
      "' or 1=1 --",
      '\ud800',
    ];
    for (const userId of samples) {
      const browser = await bench.browser().identify(userId);
      expect(browser.heading).toBe(en.stops.cannotVerify.heading);
      expect(browser.html).not.toContain(userId === '*' || userId === '\\' ? '\u0000' : userId);
    }
  });

  test('any form at any address is answered below 500', async () => {
    const browser = await bench.browser().identify('ada');
    const paths = Object.values(PATHS);
    const field = fc.constantFrom(
      'user_id',
      'method',
      'code',
      'sealed',
      'action',
      'trouble',
      '__proto__',
      'csrf_token',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(field, fc.string({ unit: anyCharacter, maxLength: 40 })),
        async (path, fields) => {
          const answer = await browser.raw('POST', path, { csrf_token: browser.csrfToken, ...fields });
          expect(answer.statusCode).toBeLessThan(500);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('contacting the administrator', () => {
  const message = { account: 'ada', reply: '+351 000', message: 'I am locked out' };

  test('mails the organisation’s addresses, with nothing that was typed in a header', async () => {
    const browser = await bench.browser().get('/contact');
    await browser.post({ ...message, account: 'ada\r\nBcc: all@example.org' });
    expect(browser.path).toBe('/contact/sent');
    const [mail] = bench.mailbox;
    expect(mail?.to).toEqual(['helpdesk@example.com']);
    expect(mail?.subject).not.toMatch(/[\r\n]/);
    expect(mail?.text).toContain('I am locked out');
  });

  test('asks for what is missing', async () => {
    const browser = await bench.browser().get('/contact');
    await browser.post({ ...message, reply: ' ' });
    expect([browser.status, browser.html.includes(en.contact.problems['reply-missing'])]).toEqual([422, true]);
    expect(bench.mailbox).toEqual([]);
  });

  test('shows one support id and one name throughout, and mails them', async () => {
    for (const browser of [bench.browser(), await bench.browser().identify('ada')]) {
      await browser.get('/contact');
      const shown = supportIdOn(browser);
      expect(shown).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      await browser.post(message);
      expect([browser.path, supportIdOn(browser)]).toEqual(['/contact/sent', shown]);
      expect(bench.mailbox.at(-1)?.text).toContain(shown);
    }
  });

  test.each([
    ['nobody', 'who was not verified', en.contact.why['not-verified']],
    ['ada', 'who can use no method', en.contact.why['cannot-use-methods']],
  ])('does not tell %s, %s, that nothing can be done here', async (userId, _name, why) => {
    const browser = await bench.browser().identify(userId);
    await browser.get('/contact');
    expect(browser.html).toContain(en.contact.lead);
    expect(browser.html).toContain(why);
    expect(browser.html).not.toContain(en.contact.leadNotHere);
  });

  test('tells it who is turned away', async () => {
    const disposition = { kind: 'contact-administrator', reason: 'disabled' } as const;
    bench.relay.people[0] = anInspection({ account: anAccount({ disposition }) });
    expect((await bench.browser().identify('ada')).html).toContain(en.contact.leadNotHere);
  });

  test('is throttled for each address', async () => {
    for (let sent = 0; sent < 7; sent += 1) {
      const browser = await bench.browser().get('/contact');
      await browser.post(message);
    }
    expect(bench.mailbox).toHaveLength(5);
  });

  test('leads to a portal where the organisation has one', async () => {
    const portal = await makeBench({
      tenants: [aTenant({ contact: { kind: 'portal', url: 'https://help.example.com/' } })],
    });
    const browser = await portal.browser().get('/contact');
    expect(browser.html).toContain('href="https://help.example.com/"');
    await portal[Symbol.asyncDispose]();
  });
});

describe('several organisations', () => {
  const north = aTenant({ id: 'north', name: 'North', domains: ['north.example.com'], unlock: false });
  const south = aTenant({
    id: 'south',
    name: 'South',
    domains: ['south.example.com'],
    contact: { kind: 'email', addresses: ['south@example.com'] },
  });

  test('each get their own people, and nobody’s user ID is not verified', async () => {
    await using shared = await makeBench({ tenants: [north, south] });
    shared.relay.people.push(
      anInspection({ account: anAccount({ userPrincipalName: 'ada@north.example.com', mail: [] }) }),
    );
    const browser = await shared.browser().get('/reset');
    expect(browser.html).toContain('Account help');
    expect((await shared.browser().identify('ada@north.example.com')).html).toContain('North');
    expect((await shared.browser().identify('ada@elsewhere.example.com')).heading).toBe(en.stops.cannotVerify.heading);
    expect((await shared.browser().identify('ada')).heading).toBe(en.stops.cannotVerify.heading);
  });

  test('are not named to whom none of them verified, nor by what is typed into the form', async () => {
    await using shared = await makeBench({ tenants: [north, south] });
    const pages = [];
    for (const userId of ['nobody@north.example.com', 'nobody@elsewhere.example.com']) {
      const browser = await shared.browser().identify(userId);
      const stopped = browser.html;
      await browser.get('/contact');
      const asked = browser.html;
      await browser.post({ account: userId, reply: '', message: '' });
      expect(browser.status).toBe(422);
      for (const html of [stopped, asked, browser.html]) expect(html).not.toContain('North');
      pages.push(
        [stopped, asked, browser.html]
          .join()
          .replaceAll(userId, 'USER')
          .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=csrf_token" value=")[^"]+/g, 'ID'),
      );
    }
    expect(new Set(pages).size).toBe(1);
  });

  test('keep their name where the message was sent from their page', async () => {
    await using shared = await makeBench({ tenants: [north, south] });
    const disposition = { kind: 'contact-administrator', reason: 'disabled' } as const;
    shared.relay.people.push(
      anInspection({ account: anAccount({ userPrincipalName: 'ada@north.example.com', mail: [], disposition }) }),
    );
    const browser = await shared.browser().identify('ada@north.example.com');
    await browser.post({ account: 'ada@north.example.com', reply: 'x', message: '' }, '/contact');
    expect(browser.path).toBe('/contact/sent');
    expect(browser.html).toContain('North');
  });

  test('a message goes to the one whose user ID was typed, whether anybody has it or not', async () => {
    await using shared = await makeBench({ tenants: [north, south] });
    const browser = await shared.browser().get('/contact');
    await browser.post({ account: 'bob@south.example.com', reply: 'x', message: '' });
    expect(browser.path).toBe('/contact/sent');
    expect(shared.mailbox.map(({ to }) => to)).toEqual([['south@example.com']]);
  });

  test('what could be sent to nobody is never called sent, nor does it say why', async () => {
    const mute = aTenant({ id: 'mute', domains: ['mute.example.com'], contact: undefined });
    await using shared = await makeBench({ tenants: [north, south, mute] });
    const pages = [];
    for (const account of ['ada@elsewhere.example.com', 'ada@mute.example.com', 'ada']) {
      const browser = await shared.browser().get('/contact');
      await browser.post({ account, reply: 'x', message: 'locked out' });
      expect([browser.status, browser.path]).toEqual([422, '/contact']);
      expect(browser.html).toContain(en.contact.problems['account-of-nobody']);
      expect(browser.html).toContain('locked out');
      pages.push(
        browser.html
          .replaceAll(account, 'ACCOUNT')
          .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=csrf_token" value=")[^"]+/g, 'ID'),
      );
    }
    expect(new Set(pages).size).toBe(1);
    expect(shared.mailbox).toEqual([]);
  });

  test('a message to one that has a portal is answered with the way there, and not called sent', async () => {
    const east = aTenant({
      id: 'east',
      domains: ['east.example.com'],
      contact: { kind: 'portal', url: 'https://help.east.example.com/' },
    });
    await using shared = await makeBench({ tenants: [north, east] });
    const browser = await shared.browser().get('/contact');
    await browser.post({ account: 'ada@east.example.com', reply: 'x', message: '' });
    expect([browser.status, browser.path]).toEqual([200, '/contact']);
    expect(browser.html).toContain('href="https://help.east.example.com/"');
    expect(shared.mailbox).toEqual([]);
  });
});

test('an enrolment is answered by its own rules, and too many are not', async () => {
  const post = () => bench.app.inject({ method: 'POST', url: '/agent/v1/enrolments', payload: { secret: 'x' } });
  expect((await post()).json()).toEqual({ code: 'malformed' });
  for (let count = 0; count < 19; count += 1) await post();
  expect((await post()).statusCode).toBe(429);
});

test('it says whether it lives and can serve', async () => {
  expect((await bench.browser().raw('GET', '/healthz')).json()).toEqual({ status: 'ok' });
  expect((await bench.browser().raw('GET', '/readyz')).json()).toEqual({ status: 'ok' });
});

test('no password is in the store’s files, whatever was done with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-canary-'));
  const kept = await makeBench({ tenants: [aTenant({ unlock: false })], path: join(folder, 'front-door.sqlite') });
  kept.relay.people.push(anInspection());
  const canary = 'canary-Grüße-7-otters';
  const browser = await kept.browser().identify('ada');
  await browser.post({ method: 'email-0' });
  const code = /\b(\d{6})\b/.exec(kept.mailbox[0]?.text ?? '')?.[1] ?? '';
  await browser.post({ code });
  await browser.post({ sealed: canary });
  await browser.choosePassword(canary);
  expect(kept.relay.arrived[0]?.password).toBe(canary);
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const bytes = await readFile(join(folder, file));
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect(bytes.includes(Buffer.from(canary, encoding)), `${file} holds the canary in ${encoding}`).toBe(false);
    }
  }
  expect(kept.events.join()).not.toContain('canary');
  await kept[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
