// What a sealed password is, byte by byte, whoever seals or opens it: the info, the associated data and the padding.
// Runs in browsers and in Node, and does no cryptography.

import { Failure } from '../failure/failure.js';
import { canonicalBytes } from './canonical-bytes.js';
import type { AccountAnchor, KeyId, ResetId, TenantId } from './identifiers.js';
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

/** The sealed password was not made for this key and this context, or was altered. */
export class UnsealingFailed extends Failure {
  readonly code = 'unsealing-failed';
  readonly retry = { mayRetry: false, why: 'the same bytes will not open either' };
}

/** Every plaintext has this size, so that the length of a password cannot be seen from outside. */
export const PLAINTEXT_BYTES = 1024;

/** The `info` of every context. */
export const SEALING_INFO = new TextEncoder().encode(
  'drawbridge/seal/1;DHKEM-P256-HKDF-SHA256;HKDF-SHA256;AES-256-GCM',
);

export function aadOf(keyId: KeyId, context: SealingContext): Uint8Array {
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

/** The texts inside: the new password, and for a change the current one before it. */
export interface SealedTexts<Text> {
  readonly password: Text;
  readonly currentPassword: Text | undefined;
}

const LENGTH_BYTES = 2;

/**
 * Each password as a 16-bit big-endian length and its UTF-8 bytes, the current one first; zeros up to the end. The caller's to
 * zero. Throws UnsealingFailed when they do not fit.
 */
export function padded({ password, currentPassword }: SealedTexts<string>): Uint8Array<ArrayBuffer> {
  const plaintext = new Uint8Array(PLAINTEXT_BYTES);
  const view = new DataView(plaintext.buffer);
  let at = 0;
  for (const text of currentPassword === undefined ? [password] : [currentPassword, password]) {
    const bytes = new TextEncoder().encode(text);
    const end = at + LENGTH_BYTES + bytes.length;
    if (end > PLAINTEXT_BYTES) throw new UnsealingFailed('a password of more bytes than can be sealed');
    view.setUint16(at, bytes.length);
    plaintext.set(bytes, at + LENGTH_BYTES);
    bytes.fill(0);
    at = end;
  }
  return plaintext;
}

/** Copies, the caller's to zero: the padded text is zeroed. A change holds two passwords, every other operation one. Throws UnsealingFailed. */
export function unpadded(plaintext: Uint8Array, operation: Operation): SealedTexts<Uint8Array> {
  const taken: Uint8Array[] = [];
  try {
    const view = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
    let at = 0;
    const take = () => {
      const length = at + LENGTH_BYTES <= plaintext.length ? view.getUint16(at) : 0;
      const end = at + LENGTH_BYTES + length;
      if (length === 0 || end > plaintext.length) throw notPadded();
      const text = Uint8Array.from(plaintext.subarray(at + LENGTH_BYTES, end));
      taken.push(text);
      at = end;
      return text;
    };
    const currentPassword = operation === 'change' ? take() : undefined;
    const password = take();
    if (plaintext.length !== PLAINTEXT_BYTES || !plaintext.subarray(at).every((byte) => byte === 0)) throw notPadded();
    return { password, currentPassword };
  } catch (error) {
    for (const text of taken) text.fill(0);
    throw error;
  } finally {
    plaintext.fill(0);
  }
}

function notPadded(): UnsealingFailed {
  return new UnsealingFailed('the sealed text is not padded as it should be');
}
