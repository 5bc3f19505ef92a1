// Hands the mails of the outbox to the mail server; see delivery.ts. A mail that cannot ever be sent is not tried for ever.

import { codeOf } from '../../failure/failure.js';
import { createDelivery, type DeliveryDeps, doubledWaitMs, type OutboxDelivery } from './delivery.js';
import type { OutgoingMail } from './outbox.js';
import { readMail } from './sealed-outbox.js';

export interface Mailer {
  /** Hands the mail to the mail server. Throws MailNotSent. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
}

export interface MailEvents {
  mailSent(event: { readonly attempts: number }): void;
  /** `willRetry` false: it was given up. Advice: look at the mail server's address, credentials and log. */
  mailNotSent(event: { readonly code: string; readonly attempts: number; readonly willRetry: boolean }): void;
}

const WAITS = { firstMs: 5_000, lastMs: 10 * 60_000 };
const ATTEMPTS_MAX = 20;

export interface DeliverOutboxDeps extends Pick<DeliveryDeps<OutgoingMail>, 'store' | 'box' | 'clock'> {
  readonly mailer: Mailer;
  readonly events: MailEvents;
}

export function createOutboxDelivery(deps: DeliverOutboxDeps): OutboxDelivery {
  const { store, box, clock, mailer, events } = deps;
  return createDelivery({
    store,
    box,
    clock,
    read: readMail,
    send: (mail, signal) => mailer.send(mail, signal),
    retryAfterMs: (attempts) => (attempts >= ATTEMPTS_MAX ? undefined : doubledWaitMs(attempts, WAITS)),
    onSent: ({ attempts }) => events.mailSent({ attempts }),
    onNotSent: ({ error, attempts, willRetry }) => events.mailNotSent({ code: codeOf(error), attempts, willRetry }),
  });
}
