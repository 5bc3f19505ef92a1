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

export interface AgentRegistry {
  /** Keeps a code until its `notAfterMs`, or its first use. */
  addCode(code: IssuedCodeKeys): Promise<void>;
  /** Takes the code away, whatever comes of the enrolment; undefined if unknown, used or too old. */
  takeCode(codeId: Uint8Array, nowMs: number): Promise<Pick<IssuedCodeKeys, 'tenantId' | 'codeKey'> | undefined>;
  add(agent: EnrolledAgent): Promise<void>;
  find(agentId: AgentId): Promise<EnrolledAgent | undefined>;
  list(tenantId: TenantId): Promise<readonly EnrolledAgent[]>;
  markSeen(agentId: AgentId, atMs: number): Promise<void>;
  /** False when there is no such agent. */
  revoke(agentId: AgentId): Promise<boolean>;
}
