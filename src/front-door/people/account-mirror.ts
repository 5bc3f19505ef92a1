// The port for the mirror of the directory's accounts that sync keeps. The agent is the authority; this may be minutes old.

import { Failure } from '../../failure/failure.js';
import type { AccountAnchor, AgentId, TenantId } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';

/** Which cycle of which agent a batch belongs to. */
export interface SyncSource {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly generation: number;
}

export type MirroredAccount =
  /** `sourceAgentId`: the agent whose read saw it last; undefined where only a live inspection has. */
  | { readonly kind: 'found'; readonly account: ManagedAccount; readonly sourceAgentId: AgentId | undefined }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ambiguous' };

/** The mirror takes no further accounts of this tenant. */
export class MirrorFull extends Failure {
  readonly code = 'mirror-full';
  readonly retry = { mayRetry: false, why: 'accounts that are gone are deleted after a month' };
}

/** How many accounts one tenant may have in the mirror; at this many no cycle begins, and what is there stays. */
export const MIRRORED_ACCOUNTS_MAX = 1_000_000;

export interface AccountMirror {
  /** A cycle begins, and the agent's earlier ones are over, whatever their generation: it may have lost its count. Throws MirrorFull. */
  beginCycle(source: SyncSource): Promise<void>;
  /** Adds or replaces accounts; the same batch twice changes nothing. Committed when it resolves. */
  applyBatch(source: SyncSource, accounts: readonly ManagedAccount[]): Promise<void>;
  /**
   * The read was complete: accounts that this agent's reads saw last, and this one did not, are no longer offered. Another
   * agent's accounts are left to that agent's reads, unless it was revoked: agents may read different parts of a directory.
   */
  completeCycle(source: SyncSource): Promise<void>;
  /** Replaces one account that was just inspected live. Whose reads it belongs to stays as it was. */
  refresh(tenantId: TenantId, account: ManagedAccount): Promise<void>;
  /** Looks a user ID up (UPN, mail, sAMAccountName, DOMAIN\name) as the agent would, for when no agent answers. */
  find(tenantId: TenantId, userId: string): Promise<MirroredAccount>;
  /** The account of this anchor, as last seen; undefined where it is gone or was never seen. */
  read(tenantId: TenantId, anchor: AccountAnchor): Promise<ManagedAccount | undefined>;
  count(tenantId: TenantId): Promise<number>;
}
