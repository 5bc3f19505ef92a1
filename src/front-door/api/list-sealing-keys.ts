// GET /api/v1/sealing-keys: whom a new password for this account is to be sealed for. Public keys only.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { SealingKey } from '../../protocol/sealing-keys.js';
import type { LiveAgent } from '../relay/relay.js';
import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { SealingKeysAnswer } from './api-documents.js';
import { ApiProblem } from './api-problems.js';
import { knownPerson, NO_AGENT_RETRY_MS } from './known-person.js';

type Recipient = SealingKeysAnswer['recipients'][number];

export async function listSealingKeys(
  deps: Pick<ApiDeps, 'relay' | 'clock' | 'mirror' | 'cloudAccounts' | 'ownKey'>,
  caller: ApiCaller,
  anchor: AccountAnchor,
  signal: AbortSignal,
): Promise<Answered<SealingKeysAnswer>> {
  const tenantId = caller.tenant.id;
  const person = await knownPerson(deps, caller, anchor, signal);
  const nowMs = deps.clock.nowMs();
  const notAfterMsMax = nowMs + LIMITS.commandLifetimeMs;
  const recipients =
    person.kind === 'cloud-only'
      ? [{ keyId: deps.ownKey.keyId, publicKey: deps.ownKey.publicKey, notBeforeMs: nowMs, notAfterMs: notAfterMsMax }]
      : recipientsOf(deps.relay.liveAgents(tenantId), nowMs);
  if (recipients.length === 0) throw new ApiProblem('no-agent', { retryAfterMs: NO_AGENT_RETRY_MS });
  return {
    status: 200,
    code: 'sealing-keys',
    audit: { anchor },
    body: { tenantId, anchor, recipients, nowMs, notAfterMsMax },
  };
}

/** The newest valid key of every agent that takes resets now. */
export function recipientsOf(agents: readonly LiveAgent[], nowMs: number): Recipient[] {
  return agents
    .filter((agent) => !agent.isHeld && agent.operations.includes('reset'))
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
