// Wires what leaves the front door by itself: mails by SMTP, and messages to ticket systems by webhook, each with an outbox of its own.
// Decides nothing.

import { randomBytes, randomUUID } from 'node:crypto';
import { readCertificates } from '../settings/setting-files.js';
import type { Clock } from '../timing/clock.js';
import type { FrontDoorConfig } from './config.js';
import type { FrontDoorEvents } from './events.js';
import { createSmtpMailer } from './mail/smtp-mailer.js';
import { createDataBox } from './methods/data-box.js';
import { createOutboxDelivery } from './outbox/deliver-outbox.js';
import type { Outbox } from './outbox/outbox.js';
import { sealedOutbox } from './outbox/sealed-outbox.js';
import { mailPassword, ticketEndpoints } from './secrets.js';
import type { FrontDoorStore } from './sqlite/sqlite-store.js';
import { createTicketDelivery, type TicketOutbox } from './tickets/deliver-tickets.js';
import type { Ticket } from './tickets/write-ticket.js';
import { httpsWebhook } from './webhook/https-webhook.js';

export interface Outboxes extends Disposable {
  readonly outbox: Outbox;
  readonly tickets: TicketOutbox;
  /** Sends what waits, until the signal aborts; never rejects. */
  deliver(signal: AbortSignal): Promise<void>;
}

export async function openOutboxes(options: {
  readonly config: FrontDoorConfig;
  readonly store: Pick<FrontDoorStore, 'outbox' | 'ticketOutbox'>;
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
  readonly clock: Clock;
  readonly events: FrontDoorEvents;
}): Promise<Outboxes> {
  const { config, store, dataKey, clock, events } = options;
  const endpoints = await ticketEndpoints(config);
  const mailer = createSmtpMailer(await mailSettings(config));
  const mails = { store: store.outbox, box: createDataBox(dataKey, 'outbox'), clock };
  const mailDelivery = createOutboxDelivery({ ...mails, mailer, events });
  const messages = { store: store.ticketOutbox, box: createDataBox(dataKey, 'ticket outbox'), clock };
  const post = httpsWebhook({ clock });
  const ticketDelivery = createTicketDelivery({ ...messages, endpoints, post, random: randomBytes, events });
  return {
    outbox: sealedOutbox({ ...mails, randomUuid: randomUUID, wake: () => mailDelivery.wake() }),
    tickets: sealedOutbox<Ticket>({ ...messages, randomUuid: randomUUID, wake: () => ticketDelivery.wake() }),
    deliver: async (signal) => {
      await Promise.all([mailDelivery.run(signal), ticketDelivery.run(signal)]);
    },
    [Symbol.dispose]: () => mailer[Symbol.dispose](),
  };
}

async function mailSettings(config: FrontDoorConfig) {
  const { host, port, security, from, userName, caFile } = config.mail;
  const ca = caFile === undefined ? undefined : await readCertificates('mail.caFile', caFile);
  return { host, port, security, from, userName, ca, password: await mailPassword(config) };
}
