// GET /api/v1/sealing-keys: whom a new password for this account is to be sealed for. Public keys only.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { agentRecipients } from '../sealing-keys/agent-recipients.js';
import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { SealingKeysAnswer } from './api-documents.js';
import { ApiProblem } from './api-problems.js';
import { knownPerson, NO_AGENT_RETRY_MS } from './known-person.js';

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
      : agentRecipients(deps.relay.liveAgents(tenantId), nowMs);
  if (recipients.length === 0) throw new ApiProblem('no-agent', { retryAfterMs: NO_AGENT_RETRY_MS });
  return {
    status: 200,
    code: 'sealing-keys',
    audit: { anchor },
    body: { tenantId, anchor, recipients, nowMs, notAfterMsMax },
  };
}
