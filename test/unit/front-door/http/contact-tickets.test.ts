// "Contact your administrator" where the organisation has a ticket system beside its mailbox: both are told, and neither is in the way.
// Which of its mailboxes it is.

import { expect, test } from 'vitest';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { makeBench } from '../../../support/front-door-bench.js';
import { aTenant } from '../../../support/front-door-builders.js';

const contact = { kind: 'email', addresses: ['helpdesk@example.com'], opensTickets: true } as const;
const typed = { account: 'ada@example.com', reply: '+49 30 5550100', message: 'My phone is gone.' };

test('a message is mailed, and told to the ticket system with the reason and the support id of the page', async () => {
  await using bench = await makeBench({ tenants: [aTenant({ contact, reset: 'off' })] });
  const browser = await bench.browser().identify('ada@example.com');
  const supportId = /<code dir="ltr">([^<]+)/.exec(browser.html)?.[1];
  await browser.post(typed, '/contact');
  expect(browser.path).toBe('/contact/sent');
  expect(bench.mailbox).toHaveLength(1);
  expect(bench.tickets).toHaveLength(1);
  expect(JSON.parse(bench.tickets[0]?.body ?? '')).toMatchObject({
    type: 'help.wanted',
    data: {
      tenant: { id: 'example' },
      account: typed.account,
      reach: typed.reply,
      message: typed.message,
      why: en.contact.why['reset-not-turned-on'],
      supportId,
      isVerified: false,
    },
  });
});

test('nothing is told to a ticket system that nobody has named, nor of a message that is not sent', async () => {
  await using bench = await makeBench();
  const browser = await bench.browser().get('/contact');
  await browser.post(typed);
  expect(bench.mailbox).toHaveLength(1);
  expect(bench.tickets).toEqual([]);
  await using other = await makeBench({ tenants: [aTenant({ contact })] });
  const hasty = await other.browser().get('/contact');
  await hasty.post({ ...typed, reply: '' });
  expect([hasty.status, other.tickets.length, other.mailbox.length]).toEqual([422, 0, 0]);
});

test('what people write goes to the help desk, and to nobody who is named for security alone', async () => {
  const roles = { 'help-desk': ['desk@example.com'], security: ['soc@example.com'] };
  await using bench = await makeBench({ tenants: [aTenant({ contact: { kind: 'email', roles } })] });
  const browser = await bench.browser().get('/contact');
  await browser.post(typed);
  expect(browser.path).toBe('/contact/sent');
  expect(bench.mailbox.map(({ to }) => to)).toEqual([roles['help-desk']]);
});

test('is not called sent when neither has room for it', async () => {
  await using bench = await makeBench({ tenants: [aTenant({ contact })] });
  const browser = await bench.browser().get('/contact');
  bench.isOutboxFull.now = true;
  await browser.post(typed);
  expect(browser.html).toContain(en.contact.problems['not-sent']);
});
