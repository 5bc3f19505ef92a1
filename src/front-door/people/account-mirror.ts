// The port for the mirror of the directory's accounts that sync keeps. The agent is the authority; this may be minutes old.
// The mirror is its own checkpoint: an agent asks what is held, compares it with the directory and says what differs, so that
// nothing has to be remembered in between, on either side. Decision 0008.

import { Failure } from '../../failure/failure.js';
import type { MirroredChange, MirroredEntry, NamedEntry } from '../../protocol/frames.js';
import type { AccountAnchor, AgentId, TenantId } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';

/** Which directory of which agent is read. */
export interface SyncSource {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  /** As the agent's settings name it. */
  readonly directoryId: string;
}

export type MirroredAccount =
  /** `sourceAgentId`: the agent whose read changed it last; undefined where only a live inspection has seen it. */
  | { readonly kind: 'found'; readonly account: ManagedAccount; readonly sourceAgentId: AgentId | undefined }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'ambiguous' };

/** The mirror takes no further accounts of this tenant. */
export class MirrorFull extends Failure {
  readonly code = 'mirror-full';
  readonly retry = { mayRetry: false, why: 'accounts that are gone are deleted after a month' };
}

/** How many accounts one tenant may have in the mirror; at this many no pass begins, and what is there stays. */
export const MIRRORED_ACCOUNTS_MAX = 2_000_000;

/**
 * "Of a source" are the accounts of this directory that this agent's reads changed last, or those of an agent that is gone; another
 * agent's are left to that one's reads, since agents may read different parts of a directory.
 */
export interface AccountMirror {
  /** How many accounts of the source there are, absent ones included. Throws MirrorFull. */
  beginPass(source: SyncSource): Promise<number>;
  /** Those behind `after`, by anchor, so many at most. */
  list(
    source: SyncSource,
    page: { readonly after: AccountAnchor | undefined; readonly max: number },
  ): Promise<readonly MirroredEntry[]>;
  /** Those of the source under these anchors, with their names. */
  look(source: SyncSource, anchors: readonly AccountAnchor[]): Promise<readonly NamedEntry[]>;
  /**
   * Adds or replaces accounts, which are the source's from then on, and no longer offers those that are gone, as far as they are
   * the source's: they keep all that was registered, and come back whole under the same anchor. The same batch twice changes
   * nothing. Committed when it resolves.
   */
  apply(
    source: SyncSource,
    batch: { readonly changed: readonly MirroredChange[]; readonly absent: readonly AccountAnchor[] },
  ): Promise<void>;
  /** Replaces one account that was just inspected live. Whose reads it belongs to stays as it was. */
  refresh(tenantId: TenantId, account: ManagedAccount): Promise<void>;
  /** Looks a user ID up (UPN, mail, sAMAccountName, DOMAIN\name) as the agent would, for when no agent answers. */
  find(tenantId: TenantId, userId: string): Promise<MirroredAccount>;
  /** The account of this anchor, as last seen; undefined where it is gone or was never seen. */
  read(tenantId: TenantId, anchor: AccountAnchor): Promise<ManagedAccount | undefined>;
  count(tenantId: TenantId): Promise<number>;
}
