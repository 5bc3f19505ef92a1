// The port for mails that wait to be sent. They are kept encrypted: a code must not be read out of the store.
// Knows neither who a mail is for nor what it says.

export interface WaitingMail {
  readonly id: string;
  readonly sealedMail: Uint8Array;
  readonly notAfterMs: number;
  readonly attempts: number;
}

export interface OutboxStore {
  /** False at the outbox's limit. */
  add(mail: Omit<WaitingMail, 'attempts'>, nowMs: number): Promise<boolean>;
  /** Mails whose turn it is, longest waiting first. */
  due(nowMs: number, limit: number): Promise<readonly WaitingMail[]>;
  postpone(id: string, nextAttemptAtMs: number): Promise<void>;
  remove(id: string): Promise<void>;
}
