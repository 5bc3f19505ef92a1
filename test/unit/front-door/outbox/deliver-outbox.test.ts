// What waits in the outbox: sent once, tried again later, given up in time, unreadable meanwhile.

import { beforeEach, describe, expect, test } from 'vitest';
import { MailNotSent } from '../../../../src/front-door/mail/smtp-mailer.js';
import { createDataBox } from '../../../../src/front-door/methods/data-box.js';
import { createOutboxDelivery, type Mailer } from '../../../../src/front-door/outbox/deliver-outbox.js';
import type { OutgoingMail } from '../../../../src/front-door/outbox/outbox.js';
import { sealedOutbox } from '../../../../src/front-door/outbox/sealed-outbox.js';
import { type FrontDoorStore, openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { FakeClock } from '../../../support/fake-clock.js';

const mail: OutgoingMail = {
  to: ['ada@example.net'],
  subject: 'Your code',
  text: 'canary 042815',
  html: undefined,
  fromName: 'Example',
  replyTo: undefined,
};

let clock: FakeClock;
let store: FrontDoorStore;
let sent: OutgoingMail[];
let refusals: number;
let events: { willRetry: boolean; code: string }[];

beforeEach(async () => {
  clock = new FakeClock();
  store = await openSqliteStore({ path: ':memory:', clock });
  sent = [];
  refusals = 0;
  events = [];
});

function makeDelivery() {
  const box = createDataBox(new Uint8Array(32), 'mail');
  const mailer: Mailer = {
    async send(one) {
      if (refusals > 0) {
        refusals -= 1;
        throw new MailNotSent('refused');
      }
      sent.push(one);
    },
  };
  const delivery = createOutboxDelivery({
    store: store.outbox,
    box,
    mailer,
    clock,
    events: { mailSent: () => undefined, mailNotSent: ({ willRetry, code }) => events.push({ willRetry, code }) },
  });
  const outbox = sealedOutbox({
    store: store.outbox,
    box,
    clock,
    randomUuid: () => crypto.randomUUID(),
    wake: () => delivery.wake(),
  });
  return { delivery, outbox };
}

describe('the outbox', () => {
  test('sends a mail as soon as it is handed over, once', async () => {
    const { delivery, outbox } = makeDelivery();
    const stop = new AbortController();
    const running = delivery.run(stop.signal);
    await clock.advance(0);
    await outbox.put(mail, clock.nowMs() + 1000);
    await clock.advance(0);
    expect(sent).toEqual([mail]);
    await clock.advance(120_000);
    expect(sent).toHaveLength(1);
    stop.abort(new Error('over'));
    await running;
  });

  test('keeps what it holds unreadable', async () => {
    const { outbox } = makeDelivery();
    await outbox.put(mail, clock.nowMs() + 1000);
    const [waiting] = await store.outbox.due(clock.nowMs(), 1);
    expect(Buffer.from(waiting?.sealedLetter ?? []).toString('latin1')).not.toContain('canary');
  });

  test('tries again later, each time later still', async () => {
    const { delivery, outbox } = makeDelivery();
    refusals = 2;
    await outbox.put(mail, clock.nowMs() + 60_000);
    const attempt = () => delivery.deliverDue(new AbortController().signal);
    await attempt();
    await clock.advance(4_999);
    await attempt();
    expect(events).toEqual([{ willRetry: true, code: 'mail-not-sent' }]);
    await clock.advance(1);
    await attempt();
    await clock.advance(10_000);
    await attempt();
    expect([sent.length, events.length]).toEqual([1, 2]);
  });

  test('does not send a code that no longer works', async () => {
    const { delivery, outbox } = makeDelivery();
    await outbox.put(mail, clock.nowMs() + 1000);
    await clock.advance(1000);
    await delivery.deliverDue(new AbortController().signal);
    expect(sent).toEqual([]);
    expect(await store.outbox.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('gives up what cannot be sent in its time', async () => {
    const { delivery, outbox } = makeDelivery();
    refusals = 9;
    await outbox.put(mail, clock.nowMs() + 4_000);
    await delivery.deliverDue(new AbortController().signal);
    expect(events).toEqual([{ willRetry: false, code: 'mail-not-sent' }]);
    expect(await store.outbox.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });
});
