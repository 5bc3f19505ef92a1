// What a ticket system is told: whole, marked as unverified, and with nothing in it that could pass for more than text.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountDisowned, helpWanted } from '../../../../src/front-door/tickets/write-ticket.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { anyCharacter } from '../../../support/any-text.js';

const about = {
  tenant: { id: parseTenantId('example'), name: 'Example Harbour Works' },
  messageId: '00000000-0000-4000-8000-0000000000c1',
  atMs: Date.UTC(2026, 10, 23, 12, 0),
  supportId: '7f3c-91ab',
};

test('a call for help says who, how to reach them, what and why, and that nobody was verified', () => {
  const asked = { account: 'ada@example.com', reach: '+49 30 5550100', message: 'Two\nlines', why: 'Off here.' };
  const ticket = helpWanted(about, asked);
  expect([ticket.tenantId, ticket.messageId]).toEqual(['example', about.messageId]);
  expect(JSON.parse(ticket.body)).toEqual({
    type: 'help.wanted',
    timestamp: '2026-11-23T12:00:00.000Z',
    data: {
      id: about.messageId,
      tenant: { id: 'example', name: 'Example Harbour Works' },
      supportId: '7f3c-91ab',
      account: 'ada@example.com',
      reach: '+49 30 5550100',
      message: 'Two\nlines',
      why: 'Off here.',
      isVerified: false,
    },
  });
  expect(JSON.parse(helpWanted(about, { ...asked, why: undefined }).body).data.why).toBeNull();
});

test('what was disowned is told with what became of the password', () => {
  const doneAtMs = about.atMs - 60_000;
  const what = {
    account: 'ada@example.com',
    what: 'reset',
    doneAtMs,
    password: 'invalidated',
    waysRemoved: 1,
    outcomeCode: 'done',
  } as const;
  expect(JSON.parse(accountDisowned(about, what).body)).toMatchObject({
    type: 'account.disowned',
    data: {
      account: 'ada@example.com',
      what: 'reset',
      doneAt: '2026-11-23T11:59:00.000Z',
      password: 'invalidated',
      waysRemoved: 1,
      outcomeCode: 'done',
    },
  });
});

test('what a stranger typed stays in its place, without signs that turn text around or end a line', () => {
  const text = fc.string({ unit: anyCharacter });
  fc.assert(
    fc.property(text, text, text, (account, reach, message) => {
      const { data, ...rest } = JSON.parse(helpWanted(about, { account, reach, message, why: undefined }).body);
      expect(Object.keys(rest)).toEqual(['type', 'timestamp']);
      expect(data.isVerified).toBe(false);
      for (const line of [data.account, data.reach]) expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(data.message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
