// What the key ring needs of the place its private keys are kept. Knows nothing of files or key rings of the system.

import type { KeyId } from '../../protocol/identifiers.js';

/** One P-256 key pair and the times that rule it. */
export interface StoredSealingKey {
  readonly keyId: KeyId;
  /** Uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array;
  /** PKCS #8 (RFC 5208), DER. */
  readonly privateKey: Uint8Array;
  readonly notBeforeMs: number;
  /** From then on a successor is the one to seal to. */
  readonly rotateAtMs: number;
  /** From then on nothing sealed to it is opened any more, and it is deleted. */
  readonly notAfterMs: number;
}

export interface SealingKeyStore {
  /** Newest first; empty when there are none yet. Throws a Failure when they are there and cannot be used. */
  load(): Promise<readonly StoredSealingKey[]>;
  /** Replaces all, durably and whole or not at all: a key left out is gone. */
  save(keys: readonly StoredSealingKey[]): Promise<void>;
}
