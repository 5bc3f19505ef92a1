// The port for what agents have told of their passes over directories: the last ones of each, for whoever asks by the API. Kept as it
// was told: what stands in it is the agent's word.

import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { EndedPass } from '../../protocol/sync-reports.js';

export interface ToldPass extends EndedPass {
  readonly agentId: AgentId;
  /** By the front door's clock, ms since 1970 UTC. */
  readonly receivedAtMs: number;
}

export interface PassReports {
  /** One that was told before is the same, and is kept once. Of those that found nothing, the last of each directory is kept. */
  keep(from: { readonly tenantId: TenantId; readonly agentId: AgentId }, pass: EndedPass): Promise<void>;
  /** Of one directory or of all, those received last first. */
  latest(
    tenantId: TenantId,
    what: { readonly directoryId: string | undefined; readonly max: number },
  ): Promise<readonly ToldPass[]>;
}
