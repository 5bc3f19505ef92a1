// Carries a submission to the agent that its reset id belongs to, or to the front door's own accounts.
// Promise: to a second agent only when the first says that nothing was written, because now is not the time or because it does not
// know the account, or was never sent it; and what was sent without an answer is never called anything but pending.

import type { AgentRequest } from '../../protocol/frames.js';
import type { AgentId, KeyId, TenantId } from '../../protocol/identifiers.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { LiveAgent } from '../relay/relay.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { Submission } from './api-documents.js';
import { ApiProblem } from './api-problems.js';
import type { ApiReset, BegunReset } from './api-resets.js';
import { NO_AGENT_RETRY_MS } from './known-person.js';

/** How often one call asks for an answer that is lost, the first time included. The caller may go on asking. */
const ASKS_MAX = 2;

export interface Destination {
  readonly agentId: AgentId;
  readonly keyId: KeyId | undefined;
}

/** Throws ApiProblem `no-agent`, or `sealing-keys-stale` when agents are there but none that could open it. */
export function chooseDestination(agents: readonly LiveAgent[], submission: Submission): Destination {
  const able = agents.filter((agent) => !agent.isHeld && agent.operations.includes(submission.operation));
  if (able.length === 0) throw new ApiProblem('no-agent', { retryAfterMs: NO_AGENT_RETRY_MS });
  const [first] = destinations(able, submission);
  if (first === undefined) throw new ApiProblem('sealing-keys-stale');
  return first;
}

/** Where it could go, in the order of the agents. */
function destinations(agents: readonly LiveAgent[], submission: Submission): Destination[] {
  const able = agents.filter((agent) => !agent.isHeld && agent.operations.includes(submission.operation));
  return able.flatMap(({ agentId, sealingKeys }): Destination[] => {
    if (submission.operation === 'unlock') return [{ agentId, keyId: undefined }];
    const fitting = submission.sealed.find(({ keyId }) => sealingKeys.some((key) => key.keyId === keyId));
    return fitting === undefined ? [] : [{ agentId, keyId: fitting.keyId }];
  });
}

type CarryDeps = Pick<ApiDeps, 'relay' | 'setCloudPassword'> & { readonly resets: Pick<ApiDeps['resets'], 'move'> };

/** `outcome` undefined: it was sent, and nobody can tell yet whether it was done. `agentId`: who was asked last. */
export interface CarriedSubmission {
  readonly outcome: ResetOutcome | undefined;
  readonly agentId: AgentId | undefined;
}

/** `reset`: the row as it stood before this call. No other call with its id may be under way. */
export async function carrySubmission(
  deps: CarryDeps,
  { tenant }: ApiCaller,
  { reset, isNew, onDisk }: BegunReset,
  submission: Submission,
  signal: AbortSignal,
): Promise<CarriedSubmission> {
  const mayBeDone = !isNew && (reset.outcome === undefined || MAY_BE_DONE.includes(reset.outcome.kind));
  if (reset.agentId === undefined) {
    return {
      outcome: await onDisk.then(() => carryOurselves(deps, requestOf(reset, submission), tenant.id, mayBeDone)),
      agentId: undefined,
    };
  }
  const asked = new Set<AgentId>();
  let later: ResetOutcome | undefined;
  for (let at = { ...reset, agentId: reset.agentId }; ; ) {
    const { agentId } = at;
    const { outcome, wasLost } = await askAgent(deps, at, {
      request: requestOf(at, submission),
      mayWrite: onDisk,
      signal,
    });
    asked.add(agentId);
    if (mayBeDone || wasLost) return { outcome: saysNothing(outcome) ? undefined : outcome, agentId };
    // Nothing was written there, so another agent may be asked the same.
    const next = destinations(deps.relay.liveAgents(tenant.id), submission).find((each) => !asked.has(each.agentId));
    const told = outcome ?? AWAY;
    if (told.kind !== 'try-later' && told.kind !== 'no-such-account') return { outcome: told, agentId };
    if (told.kind === 'try-later') later = told;
    // Who is away may know the account: it is only gone when everybody says so.
    if (next === undefined) return { outcome: later ?? told, agentId };
    at = { ...at, ...next };
    await deps.resets.move(at);
  }
}

/** Undefined: no answer, because it was never sent or because the answer `wasLost`. */
async function askAgent(
  { relay }: CarryDeps,
  { tenantId, agentId }: Pick<ApiReset, 'tenantId'> & { readonly agentId: AgentId },
  what: Pick<Parameters<CarryDeps['relay']['ask']>[0], 'request' | 'mayWrite' | 'signal'>,
): Promise<{ readonly outcome: ResetOutcome | undefined; readonly wasLost: boolean }> {
  let wasLost = false;
  for (let asked = 0; asked < ASKS_MAX; asked += 1) {
    const relayed = await relay.ask({ tenantId, agentId, ...what });
    if (relayed.kind === 'answered') {
      const { answer } = relayed;
      return { outcome: answer.kind === 'outcome' ? answer.outcome : { kind: 'agent-fault' }, wasLost };
    }
    if (relayed.kind === 'no-agent') break;
    wasLost = true;
  }
  return { outcome: undefined, wasLost };
}

/** One that drains says so without looking at what it was asked before. */
function saysNothing(outcome: ResetOutcome | undefined): boolean {
  return outcome?.kind === 'try-later' && outcome.reason === 'draining';
}

async function carryOurselves(
  deps: Pick<ApiDeps, 'setCloudPassword'>,
  request: AgentRequest,
  tenantId: TenantId,
  mayBeDone: boolean,
): Promise<ResetOutcome | undefined> {
  // The front door's own store keeps one password, dead as soon as another is set: both resets are the same there.
  if (request.kind !== 'reset' && request.kind !== 'reset-after-compromise') return { kind: 'no-such-account' };
  const outcome = await deps.setCloudPassword(tenantId, request);
  // Asked again after a restart, with a key that is gone: these say nothing of what was done before.
  const isOfNoUse = outcome.kind === 'unsealing-failed' || outcome.kind === 'expired';
  return mayBeDone && isOfNoUse ? undefined : outcome;
}

const AWAY: ResetOutcome = { kind: 'try-later', reason: 'directory-unreachable' };

/** Outcomes that do not say that nothing was written. */
const MAY_BE_DONE: readonly ResetOutcome['kind'][] = ['unknown', 'agent-fault'];

function requestOf(reset: Pick<ApiReset, 'keyId'>, submission: Submission): Exclude<AgentRequest, { kind: 'inspect' }> {
  const { resetId, anchor, notAfterMs } = submission;
  if (submission.operation === 'unlock') return { kind: 'unlock', resetId, anchor, notAfterMs };
  const sealed = submission.sealed.find(({ keyId }) => keyId === reset.keyId) ?? submission.sealed[0];
  if (sealed === undefined) throw new ApiProblem('sealing-keys-stale');
  if (submission.operation === 'change') return { kind: 'change', resetId, anchor, notAfterMs, sealed };
  return { kind: submission.operation, resetId, anchor, notAfterMs, flags: submission.flags, sealed };
}
