// The way through the pages by a text message: the whole number first, and nothing sent before it was typed.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maskPhoneNumber } from '../../../../src/front-door/pages/mask-address.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const NUMBER = '+447700900947';
const OTHER_NUMBER = '+447700900948';
let bench: Bench;

beforeEach(async () => {
  const policy = {
    name: 'everyone',
    appliesTo: 'everyone',
    gates: 1,
    methods: ['email-code', 'text-message'],
  } as const;
  bench = await makeBench({ tenants: [aTenant({ unlock: false, policies: [policy] })] });
  const account = anAccount({ resetPhones: [NUMBER] });
  bench.relay.people.push(anInspection({ account }));
});
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function chosen(address?: string): Promise<Browser> {
  const browser = await bench.browser(address).identify('ada@example.com');
  return browser.post({ method: 'text-0' });
}

const wrongCode = () => (bench.gateway.lastCode === '000000' ? '000001' : '000000');
const audited = async (event: string) =>
  (await bench.store.audit.latest(500)).filter(({ entry }) => entry.event === event).map(({ entry }) => entry.fields);

test('the number as it is typed, then the code, and the password can be chosen', async () => {
  const browser = await chosen();
  expect(browser.heading).toBe(en.phone.heading);
  expect(bench.gateway.texts).toEqual([]);
  await browser.post({ code: '+44 7700 900-947' });
  expect(browser.heading).toBe(en.code.headingText);
  expect(bench.gateway.texts.map(({ number }) => number)).toEqual([NUMBER]);
  expect(bench.gateway.lastCode).toMatch(/^\d{6}$/);
  await browser.post({ code: bench.gateway.lastCode });
  expect(browser.path).toBe('/reset/password');
  expect(bench.mailbox).toEqual([]);
});

test('no page shows more of the number than its end', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  const pages = [browser.html];
  await browser.post({ method: 'text-0' });
  pages.push(browser.html);
  await browser.post({ code: OTHER_NUMBER });
  pages.push(browser.html);
  await browser.post({ code: NUMBER });
  pages.push(browser.html);
  for (const html of pages) {
    expect(html).toContain(maskPhoneNumber(NUMBER));
    expect(html).not.toContain('900947');
    expect(html).not.toContain('00947');
  }
  expect(maskPhoneNumber(NUMBER)).toBe('+44\u00a0•••\u00a0•••\u00a0••47');
});

describe('a number that is not the one', () => {
  test('has nothing sent, is said beside the field, and stands in the audit without the number', async () => {
    const browser = await chosen();
    await browser.post({ code: OTHER_NUMBER });
    expect(browser.heading).toBe(en.phone.heading);
    expect(browser.html).toContain(en.phone.problems.wrong);
    expect(bench.gateway.texts).toEqual([]);
    const failed = await audited('proof-failed');
    expect(failed).toMatchObject([{ method: 'text-message', result: 'wrong-address' }]);
    expect(JSON.stringify(failed)).not.toContain('900948');
  });

  test('counts as a failed attempt, whichever flow and address it comes from: the fifth is the last', async () => {
    for (let tries = 0; tries < 4; tries += 1)
      expect((await (await chosen(`192.0.2.${tries}`)).post({ code: OTHER_NUMBER })).heading).toBe(en.phone.heading);
    const browser = await chosen('192.0.2.9');
    await browser.post({ code: OTHER_NUMBER });
    expect(browser.heading).toBe(en.stops.blocked.heading);
    expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.blocked.heading);
    expect(bench.gateway.texts).toEqual([]);
  });

  test('guessed at many times at once is no faster', async () => {
    const browsers = [];
    for (let each = 0; each < 12; each += 1) browsers.push(await chosen());
    await Promise.all(
      browsers.map((browser, each) => browser.post({ code: each === 11 ? NUMBER : `+4477009001${30 + each}` })),
    );
    expect(bench.gateway.texts.length).toBeLessThanOrEqual(1);
    expect((await audited('proof-failed')).length).toBeLessThanOrEqual(5);
  });

  test.each([
    ['', en.phone.problems.missing],
    ['47', en.phone.problems.malformed],
    ['07700 900123', en.phone.problems.malformed],
    ['042815', en.phone.problems.malformed],
  ])('%j is no number at all, and counts for nothing', async (typed, problem) => {
    const browser = await chosen();
    for (let tries = 0; tries < 7; tries += 1) await browser.post({ code: typed });
    expect(browser.html).toContain(problem);
    await browser.post({ code: NUMBER });
    expect(browser.heading).toBe(en.code.headingText);
  });
});

