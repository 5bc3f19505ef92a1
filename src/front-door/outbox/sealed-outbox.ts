// An outbox as subjects see it: takes a letter over, encrypted, into the store, and wakes whoever delivers.
// Each letter is bound to its row: swapped bytes do not open.

import { z } from 'zod';
import type { Clock } from '../../timing/clock.js';
import type { DataBox } from '../methods/data-box.js';
import type { OutgoingMail } from './outbox.js';
import type { OutboxStore, WaitingLetter } from './outbox-store.js';

/** Checks what was kept as JSON. */
export type ReadLetter<Letter> = (kept: unknown) => Letter;

/** Where letters of one kind are handed over. Of mails it is the port Outbox. */
export interface LetterBox<Letter> {
  /** Takes the letter over until `notAfterMs`, after which it is not sent any more. False when there is no room. */
  put(letter: Letter, notAfterMs: number): Promise<boolean>;
}

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

export const readMail: ReadLetter<OutgoingMail> = (kept) => mailSchema.parse(kept);

export function sealedOutbox<Letter = OutgoingMail>(deps: {
  readonly store: OutboxStore;
  readonly box: DataBox;
  readonly clock: Clock;
  readonly randomUuid: () => string;
  /** Called after each letter taken; must return at once. */
  readonly wake: () => void;
}): LetterBox<Letter> {
  const { store, box, clock, randomUuid, wake } = deps;
  return {
    async put(letter, notAfterMs) {
      const id = randomUuid();
      const sealedLetter = box.seal(id, new TextEncoder().encode(JSON.stringify(letter)));
      const isTaken = await store.add({ id, sealedLetter, notAfterMs }, clock.nowMs());
      if (isTaken) wake();
      return isTaken;
    },
  };
}

/** Throws DataBoxNotOpened. */
export function openLetter<Letter>(
  box: DataBox,
  { id, sealedLetter }: Pick<WaitingLetter, 'id' | 'sealedLetter'>,
  read: ReadLetter<Letter>,
): Letter {
  return read(JSON.parse(new TextDecoder().decode(box.open(id, sealedLetter))));
}
