// The outbox as subjects see it: takes a mail over, encrypted, into the store, and wakes whoever delivers.
// Each mail is bound to its row: swapped bytes do not open.

import { z } from 'zod';
import type { Clock } from '../../timing/clock.js';
import type { DataBox } from '../methods/data-box.js';
import type { Outbox, OutgoingMail } from './outbox.js';
import type { OutboxStore } from './outbox-store.js';

const mailSchema = z
  .object({
    to: z.array(z.string()).min(1),
    subject: z.string(),
    text: z.string(),
    html: z.string().optional(),
    fromName: z.string(),
    replyTo: z.string().optional(),
  })
  .transform(({ html, replyTo, ...mail }): OutgoingMail => ({ ...mail, html, replyTo }));

export function sealedOutbox(deps: {
  readonly store: OutboxStore;
  readonly box: DataBox;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Called after each mail taken; must return at once. */
  readonly wake: () => void;
}): Outbox {
  const { store, box, clock, randomUuid, wake } = deps;
  return {
    async put(mail, notAfterMs) {
      const id = randomUuid();
      const sealedMail = box.seal(id, new TextEncoder().encode(JSON.stringify(mail)));
      const isTaken = await store.add({ id, sealedMail, notAfterMs }, clock.nowMs());
      if (isTaken) wake();
      return isTaken;
    },
  };
}

/** Throws DataBoxNotOpened. */
export function openMail(
  box: DataBox,
  waiting: { readonly id: string; readonly sealedMail: Uint8Array },
): OutgoingMail {
  const text = new TextDecoder().decode(box.open(waiting.id, waiting.sealedMail));
  return mailSchema.parse(JSON.parse(text));
}
