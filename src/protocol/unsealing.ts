// Opens a sealed password, in the agent and, for accounts of its own, in the front door. Node only: no browser ever opens one.
// That it opens says nothing of replay: the same bytes open again, so the caller keeps a ledger of reset ids.

import { createCipheriv, randomBytes } from 'node:crypto';
import { assert } from '../failure/assert.js';
import { Failure } from '../failure/failure.js';
import { type HpkeKeyPair, openBase } from './hpke.js';
import type { KeyId } from './identifiers.js';
import {
  EXPLANATION_LABEL,
  EXPLANATION_NONCE_BYTES,
  type PasswordExplanation,
  paddedExplanation,
  type SealedExplanation,
} from './sealed-explanation.js';
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

/** What was sealed, and how to say of it what only its sealer may read. */
export interface OpenedSeal extends SealedTexts<Uint8Array> {
  /** Undefined where it does not fit. */
  readonly explain: (explanation: PasswordExplanation) => SealedExplanation | undefined;
}

/** The UTF-8 bytes returned are the caller's to zero. Throws UnsealingFailed. */
export function openSealedPasswords(options: Unsealing): OpenedSeal {
  const { sealed, keyPair, context } = options;
  const { keyId, enc, ciphertext } = sealed;
  try {
    const aad = aadOf(keyId, context);
    const message = { enc: bytesOf(enc), ciphertext: bytesOf(ciphertext) };
    const { plaintext, exportSecret } = openBase(message, { recipient: keyPair, info: SEALING_INFO, aad });
    const explain = (explanation: PasswordExplanation) => sealExplanation(keyId, exportSecret, explanation);
    return { ...unpadded(plaintext, context.operation), explain };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new UnsealingFailed('the sealed password does not open for this account, request and key', { cause: error });
  }
}

/** A nonce of chance: the same seal may be opened, and refused, more than once. */
function sealExplanation(
  keyId: KeyId,
  exportSecret: (exporterContext: Uint8Array) => Uint8Array,
  explanation: PasswordExplanation,
): SealedExplanation | undefined {
  const plaintext = paddedExplanation(explanation);
  if (plaintext === undefined) return undefined;
  const nonce = randomBytes(EXPLANATION_NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', exportSecret(EXPLANATION_LABEL), nonce).setAAD(EXPLANATION_LABEL);
  const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { keyId, ciphertext: sealed.toString('base64url') };
}

/** As fromBase64Url, strictly, in Node's own code: this is a kilobyte and a half of text for every reset. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new UnsealingFailed('base64url text that is not its only spelling');
  return bytes;
}
