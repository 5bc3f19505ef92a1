// Carries a submission to the one agent that its reset id belongs to, or to the front door's own accounts.
// Promise: never to a second agent, and what was sent without an answer is never called anything but pending.

import type { AgentRequest } from '../../protocol/frames.js';
import type { AgentId, KeyId } from '../../protocol/identifiers.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { LiveAgent } from '../relay/relay.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { Submission } from './api-documents.js';
import { ApiProblem } from './api-problems.js';
import type { ApiReset } from './api-resets.js';
import { NO_AGENT_RETRY_MS } from './known-person.js';

/** How often one call asks for an answer that is lost, the first time included. The caller may go on asking. */
const ASKS_MAX = 2;

export interface Destination {
  readonly agentId: AgentId | undefined;
  readonly keyId: KeyId | undefined;
}

/** Throws ApiProblem `no-agent`, or `sealing-keys-stale` when agents are there but none that could open it. */
export function chooseDestination(agents: readonly LiveAgent[], submission: Submission): Destination {
  const able = agents.filter((agent) => !agent.isHeld && agent.operations.includes(submission.operation));
  const [first] = able;
  if (first === undefined) throw new ApiProblem('no-agent', { retryAfterMs: NO_AGENT_RETRY_MS });
  if (submission.operation === 'unlock') return { agentId: first.agentId, keyId: undefined };
  for (const { agentId, sealingKeys } of able) {
    const fitting = submission.sealed.find(({ keyId }) => sealingKeys.some((key) => key.keyId === keyId));
    if (fitting !== undefined) return { agentId, keyId: fitting.keyId };
  }
  throw new ApiProblem('sealing-keys-stale');
}

/** Undefined: it was sent, and nobody can tell yet whether it was done. `reset`: the row as it stood before this call. */
export async function carrySubmission(
  deps: Pick<ApiDeps, 'relay' | 'setCloudPassword'>,
  { tenant }: ApiCaller,
  { reset, isNew }: { readonly reset: ApiReset; readonly isNew: boolean },
  submission: Submission,
  signal: AbortSignal,
): Promise<ResetOutcome | undefined> {
  const { agentId } = reset;
  const request = requestOf(reset, submission);
  const mayBeDone = !isNew && (reset.outcome === undefined || MAY_BE_DONE.includes(reset.outcome.kind));
  if (agentId === undefined) {
    const outcome: ResetOutcome =
      request.kind === 'reset' ? await deps.setCloudPassword(tenant.id, request) : { kind: 'no-such-account' };
    // Asked again after a restart, with a key that is gone: these say nothing of what was done before.
    const saysNothing = outcome.kind === 'unsealing-failed' || outcome.kind === 'expired';
    return mayBeDone && saysNothing ? undefined : outcome;
  }
  let wasSent = mayBeDone;
  for (let asked = 0; asked < ASKS_MAX; asked += 1) {
    const relayed = await deps.relay.ask({ tenantId: tenant.id, agentId, request, signal });
    if (relayed.kind === 'answered') {
      return relayed.answer.kind === 'outcome' ? relayed.answer.outcome : { kind: 'agent-fault' };
    }
    if (relayed.kind === 'no-agent') break;
    wasSent = true;
  }
  return wasSent ? undefined : { kind: 'try-later', reason: 'directory-unreachable' };
}

/** Outcomes that do not say that nothing was written. */
const MAY_BE_DONE: readonly ResetOutcome['kind'][] = ['unknown', 'agent-fault'];

function requestOf(reset: ApiReset, submission: Submission): Extract<AgentRequest, { kind: 'reset' | 'unlock' }> {
  const { resetId, anchor, notAfterMs } = submission;
  if (submission.operation === 'unlock') return { kind: 'unlock', resetId, anchor, notAfterMs };
  const sealed = submission.sealed.find(({ keyId }) => keyId === reset.keyId) ?? submission.sealed[0];
  if (sealed === undefined) throw new ApiProblem('sealing-keys-stale');
  return { kind: 'reset', resetId, anchor, notAfterMs, flags: submission.flags, sealed };
}
