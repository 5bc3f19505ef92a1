// GET and PUT /api/v1/policy: the organisation's policy in the words of the settings, with what follows from it. A new one takes the
// place of exactly the one that the caller has read, or of none.

import type { LiveAgent } from '../relay/relay.js';
import { groupsNamed, unmentioned } from '../tenants/choose-policy.js';
import type { PolicyInForce } from '../tenants/policies.js';
import { type PolicyDocument, policyOf } from '../tenants/policy-document.js';
import { questionsTaken } from '../tenants/security-questions.js';
import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { PolicyAnswer } from './api-documents.js';
import { ApiProblem, pointerTo } from './api-problems.js';

type PolicyDeps = Pick<ApiDeps, 'policies' | 'relay' | 'clock' | 'events'>;

/** What is written of the changes into the journal. */
const CHANGES_UNITS_MAX = 512;

export async function readPolicy(
  deps: Pick<PolicyDeps, 'policies' | 'relay'>,
  { tenant }: Pick<ApiCaller, 'tenant'>,
): Promise<Answered<PolicyAnswer>> {
  return answerOf(deps, tenant.id, deps.policies.inForce(tenant.id), {});
}

/** `ifMatch`: the header as it came. Throws ApiProblem `policy-in-file`, `if-match-missing`, `policy-changed`, `method-not-set-up` or `method-too-weak-alone`. */
export async function putPolicy(
  deps: PolicyDeps,
  { tenant, token }: ApiCaller,
  document: PolicyDocument,
  ifMatch: string | undefined,
): Promise<Answered<PolicyAnswer>> {
  const { policies, clock, events } = deps;
  // First: of no use to any caller before somebody has changed the settings.
  if (policies.inForce(tenant.id).source === 'file') throw new ApiProblem('policy-in-file');
  const [, tag] = STRONG_TAG.exec(ifMatch ?? '') ?? [];
  if (tag === undefined) throw new ApiProblem('if-match-missing');
  const result = await policies.put(tenant.id, { document, tag, tokenId: token.id, atMs: clock.nowMs() });
  if (result.kind === 'kept-in-file') throw new ApiProblem('policy-in-file');
  if (result.kind === 'changed-meanwhile') throw new ApiProblem('policy-changed');
  if (result.kind === 'does-not-fit') {
    const errors = new Map(
      result.unfit.map(({ path, why }) => [`${pointerTo(path)} ${why}`, { pointer: pointerTo(path), rule: why }]),
    );
    const isAllSetUp = result.unfit.every(({ why }) => why === 'too-weak-alone');
    throw new ApiProblem(isAllSetUp ? 'method-too-weak-alone' : 'method-not-set-up', { errors: [...errors.values()] });
  }
  const changes = result.changes.join(' ') || 'nothing';
  events.policyPut({ tenantId: tenant.id, tokenId: token.id, changes });
  const taken = questionsTaken(document.policies);
  if (taken !== undefined) events.securityQuestionsTaken({ tenantId: tenant.id, ...taken });
  return answerOf(deps, tenant.id, result.inForce, { reason: changes.slice(0, CHANGES_UNITS_MAX) });
}

/** RFC 9110 §13.1.1: weak tags never match, and `*` would overwrite what nobody has read. */
const STRONG_TAG = /^"([A-Za-z0-9_-]{22})"$/;

function answerOf(
  { relay }: Pick<PolicyDeps, 'relay'>,
  tenantId: ApiCaller['tenant']['id'],
  { document, source, tag, put, leftOut }: PolicyInForce,
  audit: Answered['audit'],
): Answered<PolicyAnswer> {
  const agents = relay.liveAgents(tenantId);
  const { gates, methods, directoryAddresses } = unmentioned(policyOf(document));
  return {
    status: 200,
    code: 'policy',
    audit,
    etag: `"${tag}"`,
    body: {
      tenantId,
      source,
      ...(put === undefined ? {} : { put: { atMs: put.putAtMs, tokenId: put.tokenId } }),
      policy: document,
      derived: {
        administratorsGates: 2,
        unmentioned: { gates, methods: [...methods], directoryAddresses },
        leftOut: leftOut.map(({ policy, method }) => ({ policy, method })),
        groups: groupsNamed(policyOf(document)).map((name) => ({ name, told: howTold(name, agents) })),
      },
    },
  };
}

/** By the agents that are on line, each for every one of its directories. */
function howTold(name: string, agents: readonly LiveAgent[]): PolicyAnswer['derived']['groups'][number]['told'] {
  const directories: readonly { readonly groups: readonly string[] }[] = agents.flatMap(
    (agent) => agent.directories ?? [{ directoryId: '', groups: [] }],
  );
  const told = directories.filter(({ groups }) => groups.includes(name)).length;
  if (told === 0) return 'nowhere';
  return told === directories.length ? 'everywhere' : 'in-some-directories';
}
