// The port for the mirror of the directory's accounts that sync keeps. The agent is the authority; this may be minutes old.
// The mirror is its own checkpoint: an agent asks what is held, compares it with the directory and says what differs, so that
// nothing has to be remembered in between, on either side. Decision 0008.

import { Failure } from '../../failure/failure.js';
import type { MirroredChange, NamedEntry, SyncMark } from '../../protocol/frames.js';
import type { AccountAnchor, AgentId, TenantId } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';

/** Which directory is read, and by whom. */
export interface SyncSource {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
  /** What the directory says of itself, the same to every agent that reads it. */
  readonly directoryKey: string;
}

/** A source that may write: `fence` is the number of the lease it was given, and no lower one may write any more. */
export interface LeasedSource extends SyncSource {
  readonly fence: number;
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

/** How many accounts one tenant may have in the mirror; at this many nobody new is taken, and what is there is kept up to date. */
export const MIRRORED_ACCOUNTS_MAX = 2_000_000;

/** Agents of this tenant name more directories than anybody has. */
export class TooManyDirectories extends Failure {
  readonly code = 'too-many-directories';
  readonly retry = { mayRetry: false, why: 'a directory that no agent reads is forgotten after a month' };
}

/** Directories of one tenant that the mirror knows; a pass over another one is refused. An account is looked for in each of them. */
export const MIRRORED_DIRECTORIES_MAX = 256;

/** The lease is another agent's by now: nothing was written. */
export class LeaseLost extends Failure {
  readonly code = 'lease-lost';
  readonly retry = { mayRetry: true, why: 'the lease may be given again at the next pass' };
}

/** An account belongs to the directory whose read changed it last, whichever agent read it. */
export type BegunPass =
  /** `mark`: as the agent's last pass that came to its end left it. */
  | { readonly kind: 'begun'; readonly fence: number; readonly mark: SyncMark | undefined }
  | { readonly kind: 'led'; readonly by: AgentId };

/** See mirror-listing.ts. */
export interface ListedPage {
  readonly listing: string;
  readonly count: number;
}

export interface AccountMirror {
  /** Gives the agent the directory's lease, unless another one leads (mayLead). Throws TooManyDirectories. */
  beginPass(source: SyncSource, isLinked: (agentId: AgentId) => boolean): Promise<BegunPass>;
  /** The pass came to its end, so that its agent keeps the lease. `mark`: handed back to it when it begins the next. Throws LeaseLost. */
  completePass(source: LeasedSource, mark: SyncMark | undefined): Promise<void>;
  /** How many accounts of the directory there are, absent ones included. */
  countOf(source: SyncSource): Promise<number>;
  /** The directory's accounts behind `after`, by anchor, so many at most, absent ones included. */
  list(
    source: SyncSource,
    page: { readonly after: AccountAnchor | undefined; readonly max: number },
  ): Promise<ListedPage>;
  /** The directory's accounts under these anchors, with their names. */
  look(source: SyncSource, anchors: readonly AccountAnchor[]): Promise<readonly NamedEntry[]>;
  /**
   * Adds or replaces accounts, which are the directory's from then on, and no longer offers those that are gone, as far as they
   * are the directory's: they keep all that was registered, and come back whole under the same anchor. The same batch twice
   * changes nothing. When it resolves it survives the process, and a power cut once the pass came to its end. Throws LeaseLost, and
   * MirrorFull for somebody new where there is no room. Resolves to the fingerprint that was held of each that is changed, in that order;
   * empty where none was.
   */
  apply(
    source: LeasedSource,
    batch: { readonly changed: readonly MirroredChange[]; readonly absent: readonly AccountAnchor[] },
  ): Promise<readonly string[]>;
  /** Replaces one account that was just inspected live. Whose reads it belongs to stays as it was. */
  refresh(tenantId: TenantId, account: ManagedAccount): Promise<void>;
  /** Looks a user ID up (UPN, mail, sAMAccountName, DOMAIN\name) as the agent would, for when no agent answers. */
  find(tenantId: TenantId, userId: string): Promise<MirroredAccount>;
  /** The account of this anchor, as last seen; undefined where it is gone or was never seen. */
  read(tenantId: TenantId, anchor: AccountAnchor): Promise<ManagedAccount | undefined>;
  /** Whether anybody at all of the tenant is offered. */
  holdsAnybody(tenantId: TenantId): Promise<boolean>;
}
