// What somebody who has proved nothing is shown of a person's addresses, where the organisation shows nothing: their kinds and a number.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../../src/front-door/pages/field-names.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import type { AddressHints } from '../../../../src/front-door/tenants/tenant.js';
import { type Bench, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const MAILBOXES = ['ada.private@mail.example', 'ada.other@post.example'];
const PHONE = '+447700900947';
/** All that masking would leave of them. */
const TRACES = /•|\+44(?! ?7700.900123)|\.example"|••47|@mail|@post/;
let bench: Bench;

async function use(addressHints: AddressHints | undefined, gates: 1 | 2, resetMail = MAILBOXES): Promise<void> {
  await bench?.[Symbol.asyncDispose]();
  const policies = [
    { name: 'everyone', appliesTo: 'everyone', gates, methods: ['email-code', 'text-message'] },
  ] as const;
  const hints = addressHints === undefined ? {} : { addressHints };
  bench = await makeBench({ tenants: [aTenant({ unlock: false, policies, ...hints })] });
  bench.relay.people.push(anInspection({ account: anAccount({ resetMail, resetPhones: [PHONE] }) }));
}

beforeEach(() => use('after-first-proof', 2));
afterEach(async () => {
  expect(bench.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

/** What a person reads of a page, without its form’s hidden token, its support id and the example of a number. */
const read = (html: string) =>
  html
    .replace(/<input type="hidden"[^>]*>/g, '')
    .replace(/<code dir="ltr">[^<]+/g, '')
    .replaceAll(en.phone.hint, '');

test('before the first gate no part of an address or number is shown, on any page; several are told apart by number', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  expect(browser.heading).toBe(en.method.heading);
  expect(browser.html).toContain(en.method.emailHintNumbered('1'));
  expect(browser.html).toContain(en.method.emailHintNumbered('2'));
  expect(browser.html).toContain(en.method.textHintUnseen);
  expect(read(browser.html)).not.toMatch(TRACES);
  await browser.post({ method: 'text-0' });
  expect(browser.heading).toBe(en.phone.heading);
  expect(browser.html).toContain(en.phone.leadUnseen);
  expect(read(browser.html)).not.toMatch(TRACES);
  await browser.post({ code: PHONE });
  expect(browser.heading).toBe(en.code.headingText);
  expect(browser.html).toContain(en.code.leadTextUnseen);
  expect(read(browser.html)).not.toMatch(TRACES);
  await browser.post({ action: ACTIONS.otherMethod });
  expect(browser.heading).toBe(en.method.heading);
  expect(read(browser.html)).not.toMatch(TRACES);
  await browser.post({ method: 'email-1' });
  expect(browser.heading).toBe(en.code.headingEmail);
  expect(browser.html).toContain(en.code.leadEmailUnseen);
  expect(read(browser.html)).not.toMatch(TRACES);
  await browser.post({ code: '000000' });
  expect(read(browser.html)).not.toMatch(TRACES);
});

test('the number leads to the address that it stood for, and after the first gate addresses are shown, masked', async () => {
  const browser = await bench.browser().identify('ada@example.com');
  await browser.post({ method: 'email-1' });
  expect(bench.mailbox.map(({ to }) => to)).toEqual([[MAILBOXES[1]]]);
  await browser.post({ code: bench.lastCode() });
  expect(browser.html).toContain(en.method.gate(2, 2));
  expect(browser.html).toContain('••47');
  expect(browser.html).not.toContain(PHONE);
});

test('the only one of its kind has no number', async () => {
  await use('after-first-proof', 1, MAILBOXES.slice(0, 1));
  const browser = await bench.browser().identify('ada@example.com');
  expect(browser.html).toContain(en.method.emailHintUnseen);
  expect(browser.html).not.toContain(en.method.emailHintNumbered('1'));
});

test.each(['shown', undefined] as const)(
  'where the policy says %s, they are shown masked from the beginning',
  async (hints) => {
    await use(hints, 1);
    const browser = await bench.browser().identify('ada@example.com');
    expect(read(browser.html)).toMatch(TRACES);
    for (const first of ['a•••@m•••.example', 'a•••@p•••.example', '••47']) expect(browser.html).toContain(first);
  },
);
