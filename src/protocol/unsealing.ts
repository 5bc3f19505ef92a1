// Opens a sealed password, in the agent and, for accounts of its own, in the front door. Node only: no browser ever opens one.
// That it opens says nothing of replay: the same bytes open again, so the caller keeps a ledger of reset ids.

import { assert } from '../failure/assert.js';
import { Failure } from '../failure/failure.js';
import { type HpkeKeyPair, openBase } from './hpke.js';
import {
  aadOf,
  SEALING_INFO,
  type SealedPassword,
  type SealedTexts,
  type SealingContext,
  UnsealingFailed,
  unpadded,
} from './sealed-password.js';

export interface Unsealing {
  readonly sealed: SealedPassword;
  readonly keyPair: HpkeKeyPair;
  readonly context: SealingContext;
}

/** The new password alone, where nothing else is sealed. See openSealedPasswords. */
export function openSealedPassword(options: Unsealing): Uint8Array {
  assert(options.context.operation !== 'change', 'a change holds the current password too');
  return openSealedPasswords(options).password;
}

/** The UTF-8 bytes returned are the caller's to zero. Throws UnsealingFailed. */
export function openSealedPasswords(options: Unsealing): SealedTexts<Uint8Array> {
  const { sealed, keyPair, context } = options;
  const { keyId, enc, ciphertext } = sealed;
  try {
    const aad = aadOf(keyId, context);
    const message = { enc: bytesOf(enc), ciphertext: bytesOf(ciphertext) };
    const plaintext = openBase(message, { recipient: keyPair, info: SEALING_INFO, aad });
    return unpadded(plaintext, context.operation);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new UnsealingFailed('the sealed password does not open for this account, request and key', { cause: error });
  }
}

/** As fromBase64Url, strictly, in Node's own code: this is a kilobyte and a half of text for every reset. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new UnsealingFailed('base64url text that is not its only spelling');
  return bytes;
}
