// Whom the current password is sealed for: every agent that does what is asked for. Pure. Neither who they are nor their order says
// who is meant, and what was posted is taken or refused by the same look at it whoever is meant.

import type { AgentId, KeyId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { knowersFirst } from '../people/ask-agents.js';
import type { LiveAgent } from '../relay/relay.js';
import { type AgentRecipient, agentRecipients } from '../sealing-keys/agent-recipients.js';
import type { EntryOperation } from './visit.js';

export interface EntryAgents {
  /** All that are live, in the relay's order. */
  readonly agents: readonly LiveAgent[];
  /** Those that found the account; empty where nobody is meant. */
  readonly knownBy: readonly AgentId[];
  readonly operation: EntryOperation;
  readonly nowMs: number;
}

/**
 * In the order in which the agents are linked, or the account's own would show by being first. One place is left for the visit's own key;
 * of more agents than that those who know the account are among them.
 */
export function entryRecipients({ agents, knownBy, operation, nowMs }: EntryAgents): readonly AgentRecipient[] {
  const chosen = agentRecipients(knowersFirst(agents, knownBy), nowMs, operation).slice(0, LIMITS.recipientsMax - 1);
  return agents.flatMap(({ agentId }) => chosen.filter((recipient) => recipient.agentId === agentId));
}

/**
 * Whether it is sealed for everybody whom the page would be sealed for now, by a key that they still have: without that the account's own
 * agent could not open it, and only an account that is there would be told so. `visitKeyId`: the visit's own, as it was offered.
 */
export function isSealedForAll(
  sealedFor: readonly KeyId[],
  visitKeyId: KeyId | undefined,
  entryAgents: EntryAgents,
): boolean {
  if (visitKeyId === undefined || !sealedFor.includes(visitKeyId)) return false;
  return entryRecipients(entryAgents).every(({ agentId }) => {
    const keys = entryAgents.agents.find((agent) => agent.agentId === agentId)?.sealingKeys ?? [];
    return keys.some(({ keyId }) => sealedFor.includes(keyId));
  });
}
