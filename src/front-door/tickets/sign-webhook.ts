// Signs a message to a ticket system as Standard Webhooks 1.0.0 has it (symmetric, `v1`), so that any library for it can verify ours.
// Pure. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

import { createHmac } from 'node:crypto';

/** A secret as the specification writes it: `whsec_` and the base64 of so many random bytes. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;

/** The key's bytes; undefined when the text is no secret, or its key too short or too long. */
export function webhookKeyOf(text: string): Uint8Array | undefined {
  const [, encoded] = SECRET.exec(text) ?? [];
  if (encoded === undefined) return undefined;
  const key = Uint8Array.from(Buffer.from(encoded, 'base64'));
  return key.length >= SECRET_BYTES_MIN && key.length <= SECRET_BYTES_MAX ? key : undefined;
}

export interface SignedMessage {
  /** The same at every attempt: by it the receiver knows what it has already. */
  readonly id: string;
  /** When this attempt is made, in whole seconds since 1970: receivers refuse what is too old, so that nothing is replayed. */
  readonly timestampS: number;
  readonly body: string;
}

/** The headers that go with the body, exactly these bytes of it. */
export function webhookHeaders(message: SignedMessage, key: Uint8Array): Readonly<Record<string, string>> {
  const { id, timestampS, body } = message;
  const signature = createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestampS), 'webhook-signature': `v1,${signature}` };
}
