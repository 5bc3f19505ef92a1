// Whom a password of a managed account is sealed for: the newest valid key of every agent that does what is asked for now. Pure.

import type { AgentId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { SealedOperation } from '../../protocol/operations.js';
import type { SealingKey } from '../../protocol/sealing-keys.js';
import type { LiveAgent } from '../relay/relay.js';

export interface AgentRecipient extends SealingKey {
  readonly agentId: AgentId;
}

export function agentRecipients(
  agents: readonly LiveAgent[],
  nowMs: number,
  operation: SealedOperation = 'reset',
): AgentRecipient[] {
  return agents
    .filter((agent) => !agent.isHeld && agent.operations.includes(operation))
    .flatMap(({ agentId, sealingKeys }) => {
      const key = newestValid(sealingKeys, nowMs);
      return key === undefined ? [] : [{ agentId, ...key }];
    })
    .slice(0, LIMITS.recipientsMax);
}

function newestValid(keys: readonly SealingKey[], nowMs: number): SealingKey | undefined {
  const valid = keys.filter((key) => key.notBeforeMs <= nowMs && nowMs <= key.notAfterMs);
  return valid.sort((a, b) => b.notBeforeMs - a.notBeforeMs)[0];
}
