// Seals a password in the browser so that one agent alone can open it, for one account, one operation, until one instant.
// HPKE (RFC 9180) base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The front door only passes it on.
// Runs in browsers and in Node alike; callers in Node have a faster way (sealing-in-node.ts), and opening is in unsealing.ts.
// One fresh context per message: a shared sender context has reused nonces.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { toBase64Url } from './base64url.js';
import { type KeyId, parseKeyId } from './identifiers.js';
import { EXPLANATION_KEY_BYTES, EXPLANATION_LABEL } from './sealed-explanation.js';
import {
  aadOf,
  padded,
  SEALING_INFO,
  type SealedPassword,
  type SealingContext,
  type SealingRecipient,
} from './sealed-password.js';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

interface Sealing {
  readonly password: string;
  /** For a change: the password that is in force now. Refused, as not opening, with any other operation. */
  readonly currentPassword?: string | undefined;
  readonly context: SealingContext;
}

/** Seals `password` (already admitted, see password-text.ts) for one recipient. */
export async function sealPassword(
  options: Sealing & { readonly recipient: SealingRecipient },
): Promise<SealedPassword> {
  const { sealed } = await sealOne(options);
  return sealed;
}

async function sealOne(options: Sealing & { readonly recipient: SealingRecipient }) {
  const { password, currentPassword, recipient, context } = options;
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient.publicKey);
  const sender = await suite.createSenderContext({ recipientPublicKey, info: SEALING_INFO });
  const plaintext = padded({ password, currentPassword });
  try {
    const ciphertext = await sender.seal(plaintext, aadOf(recipient.keyId, context));
    const sealed: SealedPassword = {
      keyId: recipient.keyId,
      enc: toBase64Url(new Uint8Array(sender.enc)),
      ciphertext: toBase64Url(new Uint8Array(ciphertext)),
    };
    return { sealed, explanationKey: new Uint8Array(await sender.export(EXPLANATION_LABEL, EXPLANATION_KEY_BYTES)) };
  } finally {
    plaintext.fill(0);
  }
}

/** Seals for every live agent: whichever of them is asked can open its own. */
export async function sealForAll(
  options: Sealing & { readonly recipients: readonly SealingRecipient[] },
): Promise<SealedPassword[]> {
  const all = await sealForAllKeepingKeys(options);
  return all.map(({ sealed }) => sealed);
}

/** As sealForAll, with the keys of what each recipient may say of a password that it refuses. See opening-explanations.ts. */
export function sealForAllKeepingKeys(
  options: Sealing & { readonly recipients: readonly SealingRecipient[] },
): Promise<{ readonly sealed: SealedPassword; readonly explanationKey: Uint8Array<ArrayBuffer> }[]> {
  const { recipients, ...sealing } = options;
  return Promise.all(recipients.map((recipient) => sealOne({ ...sealing, recipient })));
}

/** The key id of an uncompressed P-256 public key. */
export async function keyIdOf(publicKey: Uint8Array): Promise<KeyId> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(publicKey)));
  return parseKeyId(toBase64Url(digest.subarray(0, 16)));
}
