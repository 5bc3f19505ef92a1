// The port for the audit journal: every answer leaves a line, chained to the one before, joined to the agent's by the reset id.
// Holds no secret and no user ID in clear: whom a line is about stands there as an anchor or a keyed hash.

import type { ChainedEntry, ChainLink } from '../../protocol/audit-chain.js';
import type { AccountAnchor, AgentId, ResetId, TenantId } from '../../protocol/identifiers.js';

export const AUDIT_EVENTS = [
  'challenge-failed',
  'route-decided',
  'code-sent',
  'code-not-sent',
  /** The organisation's text messages have cost as much as they may on one day. */
  'texts-stopped',
  'proof-succeeded',
  'proof-failed',
  'reset-answered',
  'unlock-answered',
  'sign-in-answered',
  'change-answered',
  'method-added',
  'method-removed',
  'administrator-contacted',
  'account-disowned',
  'invalidation-answered',
  'agent-enrolled',
  'authenticator-registered',
  'recovery-codes-made',
  'throttles-cleared',
  'token-issued',
  'token-revoked',
  'enrolment-code-issued',
  'agent-revoked',
  'cloud-account-added',
  'api-called',
  'policy-put',
] as const;
export type AuditEvent = (typeof AUDIT_EVENTS)[number];

export interface AuditFields {
  readonly tenantId?: TenantId | undefined;
  /** The flow's support id, which the person can quote. */
  readonly supportId?: string | undefined;
  readonly agentId?: AgentId | undefined;
  readonly anchor?: AccountAnchor | undefined;
  /** Keyed hash of what was typed, where no account was found. */
  readonly typedHash?: string | undefined;
  /** The API token another portal called with, and what it called for. */
  readonly tokenId?: string | undefined;
  readonly operation?: string | undefined;
  readonly method?: string | undefined;
  /** What came of it, in codes: a route, an outcome; and why. */
  readonly result?: string | undefined;
  readonly reason?: string | undefined;
}

export interface AuditRecord {
  readonly event: AuditEvent;
  readonly resetId?: ResetId | undefined;
  readonly fields: AuditFields;
}

export interface AuditJournal {
  append(record: AuditRecord): Promise<void>;
  /** Up to 1000 entries after this sequence number (0: from the oldest kept), oldest first. */
  entriesAfter(sequence: number): Promise<readonly ChainedEntry[]>;
  /** The newest entries, oldest first. */
  latest(countMax: number): Promise<readonly ChainedEntry[]>;
  /** What one reset left, oldest first, up to 1000 entries. */
  ofReset(resetId: ResetId): Promise<readonly ChainedEntry[]>;
  /** What one visit of a person left, by the support id on its pages and mails, oldest first, up to 1000 entries. */
  ofVisit(supportId: string): Promise<readonly ChainedEntry[]>;
  /** The entry before the oldest kept: where verifying starts. */
  start(): Promise<ChainLink>;
}
