// The port for the audit journal: every answer leaves a line, chained to the one before, joined to the agent's by the reset id.
// Holds no secret and no user ID in clear: who a line is about stands there as an anchor or a keyed hash.

import type { AccountAnchor, AgentId, ResetId, TenantId } from '../../protocol/identifiers.js';

export const AUDIT_EVENTS = [
  'flow-started',
  'challenge-failed',
  'route-decided',
  'code-sent',
  'proof-succeeded',
  'proof-failed',
  'blocked',
  'reset-answered',
  'unlock-answered',
  'administrator-contacted',
  'agent-enrolled',
  'authenticator-registered',
  'api-called',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

export interface AuditRecord {
  readonly event: AuditEvent;
  readonly tenantId?: TenantId | undefined;
  /** The flow's support id, which the person can quote. */
  readonly supportId?: string | undefined;
  readonly resetId?: ResetId | undefined;
  readonly agentId?: AgentId | undefined;
  readonly anchor?: AccountAnchor | undefined;
  /** Keyed hash of what was typed, where no account was found. */
  readonly typedHash?: string | undefined;
  /** What came of it, in codes: a route and its reason, an outcome, a method. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditJournal {
  append(record: AuditRecord): Promise<void>;
}

export interface AuditLine {
  readonly sequence: number;
  readonly atMs: number;
  /** Canonical text of the record, as it was hashed. */
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}
