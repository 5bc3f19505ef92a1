// The port for what the front door knows of enrolled agents and their one-time codes. Stores hashes of codes, never codes.

import type { AgentId, TenantId } from '../../protocol/identifiers.js';

export interface EnrolledAgent {
  readonly agentId: AgentId;
  readonly tenantId: TenantId;
  readonly name: string;
  /** Ed25519, 32 bytes. */
  readonly identityPublicKey: Uint8Array;
  readonly enrolledAtMs: number;
  readonly lastSeenAtMs: number | undefined;
  readonly isRevoked: boolean;
}

export interface AgentRegistry {
  /** Keeps a code until `notAfterMs`. `secretHash` is the SHA-256 of its secret. */
  addCode(code: {
    readonly secretHash: Uint8Array;
    readonly tenantId: TenantId;
    readonly notAfterMs: number;
  }): Promise<void>;
  /** Takes the code away, whatever comes of the enrolment: its tenant, or undefined if unknown, used or too old. */
  takeCode(secretHash: Uint8Array, nowMs: number): Promise<TenantId | undefined>;
  add(agent: EnrolledAgent): Promise<void>;
  find(agentId: AgentId): Promise<EnrolledAgent | undefined>;
  list(tenantId: TenantId): Promise<readonly EnrolledAgent[]>;
  markSeen(agentId: AgentId, atMs: number): Promise<void>;
  /** False when there is no such agent. */
  revoke(agentId: AgentId): Promise<boolean>;
}
