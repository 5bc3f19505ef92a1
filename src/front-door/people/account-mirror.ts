// The port for the mirror of the directory's accounts that sync keeps. The agent is the authority; this may be minutes old.

import type { AccountAnchor, AgentId, TenantId } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';

/** Which cycle of which agent a batch belongs to. */
export interface SyncSource {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  readonly generation: number;
}

export type MirroredAccount =
  | { readonly kind: 'found'; readonly account: ManagedAccount }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ambiguous' };

export interface AccountMirror {
  /** Adds or replaces accounts; the same batch twice changes nothing. Committed when it resolves. */
  applyBatch(source: SyncSource, accounts: readonly ManagedAccount[]): Promise<void>;
  /** The read was complete: accounts of this tenant not seen in this generation are no longer offered. */
  completeCycle(source: SyncSource): Promise<void>;
  /** Replaces one account that was just inspected live. */
  refresh(tenantId: TenantId, account: ManagedAccount): Promise<void>;
  /** Looks a user ID up (UPN, mail, sAMAccountName, DOMAIN\name) as the agent would, for when no agent answers. */
  find(tenantId: TenantId, userId: string): Promise<MirroredAccount>;
  /** The account of this anchor, as last seen; undefined where it is gone or was never seen. */
  read(tenantId: TenantId, anchor: AccountAnchor): Promise<ManagedAccount | undefined>;
  count(tenantId: TenantId): Promise<number>;
}
