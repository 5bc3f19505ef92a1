// An agent's published sealing key: signed with the agent's identity key, valid for a stated time.
// Whoever holds the identity key's fingerprint can check it without believing the front door.

import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { fromBase64Url, MalformedBase64Url, toBase64Url } from './base64url.js';
import { canonicalBytes } from './canonical-bytes.js';
import { ed25519PublicKey } from './handshake.js';
import type { AgentId, TenantId } from './identifiers.js';
import { identifierSchemas } from './managed-accounts.js';
import { keyIdOf } from './sealing.js';

export const sealingKeySchema = z.strictObject({
  keyId: identifierSchemas.keyId,
  /** Uncompressed P-256 point, 65 bytes, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
  notBeforeMs: z.int(),
  notAfterMs: z.int(),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

export type SealingKey = z.infer<typeof sealingKeySchema>;

export function signSealingKey(
  key: Omit<SealingKey, 'signature'>,
  owner: { readonly tenantId: TenantId; readonly agentId: AgentId; readonly identity: KeyObject },
): SealingKey {
  return { ...key, signature: toBase64Url(sign(null, signedBytes(key, owner), owner.identity)) };
}

/** True when the agent's identity signed it, its id is that of its bytes, and `atMs` lies in its time. */
export async function isValidSealingKey(
  key: SealingKey,
  owner: { readonly tenantId: TenantId; readonly agentId: AgentId; readonly identityPublicKey: Uint8Array },
  atMs: number,
): Promise<boolean> {
  if (atMs < key.notBeforeMs || atMs > key.notAfterMs) return false;
  try {
    if ((await keyIdOf(fromBase64Url(key.publicKey))) !== key.keyId) return false;
    const signature = fromBase64Url(key.signature);
    return verify(null, signedBytes(key, owner), ed25519PublicKey(owner.identityPublicKey), signature);
  } catch (error) {
    // Another spelling of its bytes than the only one: somebody made it by hand.
    if (error instanceof MalformedBase64Url) return false;
    throw error;
  }
}

function signedBytes(
  key: Omit<SealingKey, 'signature'>,
  owner: { readonly tenantId: TenantId; readonly agentId: AgentId },
): Uint8Array {
  return canonicalBytes('drawbridge/sealing-key/1', [
    owner.tenantId,
    owner.agentId,
    key.keyId,
    key.publicKey,
    BigInt(key.notBeforeMs),
    BigInt(key.notAfterMs),
  ]);
}
