// Encrypts what the store must be able to read again, such as authenticator secrets and mails that wait: AES-256-GCM.
// Each box is bound to its purpose and its owner, so that one row's bytes are worth nothing in another.

import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { Failure } from '../../failure/failure.js';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';

/** The bytes were not made with this key for this purpose and owner: another data key, or a row that was altered. */
export class DataBoxNotOpened extends Failure {
  readonly code = 'data-box-not-opened';
  readonly retry = { mayRetry: false, why: 'the same bytes will not open either' };
}

export interface DataBox {
  seal(owner: string, plaintext: Uint8Array): Uint8Array;
  /** Throws DataBoxNotOpened. */
  open(owner: string, sealed: Uint8Array): Uint8Array;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `dataKey`: 32 bytes. */
export function createDataBox(dataKey: Uint8Array, purpose: string): DataBox {
  const key = createSecretKey(dataKey);
  const aadOf = (owner: string) => canonicalBytes('drawbridge/data-box/1', [purpose, owner]);
  return {
    seal(owner, plaintext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(owner));
      return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    open(owner, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
        decipher.setAAD(aadOf(owner)).setAuthTag(sealed.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch (error) {
        throw new DataBoxNotOpened('stored data does not open with this data key', { cause: error });
      }
    },
  };
}
