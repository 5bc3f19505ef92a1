// The front door's own sealing key, for cloud-only accounts alone: one way through the browser for every password.
// Lives in this process: what was sealed before a restart is refused, and the person types again.

import { toBase64Url } from '../../protocol/base64url.js';
import { type HpkeKeyPair, makeHpkeKeyPair } from '../../protocol/hpke.js';
import type { KeyId } from '../../protocol/identifiers.js';
import { keyIdOf } from '../../protocol/sealing.js';

export interface OwnSealingKey {
  readonly keyId: KeyId;
  /** Uncompressed P-256 point, base64url. */
  readonly publicKey: string;
  readonly pair: HpkeKeyPair;
}

export async function makeOwnSealingKey(): Promise<OwnSealingKey> {
  const pair = makeHpkeKeyPair();
  return { keyId: await keyIdOf(pair.publicKey), publicKey: toBase64Url(pair.publicKey), pair };
}
