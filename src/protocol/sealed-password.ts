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

/** The caller's to zero. Throws UnsealingFailed. */
export function padded(password: string): Uint8Array {
  const bytes = new TextEncoder().encode(password);
  if (bytes.length > PLAINTEXT_BYTES - 2) throw new UnsealingFailed('a password of more bytes than can be sealed');
  const plaintext = new Uint8Array(PLAINTEXT_BYTES);
  new DataView(plaintext.buffer).setUint16(0, bytes.length);
  plaintext.set(bytes, 2);
  bytes.fill(0);
  return plaintext;
}

/** A copy: the padded text is zeroed. Throws UnsealingFailed. */
export function unpadded(plaintext: Uint8Array): Uint8Array {
  try {
    const { buffer, byteOffset } = plaintext;
    const length = plaintext.length === PLAINTEXT_BYTES ? new DataView(buffer, byteOffset).getUint16(0) : -1;
    const isPaddedRight =
      length > 0 && length <= PLAINTEXT_BYTES - 2 && plaintext.subarray(2 + length).every((b) => b === 0);
    if (!isPaddedRight) throw new UnsealingFailed('the sealed text is not padded as it should be');
    return Uint8Array.from(plaintext.subarray(2, 2 + length));
  } finally {
    plaintext.fill(0);
  }
}
