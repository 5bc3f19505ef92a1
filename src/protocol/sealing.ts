// Seals a password in the browser so that one agent alone can open it, for one account, one operation, until one instant.
// HPKE (RFC 9180) base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The front door only passes it on.
// Runs in browsers, API callers and the agent. One fresh context per message: a shared sender context has reused nonces.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { Failure } from '../failure/failure.js';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { canonicalBytes } from './canonical-bytes.js';
import { type AccountAnchor, type KeyId, parseKeyId, type ResetId, type TenantId } from './identifiers.js';
import type { Operation, ResetFlags } from './operations.js';

/** Everything a sealed password is bound to. Change one field and it does not open. */
export interface SealingContext {
  readonly tenantId: TenantId;
  readonly resetId: ResetId;
  readonly anchor: AccountAnchor;
  readonly operation: Operation;
  readonly flags: ResetFlags;
  /** After this instant (ms since 1970 UTC) the agent refuses it. */
  readonly notAfterMs: number;
}

/** An agent's public sealing key: `publicKey` is the uncompressed P-256 point, 65 bytes. */
export interface SealingRecipient {
  readonly keyId: KeyId;
  readonly publicKey: Uint8Array;
}

/** base64url fields; `enc` is 65 bytes, `ciphertext` is PLAINTEXT_BYTES + 16. */
export interface SealedPassword {
  readonly keyId: KeyId;
  readonly enc: string;
  readonly ciphertext: string;
}

/**
 * An agent's private sealing key. The pair opens faster, and its private half need not be extractable: from a private key
 * alone the public one has to be derived first.
 */
export type SealingPrivateKey = CryptoKeyPair | CryptoKey;

/** The sealed password was not made for this key and this context, or was altered. */
export class UnsealingFailed extends Failure {
  readonly code = 'unsealing-failed';
  readonly retry = { mayRetry: false, why: 'the same bytes will not open either' };
}

/** Every plaintext has this size, so that the length of a password cannot be seen from outside. */
export const PLAINTEXT_BYTES = 1024;

const INFO = new TextEncoder().encode('drawbridge/seal/1;DHKEM-P256-HKDF-SHA256;HKDF-SHA256;AES-256-GCM');
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Seals `password` (already admitted, see password-text.ts) for one recipient. */
export async function sealPassword(options: {
  readonly password: string;
  readonly recipient: SealingRecipient;
  readonly context: SealingContext;
}): Promise<SealedPassword> {
  const { password, recipient, context } = options;
  const recipientPublicKey = await suite.kem.deserializePublicKey(recipient.publicKey);
  const sender = await suite.createSenderContext({ recipientPublicKey, info: INFO });
  const plaintext = pad(password);
  try {
    const ciphertext = await sender.seal(plaintext, aadOf(recipient.keyId, context));
    return {
      keyId: recipient.keyId,
      enc: toBase64Url(new Uint8Array(sender.enc)),
      ciphertext: toBase64Url(new Uint8Array(ciphertext)),
    };
  } finally {
    plaintext.fill(0);
  }
}

/** Seals for every live agent: whichever of them is asked can open its own. */
export function sealForAll(options: {
  readonly password: string;
  readonly recipients: readonly SealingRecipient[];
  readonly context: SealingContext;
}): Promise<SealedPassword[]> {
  const { password, recipients, context } = options;
  return Promise.all(recipients.map((recipient) => sealPassword({ password, recipient, context })));
}

/**
 * Opens a sealed password; the UTF-8 bytes returned are the caller's to zero. Throws UnsealingFailed. That it opens says
 * nothing of replay: the same bytes open again, so the caller keeps a ledger of reset ids.
 */
export async function openSealedPassword(options: {
  readonly sealed: SealedPassword;
  readonly privateKey: SealingPrivateKey;
  readonly context: SealingContext;
}): Promise<Uint8Array> {
  const { sealed, privateKey, context } = options;
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: privateKey,
      enc: fromBase64Url(sealed.enc),
      info: INFO,
    });
    const aad = aadOf(sealed.keyId, context);
    return unpad(new Uint8Array(await recipient.open(fromBase64Url(sealed.ciphertext), aad)));
  } catch (error) {
    throw new UnsealingFailed('the sealed password does not open for this account, request and key', { cause: error });
  }
}

/** The key id of an uncompressed P-256 public key. */
export async function keyIdOf(publicKey: Uint8Array): Promise<KeyId> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(publicKey)));
  return parseKeyId(toBase64Url(digest.subarray(0, 16)));
}

function aadOf(keyId: KeyId, context: SealingContext): Uint8Array {
  return canonicalBytes('drawbridge/seal-aad/1', [
    context.tenantId,
    keyId,
    context.resetId,
    context.anchor,
    context.operation,
    `unlock=${context.flags.unlock ? 1 : 0};must-change=${context.flags.mustChange ? 1 : 0}`,
    BigInt(context.notAfterMs),
  ]);
}

function pad(password: string): Uint8Array {
  const bytes = new TextEncoder().encode(password);
  if (bytes.length > PLAINTEXT_BYTES - 2) throw new UnsealingFailed('a password of more bytes than can be sealed');
  const padded = new Uint8Array(PLAINTEXT_BYTES);
  new DataView(padded.buffer).setUint16(0, bytes.length);
  padded.set(bytes, 2);
  bytes.fill(0);
  return padded;
}

function unpad(padded: Uint8Array): Uint8Array {
  try {
    const length = padded.length === PLAINTEXT_BYTES ? new DataView(padded.buffer).getUint16(0) : -1;
    const isPaddedRight =
      length > 0 && length <= PLAINTEXT_BYTES - 2 && padded.subarray(2 + length).every((b) => b === 0);
    if (!isPaddedRight) throw new UnsealingFailed('the sealed text is not padded as it should be');
    return padded.slice(2, 2 + length);
  } finally {
    padded.fill(0);
  }
}
