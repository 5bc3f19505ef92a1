// Sends what waits in the outbox, a few at a time, and tries again later what could not be sent. One bad mail ends that mail.
// What is past its time is not sent: a code that no longer works would only confuse.

import { codeOf } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { wait } from '../../timing/waits.js';
import type { DataBox } from '../methods/data-box.js';
import type { OutgoingMail } from './outbox.js';
import type { OutboxStore, WaitingMail } from './outbox-store.js';
import { openMail } from './sealed-outbox.js';

export interface Mailer {
  /** Hands the mail to the mail server. Throws MailNotSent. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
}

export interface MailEvents {
  mailSent(event: { readonly attempts: number }): void;
  /** `willRetry` false: it was given up. Advice: look at the mail server's address, credentials and log. */
  mailNotSent(event: { readonly code: string; readonly attempts: number; readonly willRetry: boolean }): void;
}

const AT_ONCE_MAX = 4;
/** The longest nap; a new mail wakes earlier. */
const NAP_MS = 30_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_LAST_MS = 10 * 60_000;
/** Mails that cannot ever be sent must not be tried for ever. */
const ATTEMPTS_MAX = 20;

/** Given as the reason, since without one the platform makes an error, with a stack, for every mail. */
const WOKEN = 'there is a new mail';

export interface DeliverOutboxDeps {
  readonly store: OutboxStore;
  readonly box: DataBox;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly events: MailEvents;
}

export interface OutboxDelivery {
  /** Ends the current nap. */
  wake(): void;
  /** Runs until the signal aborts; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due now. */
  deliverDue(signal: AbortSignal): Promise<void>;
}

export function createOutboxDelivery(deps: DeliverOutboxDeps): OutboxDelivery {
  const { store, box, mailer, clock, events } = deps;
  let napping = new AbortController();

  async function deliverDue(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = await store.due(clock.nowMs(), AT_ONCE_MAX);
      if (due.length === 0 || signal.aborted) return;
      await Promise.all(due.map((mail) => deliver(mail, signal)));
    }
  }

  async function deliver(waiting: WaitingMail, signal: AbortSignal): Promise<void> {
    const attempts = waiting.attempts + 1;
    if (clock.nowMs() >= waiting.notAfterMs) return store.remove(waiting.id);
    try {
      await mailer.send(openMail(box, waiting), signal);
      await store.remove(waiting.id);
      events.mailSent({ attempts });
    } catch (error) {
      if (signal.aborted) return;
      const nextMs = clock.nowMs() + Math.min(RETRY_FIRST_MS * 2 ** waiting.attempts, RETRY_LAST_MS);
      const willRetry = attempts < ATTEMPTS_MAX && nextMs < waiting.notAfterMs;
      events.mailNotSent({ code: codeOf(error), attempts, willRetry });
      await (willRetry ? store.postpone(waiting.id, nextMs) : store.remove(waiting.id));
    }
  }

  return {
    deliverDue,
    wake: () => napping.abort(WOKEN),
    async run(signal) {
      while (!signal.aborted) {
        napping = new AbortController();
        const either = AbortSignal.any([signal, napping.signal]);
        try {
          await deliverDue(signal);
        } catch (error) {
          // The store is away: as long as that lasts nothing can be sent, and the next turn asks again.
          events.mailNotSent({ code: codeOf(error), attempts: 0, willRetry: true });
        }
        // Rejects when woken or stopped: both mean going on to the loop's head.
        await wait(clock, NAP_MS, either).catch(() => undefined);
      }
    },
  };
}
