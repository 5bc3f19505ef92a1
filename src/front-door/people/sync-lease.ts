// Which of a directory's agents may keep its mirror: one at a time, and another when that one goes. Pure.

import type { AgentId } from '../../protocol/identifiers.js';

export interface SyncLease {
  readonly agentId: AgentId;
  /** Rises with every lease given. */
  readonly fence: number;
  /** When its last pass was completed; until the first, when the lease was given. */
  readonly completedAtMs: number;
  /** When it last did anything. */
  readonly usedAtMs: number;
}

/** An agent that is linked and completes no pass for so long keeps the lease from nobody, unless a pass is under way. */
export const LEASE_WITHOUT_PASS_MS = 30 * 60_000;
/** A pass that says nothing for so long is under way no more. */
export const LEASE_UNUSED_MS = 2 * 60_000;

/** Whether the agent may have the lease now: it has it, nobody has, or whoever has it is gone or gets nowhere. */
export function mayLead(
  lease: SyncLease | undefined,
  asked: {
    readonly agentId: AgentId;
    readonly isLinked: (agentId: AgentId) => boolean;
    readonly nowMs: number;
  },
): boolean {
  if (lease === undefined || lease.agentId === asked.agentId || !asked.isLinked(lease.agentId)) return true;
  const { completedAtMs, usedAtMs } = lease;
  return asked.nowMs - completedAtMs >= LEASE_WITHOUT_PASS_MS && asked.nowMs - usedAtMs >= LEASE_UNUSED_MS;
}
