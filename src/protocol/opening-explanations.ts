// Opens what an agent says of a refused password, with the key kept when that password was sealed. Runs in browsers and in Node.

import { fromBase64Url } from './base64url.js';
import {
  EXPLANATION_LABEL,
  EXPLANATION_NONCE_BYTES,
  type PasswordExplanation,
  readExplanation,
  type SealedExplanation,
} from './sealed-explanation.js';

/** Undefined where it does not open, or says nothing that is known here: the refusal stands without it. Never rejects. */
export async function openExplanation(
  { ciphertext }: Pick<SealedExplanation, 'ciphertext'>,
  key: Uint8Array<ArrayBuffer>,
): Promise<PasswordExplanation | undefined> {
  try {
    const bytes = fromBase64Url(ciphertext);
    const iv = bytes.subarray(0, EXPLANATION_NONCE_BYTES);
    const opener = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
    const algorithm = { name: 'AES-GCM', iv, additionalData: EXPLANATION_LABEL };
    const plaintext = await crypto.subtle.decrypt(algorithm, opener, bytes.subarray(EXPLANATION_NONCE_BYTES));
    return readExplanation(new Uint8Array(plaintext));
  } catch {
    return undefined;
  }
}
