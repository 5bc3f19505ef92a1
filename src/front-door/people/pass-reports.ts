// The port for what agents have told of their passes over directories: the last ones of each, for whoever asks by the API. Kept as it
// was told: what stands in it is the agent's word.

import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import { type EndedPass, PASS_KINDS } from '../../protocol/sync-reports.js';

export interface ToldPass extends EndedPass {
  readonly agentId: AgentId;
  /** By the front door's clock, ms since 1970 UTC. */
  readonly receivedAtMs: number;
}

/** How a pass ended: as a pass of this kind, or not well. */
export const TOLD_KINDS = [...PASS_KINDS, 'failed'] as const;
export type ToldKind = (typeof TOLD_KINDS)[number];

export interface PassReports {
  /**
   * One that was told before is the same, and is kept once. Of those that found nothing, the last of each directory is kept; of full
   * passes that came to their end, the last of each directory whatever came after it.
   */
  keep(from: { readonly tenantId: TenantId; readonly agentId: AgentId }, pass: EndedPass): Promise<void>;
  /** Of one directory or of all, of one kind or of all, those received last first. */
  latest(
    tenantId: TenantId,
    what: {
      readonly directoryId?: string | undefined;
      readonly kind?: ToldKind | undefined;
      readonly max: number;
    },
  ): Promise<readonly ToldPass[]>;
}
