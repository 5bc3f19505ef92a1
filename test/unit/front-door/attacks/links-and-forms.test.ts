// What is sent to the pages that no page of ours sends: other hosts, other ways to go, other methods, fields that are huge, broken or too
// many. Nothing of it leads anybody elsewhere, reaches another field, ends in trouble or is written down.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGE_COOKIE } from '../../../../src/front-door/http/browser-language.js';
import { SESSION_COOKIE } from '../../../../src/front-door/http/browser-session.js';
import { PATHS } from '../../../../src/front-door/http/paths.js';
import { securityHeaders } from '../../../../src/front-door/http/security-headers.js';
import { ADA, ADAS, type Attacked, openAttacked } from '../../../support/attacked-front-door.js';
import { aTenant } from '../../../support/front-door-builders.js';

const EVIL = 'evil.example.org';
const paths = Object.values(PATHS);
const OWN_PATHS: ReadonlySet<string> = new Set(paths);

let door: Attacked;
beforeEach(async () => {
  door = await openAttacked({ tenants: [aTenant({ unlock: false })] });
});
afterEach(async () => {
  expect(door.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await door[Symbol.asyncDispose]();
});

describe('a host that is not ours', () => {
  test.each([
    ['Host', { host: EVIL }],
    ['X-Forwarded-Host', { 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'http', 'x-forwarded-port': '81' }],
    ['Forwarded', { forwarded: `host=${EVIL};proto=http;for=203.0.113.9` }],
    ['X-Original-URL', { 'x-original-url': `https://${EVIL}/reset`, 'x-rewrite-url': `//${EVIL}/reset` }],
    ['X-Host', { 'x-host': EVIL, 'x-forwarded-server': EVIL, 'x-http-host-override': EVIL }],
    ['Referer', { referer: `https://${EVIL}/reset` }],
  ])(
    'named in %s is on no page, in no way on and in no mail, from the user ID to the new password',
    async (_name, headers) => {
      const browser = door.browser();
      browser.moreHeaders = headers;
      const seen: string[] = [];
      const raw = browser.raw.bind(browser);
      browser.raw = async (...args) => {
        const answer = await raw(...args);
        seen.push(JSON.stringify(answer.headers) + answer.body);
        return answer;
      };
      await door.askedForCode(ADA.userId, browser);
      await browser.post({ code: door.lastCode() });
      await browser.choosePassword('Brand-New-Lantern-7');
      expect(browser.path).toBe('/reset/result');
      await browser.get('/contact');
      await browser.post({ account: ADA.userId, reply: 'x', message: 'locked out' });
      await browser.get('/nowhere');
      expect(seen.length).toBeGreaterThan(10);
      expect(door.mailbox.length).toBeGreaterThan(2);
      for (const text of [...seen, ...door.mailbox.map((mail) => JSON.stringify(mail))])
        expect(text).not.toContain(EVIL);
    },
  );
});

describe('a way on that is not ours', () => {
  const elsewhere = [
    `//${EVIL}`,
    `/\\${EVIL}`,
    `\\\\${EVIL}`,
    `https://${EVIL}/`,
    `https:${EVIL}`,
    `/%2f${EVIL}`,
    `/%5c${EVIL}`,
    `\t//${EVIL}`,
    `javascript:alert(1)//${EVIL}`,
  ];
  const names = [
    'next',
    'url',
    'to',
    'return',
    'returnTo',
    'return_to',
    'redirect',
    'redirect_uri',
    'continue',
    'lang',
    'path',
    'action',
    'RelayState',
  ];

  test('in any parameter of any page is never gone', async () => {
    const signedIn = await door.signedIn();
    for (const browser of [door.browser(), signedIn]) {
      for (const path of paths) {
        for (const text of elsewhere) {
          const query = new URLSearchParams(names.map((name) => [name, text]));
          const { headers, body } = await browser.raw('GET', `${path}?${query}`);
          if (headers.location !== undefined) expect(OWN_PATHS).toContain(headers.location);
          expect(headers.refresh).toBeUndefined();
          expect(body).not.toContain(EVIL);
        }
      }
    }
  });

  test('in any field of any form is never gone', async () => {
    const browser = await door.signedIn();
    for (const path of paths) {
      const fields = Object.fromEntries(names.map((name) => [name, `//${EVIL}`]));
      const { headers, body } = await browser.raw('POST', path, { csrf_token: browser.csrfToken, ...fields });
      if (headers.location !== undefined) expect(OWN_PATHS).toContain(headers.location);
      expect(body).not.toContain(EVIL);
    }
  });

  test.each([
    `//${EVIL}/reset`,
    `/\\${EVIL}/reset`,
    `/${EVIL}/..//reset`,
    `http://${EVIL}/reset/method`,
    `/reset/../..//${EVIL}`,
    `/%2e%2e//${EVIL}`,
    `/reset/picture/%2f%2f${EVIL}`,
    `/reset;//${EVIL}`,
    `/?//${EVIL}`,
  ])('in the address %s leads nowhere else, and is on no page', async (url) => {
    const { statusCode, headers, body } = await door.app.inject({ url, headers: { host: EVIL } });
    expect(statusCode).toBeLessThan(500);
    if (headers.location !== undefined) expect(OWN_PATHS).toContain(headers.location);
    expect(body).not.toContain(EVIL);
  });
});

describe('every page', () => {
  test('of whoever is there or not carries the strict headers, in answer to every method', async () => {
    const signedIn = await door.signedIn();
    for (const cookie of ['', signedIn.cookie]) {
      for (const url of paths) {
        for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
          const { statusCode, headers } = await door.app.inject({ method, url, headers: { cookie } });
          const name = `${method} ${url}`;
          expect([name, statusCode < 500]).toEqual([name, true]);
          expect(headers).toMatchObject(securityHeaders('https://reset.example.com'));
          // Nobody else's page reads ours.
          expect(Object.keys(headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
          if (!['GET', 'HEAD', 'POST'].includes(method)) expect([name, statusCode]).toEqual([name, 404]);
        }
      }
    }
    expect((await signedIn.get('/security-info')).path).toBe('/security-info');
  });

  test('that asks for nothing changes nothing: no GET or HEAD signs out, sends a code or removes anything', async () => {
    const browser = await door.signedIn();
    await browser.post({ action: 'confirm' });
    const { csrfToken } = browser;
    const query = new URLSearchParams({ csrf_token: csrfToken, action: 'sign-out', method: 'email-0', id: 'x' });
    for (const path of paths) {
      await browser.raw('GET', `${path}?${query}`);
      await door.app.inject({ method: 'HEAD', url: `${path}?${query}`, headers: { cookie: browser.cookie } });
    }
    expect((await browser.get('/security-info')).path).toBe('/security-info/method');
    expect(door.mailbox).toEqual([]);
  });

  test('sets no cookie but for this host alone, over HTTPS alone and out of scripts’ reach', async () => {
    const browser = await door.signedIn();
    const set: string[] = [];
    for (const path of paths) {
      for (const cookie of ['', browser.cookie]) {
        const { headers } = await door.app.inject({ url: `${path}?lang=de`, headers: { cookie } });
        set.push(...[headers['set-cookie'] ?? []].flat());
      }
    }
    expect(set.length).toBeGreaterThan(20);
    for (const cookie of set) {
      expect([SESSION_COOKIE, LANGUAGE_COOKIE]).toContain(cookie.split('=')[0]);
      expect(cookie).toMatch(
        /^__Host-[^;]+;(?=.* Path=\/;?)(?=.* HttpOnly)(?=.* Secure)(?=.* SameSite=Lax)(?!.*Domain)/,
      );
    }
  });
});

describe('a form', () => {
  const FIELDS = [
    'user_id',
    'answer',
    'action',
    'trouble',
    'method',
    'code',
    'sealed',
    'kind',
    'id',
    'name',
    'account',
    'reply',
    'message',
    'csrf_token',
  ];

  /** As the bytes of a form, token included. */
  const bodies = (token: string): readonly [string, string, string | Buffer][] => {
    const all = (value: string) => FIELDS.map((name) => `${name}=${value}`).join('&');
    const own = `csrf_token=${token}`;
    const form = 'application/x-www-form-urlencoded';
    return [
      ['every field twice', form, `${all('a')}&${all('b')}`],
      ['the token twice', form, `${own}&${own}&user_id=ada`],
      ['a thousand codes', form, `${own}${'&code=123456'.repeat(1_000)}`],
      [
        'ten thousand fields',
        form,
        `${own}&${Array.from({ length: 8_000 }, (_, at) => `f${at}=`).join('&')}`.slice(0, 60_000),
      ],
      [
        'huge fields',
        form,
        `${own}&${FIELDS.filter((name) => name !== 'csrf_token')
          .map((name) => `${name}=${'A'.repeat(4_000)}`)
          .join('&')}`,
      ],
      ['half an escape', form, `${own}&user_id=%&code=%e&method=%c3%28&kind=%00`],
      [
        'bytes that are no text',
        form,
        Buffer.concat([Buffer.from(`${own}&user_id=`), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
      ],
      [
        'names of prototypes',
        form,
        `${own}&__proto__=x&__proto__[isAdmin]=1&constructor[prototype][isAdmin]=1&constructor=x&toString=x&hasOwnProperty=x`,
      ],
      ['names in brackets', form, `${own}&code[]=1&code[0]=1&user_id[$ne]=&user_id.x=1`],
      [
        'a prototype in JSON',
        'application/json',
        `{"csrf_token":"${token}","__proto__":{"isAdmin":true},"user_id":"ada"}`,
      ],
      [
        'lists and objects in JSON',
        'application/json',
        `{"csrf_token":"${token}","user_id":{"$ne":null},"code":[["1"],{}],"action":["sign-out"]}`,
      ],
      ['broken JSON', 'application/json', `{"csrf_token":"${token}",`],
      ['plain text', 'text/plain', `${own}&action=sign-out`],
      [
        'parts',
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n${token}\r\n--x--`,
      ],
      ['a type of no name', 'x', own],
      ['nothing', form, ''],
    ];
  };

  test('that is huge, broken or of another kind does nothing at any address, and ends in no trouble', async () => {
    for (const begin of [
      () => door.signedIn(),
      () => door.askedForCode(),
      async () => door.browser().get('/contact'),
    ]) {
      const browser = await begin();
      const mails = door.mailbox.length;
      for (const url of paths) {
        for (const [name, type, payload] of bodies(browser.csrfToken)) {
          const headers = { cookie: browser.cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' };
          const { statusCode, body } = await door.app.inject({ method: 'POST', url, headers, payload });
          expect([url, name, statusCode < 500]).toEqual([url, name, true]);
          expect(body).not.toContain('isAdmin');
          if (/twice|no name|parts|plain/.test(name)) expect([url, name, statusCode >= 400]).toEqual([url, name, true]);
        }
      }
      expect(door.mailbox.length).toBeLessThanOrEqual(mails + 1);
    }
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    expect(await door.store.methods.list(ADAS)).toEqual([]);
    expect(door.relay.asked.filter(({ kind }) => kind === 'reset' || kind === 'unlock')).toEqual([]);
  });

  test('leaves nothing secret in journal or log: no token, code, password or name that was typed', async () => {
    const secrets = ['hidden-otter-7', ADA.password, 'typed.by.mistake@example.org'];
    const owner = await door.signedIn();
    await owner.post({ action: 'confirm' });
    await owner.post({ method: 'email-0' });
    secrets.push(door.lastCode(), owner.cookie.split('=')[1] ?? '', owner.csrfToken);
    for (const path of paths) {
      const fields = Object.fromEntries(FIELDS.map((name) => [name, 'hidden-otter-7']));
      await owner.raw('POST', path, { ...fields, csrf_token: owner.csrfToken, action: '' });
      await owner.raw('POST', path, fields, { 'sec-fetch-site': 'cross-site' });
    }
    await door.named('typed.by.mistake@example.org').then((browser) => browser.enterPassword('hidden-otter-7'));
    await door.browser().identify('hidden-otter-7');
    const written = door.events.join() + JSON.stringify(await door.store.audit.latest(500));
    expect(written).toContain('sign-in-answered');
    for (const secret of secrets) expect(written).not.toContain(secret);
  });
});
