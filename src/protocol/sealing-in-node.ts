// Seals as sealing.ts does, for callers of the API that run in Node: the same bytes, made without WebCrypto (see hpke.ts).
// Never reached from a browser's bundle; test/architecture holds that.

import { sealBase } from './hpke.js';
import { EXPLANATION_LABEL } from './sealed-explanation.js';
import {
  aadOf,
  padded,
  SEALING_INFO,
  type SealedPassword,
  type SealingContext,
  type SealingRecipient,
} from './sealed-password.js';

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
  return sealOne(options).sealed;
}

function sealOne(options: Sealing & { readonly recipient: SealingRecipient }) {
  const { password, currentPassword, recipient, context } = options;
  const { keyId, publicKey: recipientPublicKey } = recipient;
  const plaintext = padded({ password, currentPassword });
  try {
    const bound = { recipientPublicKey, info: SEALING_INFO, aad: aadOf(keyId, context) };
    const { enc, ciphertext, exportSecret } = sealBase(plaintext, bound);
    const sealed: SealedPassword = { keyId, enc: textOf(enc), ciphertext: textOf(ciphertext) };
    return { sealed, explanationKey: () => Uint8Array.from(exportSecret(EXPLANATION_LABEL)) };
  } finally {
    plaintext.fill(0);
  }
}

/** Seals for every live agent: whichever of them is asked can open its own. */
export async function sealForAll(
  options: Sealing & { readonly recipients: readonly SealingRecipient[] },
): Promise<SealedPassword[]> {
  const { recipients, ...sealing } = options;
  return recipients.map((recipient) => sealOne({ ...sealing, recipient }).sealed);
}

/** As sealForAll, with the keys of what each recipient may say of a password that it refuses. See opening-explanations.ts. */
export async function sealForAllKeepingKeys(
  options: Sealing & { readonly recipients: readonly SealingRecipient[] },
): Promise<{ readonly sealed: SealedPassword; readonly explanationKey: Uint8Array<ArrayBuffer> }[]> {
  const { recipients, ...sealing } = options;
  return recipients.map((recipient) => {
    const { sealed, explanationKey } = sealOne({ ...sealing, recipient });
    return { sealed, explanationKey: explanationKey() };
  });
}

/** As toBase64Url, in Node's own code. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
