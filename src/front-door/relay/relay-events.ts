// What the relay reports, one function per event. The front door's events.ts fulfils it; the relay knows no logger.

import type { LinkEndReason } from '../../protocol/close-codes.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { EndedBy } from '../../protocol/transport.js';
import type { SyncRefusal } from './sync-lane.js';

interface OfAgent {
  readonly tenantId: TenantId;
  readonly agentId: AgentId;
}

export interface RelayEvents {
  /** Somebody connected and no link came of it. `left`: gone without a word. */
  handshakeRefused(event: {
    readonly address: string;
    readonly reason: LinkEndReason | 'left';
    readonly cause: unknown;
  }): void;
  agentLinked(
    event: OfAgent & { readonly address: string; readonly instanceId: string; readonly version: number },
  ): void;
  /** `ready`, the first time or again. */
  agentReady(
    event: OfAgent & { readonly software: string; readonly sealingKeys: number; readonly isHeld: boolean },
  ): void;
  agentUnlinked(
    event: OfAgent & {
      readonly by: EndedBy;
      readonly reason: LinkEndReason | undefined;
      readonly code: number;
      readonly linkedMs: number;
      readonly cause: unknown;
    },
  ): void;
  /** `isKeyCopySuspected`: two living processes hold one identity. Advise to revoke it unless the agent was moved. */
  agentLinkReplaced(event: OfAgent & { readonly isKeyCopySuspected: boolean }): void;
  /** An agent published sealing keys that its identity did not sign: they are not offered to anybody. */
  sealingKeysRefused(event: OfAgent & { readonly refused: number }): void;
  /**
   * The organisation's policy names groups that this agent does not tell of in one of its directories (undefined: in any). Whoever is
   * in it has two gates, and is not turned on by such a group. Advice: `tellGroups` of the agent's settings.
   */
  groupsNotTold(
    event: OfAgent & { readonly directoryId: string | undefined; readonly groups: readonly string[] },
  ): void;
  /** A pass ended early. The mirror keeps what it had until then. */
  syncRefused(
    event: OfAgent & { readonly generation: number; readonly why: SyncRefusal; readonly cause: unknown },
  ): void;
  /** The store did not take what an agent told of a pass. It is told again a few times. */
  passReportNotKept(event: OfAgent & { readonly cause: unknown }): void;
  /** Our own mistake, met by one link: that link was ended, nothing else. */
  linkFault(event: OfAgent & { readonly error: unknown }): void;
  /** The store did not take when an agent was last seen. Nothing depends on it but the console. */
  lastSeenNotKept(event: OfAgent & { readonly cause: unknown }): void;
}
