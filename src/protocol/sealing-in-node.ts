// Seals as sealing.ts does, for callers of the API that run in Node: the same bytes, made without WebCrypto (see hpke.ts).
// Never reached from a browser's bundle; test/architecture holds that.

import { sealBase } from './hpke.js';
import {
  aadOf,
  padded,
  SEALING_INFO,
  type SealedPassword,
  type SealingContext,
  type SealingRecipient,
} from './sealed-password.js';

/** Seals `password` (already admitted, see password-text.ts) for one recipient. */
export async function sealPassword(options: {
  readonly password: string;
  /** For a change: the password that is in force now. Refused, as not opening, with any other operation. */
  readonly currentPassword?: string | undefined;
  readonly recipient: SealingRecipient;
  readonly context: SealingContext;
}): Promise<SealedPassword> {
  const { password, currentPassword, recipient, context } = options;
  const { keyId, publicKey: recipientPublicKey } = recipient;
  const plaintext = padded({ password, currentPassword });
  try {
    const bound = { recipientPublicKey, info: SEALING_INFO, aad: aadOf(keyId, context) };
    const { enc, ciphertext } = sealBase(plaintext, bound);
    return { keyId, enc: textOf(enc), ciphertext: textOf(ciphertext) };
  } finally {
    plaintext.fill(0);
  }
}

/** Seals for every live agent: whichever of them is asked can open its own. */
export async function sealForAll(options: {
  readonly password: string;
  readonly currentPassword?: string | undefined;
  readonly recipients: readonly SealingRecipient[];
  readonly context: SealingContext;
}): Promise<SealedPassword[]> {
  const { recipients, ...sealing } = options;
  return Promise.all(recipients.map((recipient) => sealPassword({ ...sealing, recipient })));
}

/** As toBase64Url, in Node's own code. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
