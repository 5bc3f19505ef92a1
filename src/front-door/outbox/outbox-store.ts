// The port for letters that wait to be sent: mails, and messages to ticket systems, each kind in a store of its own, so that a ticket
// system that hangs holds no code up. They are kept encrypted: a code must not be read out of the store.
// Knows neither who a letter is for nor what it says.

export interface WaitingLetter {
  readonly id: string;
  readonly sealedLetter: Uint8Array;
  readonly notAfterMs: number;
  readonly attempts: number;
}

export interface OutboxStore {
  /** False at the outbox's limit. */
  add(letter: Omit<WaitingLetter, 'attempts'>, nowMs: number): Promise<boolean>;
  /** Letters whose turn it is, longest waiting first. */
  due(nowMs: number, limit: number): Promise<readonly WaitingLetter[]>;
  postpone(id: string, nextAttemptAtMs: number): Promise<void>;
  remove(id: string): Promise<void>;
}
