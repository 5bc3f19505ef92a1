// Whose look and whose words a page has: an organisation's where it is shown in its name, and nobody's where that would tell whose it is.

import { afterEach, describe, expect, test } from 'vitest';
import { accentsOf } from '../../../../src/front-door/branding/accents.js';
import { lookAtLogo } from '../../../../src/front-door/branding/logo.js';
import type { Look } from '../../../../src/front-door/branding/look.js';
import type { OwnWords } from '../../../../src/front-door/wording/wording.js';
import { type Bench, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';
import { anSvg, aPng } from '../../../support/logos.js';

const logoOf = (bytes: Uint8Array) => {
  const verdict = lookAtLogo(bytes);
  if (verdict.kind === 'refused') throw new Error(verdict.why);
  return verdict.logo;
};
const plum = accentsOf({ light: [0x7a, 0x1f, 0x5c], dark: undefined });
const LOOK: Look = { accents: plum, logo: { light: logoOf(aPng()), dark: undefined, nameBeside: false } };
const TEXTS: OwnWords = {
  en: {
    'method.lead': 'Which way, sailor?',
    'start.lead': 'Ahoy!',
    'stops.notFound.lead': 'Lost at sea.',
    'mail.code.lead': 'Your code, sailor:',
  },
};
const harbour = aTenant({ id: 'harbour', name: 'Harbour Works', domains: ['harbour.example'], unlock: false });
const mill = aTenant({ id: 'mill', name: 'Old Mill', domains: ['mill.example'], unlock: false });
const ada = anInspection({
  account: anAccount({ userPrincipalName: 'ada@harbour.example', mail: ['ada@harbour.example'] }),
});

let bench: Bench;
afterEach(() => bench[Symbol.asyncDispose]());

async function benchOf(tenants: Bench['tenants'], look: Look = LOOK): Promise<Bench> {
  const own = { looks: [['harbour', look]] as const, texts: [['harbour', TEXTS]] as const };
  bench = await makeBench({ tenants: [...tenants], ...own });
  bench.relay.people.push(ada);
  return bench;
}

const hasLook = (html: string) => [/\/assets\/accent-/.test(html), html.includes('class="brand-logo')];

describe('the only organisation', () => {
  test('is seen on every page, from the door to the one that does not exist', async () => {
    await benchOf([harbour]);
    const browser = bench.browser();
    for (const path of ['/', '/reset', '/contact', '/no/such/page']) {
      await browser.get(path);
      expect([path, ...hasLook(browser.html)]).toEqual([path, true, true]);
    }
    expect(browser.html).toContain('Lost at sea.');
    await browser.get('/reset');
    expect(browser.html).toContain('Ahoy!');
    await browser.identify('nobody@harbour.example');
    expect(hasLook(browser.html)).toEqual([true, true]);
  });

  test('has its words and its colour in its mails', async () => {
    await benchOf([harbour]);
    const browser = await bench.browser().identify('ada@harbour.example');
    expect(browser.html).toContain('Which way, sailor?');
    await browser.post({ method: 'email-0' });
    const mail = bench.mailbox.at(-1);
    expect(mail?.text).toContain('Your code, sailor:');
    expect(mail?.html).toContain(plum.light.accent);
    expect(mail?.html).not.toMatch(/<img|url\(|https?:/);
  });

  test('is served its files for ever, each by what is in it, and none that could do anything by itself', async () => {
    const svg = { ...LOOK, logo: { light: logoOf(anSvg()), dark: logoOf(aPng()), nameBeside: true } };
    await benchOf([harbour], svg);
    const { html } = await bench.browser().get('/');
    const paths = [...html.matchAll(/\/assets\/(?:accent|logo)-[0-9a-f]{16}\.(?:css|svg|png)/g)].map(([path]) => path);
    const kinds = [];
    for (const path of paths) {
      const { statusCode, headers } = await bench.browser().raw('GET', path);
      expect(statusCode).toBe(200);
      expect(headers['cache-control']).toContain('immutable');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*sandbox$/);
      expect(headers['content-security-policy']).not.toContain('script-src');
      expect(headers['x-content-type-options']).toBe('nosniff');
      kinds.push(headers['content-type']);
    }
    expect(kinds.sort()).toEqual(['image/png', 'image/svg+xml', 'text/css; charset=utf-8']);
  });

  test.each([
    ['has its name in words where its logo is not seen', false, 'alt="Harbour Works"', false],
    ['is not named twice where the name stands beside the logo', true, 'height="40" alt/>', true],
  ])('%s', async (_, nameBeside, alt, isNamed) => {
    await benchOf([harbour], { ...LOOK, logo: { light: logoOf(aPng()), dark: undefined, nameBeside } });
    const { html } = await bench.browser().get('/');
    expect(html).toContain(alt);
    expect(html.includes('class="brand-name"')).toBe(isNamed);
  });
});

describe('one of several organisations', () => {
  test('is not seen before it is known whose the user ID is', async () => {
    await benchOf([harbour, mill]);
    for (const path of ['/', '/reset', '/contact', '/no/such/page']) {
      const { html } = await bench.browser().get(path);
      expect([path, ...hasLook(html)]).toEqual([path, false, false]);
      expect(html).not.toMatch(/Ahoy!|Lost at sea/);
    }
  });

  test('is seen by its own people, who are known, and not by those of another', async () => {
    await benchOf([harbour, mill]);
    const browser = await bench.browser().identify('ada@harbour.example');
    expect(hasLook(browser.html)).toEqual([true, true]);
    expect(browser.html).toContain('Which way, sailor?');
    bench.relay.people.push(
      anInspection({
        account: anAccount({ anchor: 'bob', samAccountName: 'bob', userPrincipalName: 'bob@mill.example' }),
      }),
    );
    const other = await bench.browser('192.0.2.2').identify('bob@mill.example');
    expect(other.path).toBe('/reset/method');
    expect(hasLook(other.html)).toEqual([false, false]);
    expect(other.html).not.toContain('sailor');
  });

  test('is not seen by whoever could not be verified: that would tell whose the user ID would be', async () => {
    await benchOf([harbour, mill]);
    const pages = [];
    for (const [index, userId] of [
      'nobody@harbour.example',
      'nobody@mill.example',
      'nobody@nowhere.example',
    ].entries()) {
      const browser = await bench.browser(`192.0.2.${index + 10}`).identify(userId);
      expect(hasLook(browser.html)).toEqual([false, false]);
      await browser.get('/contact');
      expect(hasLook(browser.html)).toEqual([false, false]);
      await browser.get('/reset/stopped');
      pages.push(browser.html.replaceAll(/[\w-]{43}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'));
    }
    expect(new Set(pages).size).toBe(1);
  });
});
