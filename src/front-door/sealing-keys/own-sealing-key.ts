// The front door's own sealing key, for cloud-only accounts alone: one way through the browser for every password.
// Lives in this process: what was sealed before a restart is refused, and the person types again.

import { DhkemP256HkdfSha256 } from '@hpke/core';
import { toBase64Url } from '../../protocol/base64url.js';
import type { KeyId } from '../../protocol/identifiers.js';
import { keyIdOf } from '../../protocol/sealing.js';

export interface OwnSealingKey {
  readonly keyId: KeyId;
  /** Uncompressed P-256 point, base64url. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

export async function makeOwnSealingKey(): Promise<OwnSealingKey> {
  const kem = new DhkemP256HkdfSha256();
  const { publicKey, privateKey } = await kem.generateKeyPair();
  const bytes = new Uint8Array(await kem.serializePublicKey(publicKey));
  return { keyId: await keyIdOf(bytes), publicKey: toBase64Url(bytes), privateKey };
}
