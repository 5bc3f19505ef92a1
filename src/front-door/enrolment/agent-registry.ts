// The port for what the front door knows of enrolled agents and their one-time codes. Keeps what a code is found by and
// checked with, never the code: the secret in it cannot be told from either.

import type { CodeKeys } from '../../protocol/enrolment-code.js';
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

export interface IssuedCodeKeys extends CodeKeys {
  readonly tenantId: TenantId;
  readonly notAfterMs: number;
}

export const ENROLMENT_LIMITS = {
  /** Codes that wait for their use, of all tenants; no further one is issued. They end after half an hour. */
  codesMax: 1_000,
  /** Agents of one tenant that were not revoked; no further code is issued. */
  agentsPerTenantMax: 200,
} as const;

export interface AgentRegistry {
  /** Keeps a code until its `notAfterMs`, or its first use. False when there are as many as there may be. */
  addCode(code: IssuedCodeKeys): Promise<boolean>;
  /** Takes the code away, whatever comes of the enrolment; undefined if unknown, used or too old. */
  takeCode(codeId: Uint8Array, nowMs: number): Promise<Pick<IssuedCodeKeys, 'tenantId' | 'codeKey'> | undefined>;
  add(agent: EnrolledAgent): Promise<void>;
  find(agentId: AgentId): Promise<EnrolledAgent | undefined>;
  list(tenantId: TenantId): Promise<readonly EnrolledAgent[]>;
  markSeen(agentId: AgentId, atMs: number): Promise<void>;
  /** False when there is no such agent. */
  revoke(agentId: AgentId): Promise<boolean>;
}
