// What enrolment leaves behind: who this agent is, and which front door it believes. Kept by a store, used by the link.

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { rawPublicKey } from '../../protocol/handshake.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';

export interface Identity {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  /** Ed25519; made on this machine and never leaves it. */
  readonly privateKey: KeyObject;
  /** Its public half, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The front door's Ed25519 key, 32 bytes, pinned at enrolment. */
  readonly frontDoorPublicKey: Uint8Array;
  /** `https://host[:port]`; the link goes to the same place. */
  readonly frontDoorUrl: string;
}

export type IdentityKey = Pick<Identity, 'privateKey' | 'publicKey'>;

/** A new Ed25519 key pair. */
export function makeIdentityKey(): IdentityKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(publicKey) };
}