test('asking for a new code before the number was typed sends nothing', async () => {
  const browser = await chosen();
  await browser.post({ action: 'resend' });
  expect(browser.heading).toBe(en.phone.heading);
  expect(browser.html).not.toContain(en.phone.problems['too-many-sent']);
  expect(bench.gateway.texts).toEqual([]);
});

test('a right number gives whoever guesses at codes no new tries', async () => {
  let stops = 0;
  for (let flows = 0; flows < 6 && stops === 0; flows += 1) {
    const browser = await chosen();
    if (browser.heading === en.stops.blocked.heading) stops += 1;
    await browser.post({ code: NUMBER });
    await browser.post({ code: wrongCode() });
    if (browser.heading === en.stops.blocked.heading) stops += 1;
  }
  expect(stops).toBe(1);
  expect(await audited('proof-failed')).toHaveLength(5);
});

test('a new code comes after a wait that grows, and without the number again', async () => {
  const browser = await chosen();
  await browser.post({ code: NUMBER });
  await browser.post({ action: 'resend' });
  expect(bench.gateway.texts).toHaveLength(1);
  expect(browser.html).toContain(en.code.problems['too-many-sent']);
  const first = bench.gateway.lastCode;
  await bench.clock.advance(30_000);
  await browser.post({ action: 'resend' });
  expect(bench.gateway.texts).toHaveLength(2);
  expect(browser.html).toContain(en.code.sentAgain);
  await bench.clock.advance(30_000);
  await browser.post({ action: 'resend' });
  expect(bench.gateway.texts).toHaveLength(2);
  if (first === bench.gateway.lastCode) return;
  await browser.post({ code: first });
  expect(browser.html).toContain(en.code.problems.wrong);
});

describe('a text that could not be sent', () => {
  test('is told where another way can be chosen, and counts as none', async () => {
    bench.gateway.mood = 'refuses';
    const browser = await chosen();
    await browser.post({ code: NUMBER });
    expect(browser.heading).toBe(en.method.heading);
    expect(browser.html).toContain(en.method.notSent);
    expect(await audited('code-sent')).toEqual([]);
    expect(await audited('code-not-sent')).toMatchObject([{ method: 'text-message' }]);
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/reset/password');
  });

  test('leaves the code before it good', async () => {
    const browser = await chosen();
    await browser.post({ code: NUMBER });
    const first = bench.gateway.lastCode;
    await bench.clock.advance(30_000);
    bench.gateway.mood = 'refuses';
    await browser.post({ action: 'resend' });
    expect(browser.html).toContain(en.code.problems['too-many-sent']);
    await browser.post({ code: first });
    expect(browser.path).toBe('/reset/password');
  });
});

test('the sixth text to a phone within an hour is not sent, and the person is told to choose another way', async () => {
  for (let sent = 0; sent < 5; sent += 1) {
    const browser = await chosen();
    await browser.post({ code: NUMBER });
    expect(browser.heading).toBe(en.code.headingText);
  }
  const browser = await chosen();
  await browser.post({ code: NUMBER });
  expect(browser.html).toContain(en.method.notSent);
  expect(bench.gateway.texts).toHaveLength(5);
});

test('a number of a country that nothing is sent to is no way of proving', async () => {
  const account = anAccount({ resetPhones: ['+4915123456789'], resetMail: [] });
  bench.relay.people[0] = anInspection({ account });
  expect((await bench.browser().identify('ada@example.com')).heading).toBe(en.stops.cannotVerify.heading);
});

test('news of a change goes to mailboxes, and to no phone', async () => {
  const browser = await chosen();
  await browser.post({ code: NUMBER });
  await browser.post({ code: bench.gateway.lastCode });
  await browser.choosePassword('canary-Grüße-7-otters');
  const told = bench.mailbox.flatMap(({ to }) => to);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((address) => !address.includes('@'))).toEqual([]);
});
