// POST /api/v1/routes: which way is open to an account, told with its reasons, and what the caller may submit for it.
// The route is the pages' own; what is offered leaves the methods out, since the caller has proven the person by other means.

import { OPERATIONS, type Operation } from '../../protocol/operations.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import { type NewPasswordFor, rulesOfPolicy } from '../passwords/rules-of-policy.js';
import { CLOUD_PASSWORD_POLICY } from '../people/cloud-password-rules.js';
import type { ResolvedPerson } from '../people/resolve-person.js';
import { decideRoute, type RouteFacts } from '../resets/decide-route.js';
import type { FoundRoute } from '../resets/find-route.js';
import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { RouteAnswer } from './api-documents.js';

export async function askRoute(
  deps: Pick<ApiDeps, 'findRoute'>,
  { tenant, token }: ApiCaller,
  userId: string,
  signal: AbortSignal,
): Promise<Answered<RouteAnswer>> {
  const { route, facts, judged, resolved, account, typedHash } = await deps.findRoute({
    tenant,
    userId,
    throttleKeys: [],
    signal,
  });
  const offers = callersOffers(facts);
  return {
    status: 200,
    code: route.kind,
    audit: { anchor: account?.anchor, typedHash, reason: 'reason' in route ? route.reason : undefined },
    body: {
      tenantId: tenant.id,
      route: route.kind === 'prove' ? { ...route, methods: [...route.methods], offers: [...route.offers] } : route,
      ...(account === undefined
        ? {}
        : {
            account: {
              anchor: account.anchor,
              kind: facts.subject.kind === 'cloud-only' ? ('cloud-only' as const) : ('directory' as const),
              offers,
              rules: rulesFor(resolved, offers),
              ...(resolved.kind === 'directory' ? { isLocked: resolved.inspection.isLocked } : {}),
            },
            ...(token.scopes.includes('policy:read') ? { policy: shownPolicy(judged.policy) } : {}),
          }),
    },
  };
}

function shownPolicy(policy: FoundRoute['judged']['policy']): RouteAnswer['policy'] {
  const { name, gates, methods, directoryAddresses, undecided } = policy;
  return { name, gates, methods: [...methods], directoryAddresses, undecided: [...undecided] };
}

/** What is offered to somebody who has proven the person already: as if every method were registered and nobody blocked. */
export function callersOffers(facts: RouteFacts) {
  const isFree = { blockedUntilMs: undefined, accountBlockedUntilMs: undefined };
  const route = decideRoute({ ...facts, ...isFree, gates: 1, methods: METHOD_KINDS });
  const offered = new Set<Operation>(route.kind === 'prove' ? route.offers : []);
  if (offered.has('reset')) offered.add('reset-after-compromise');
  // Whoever knows the current password needs neither methods nor the pages' route: the agent alone decides.
  if (isChangeOpen(facts.subject) && facts.isTenantOn && facts.isPersonEnabled) offered.add('change');
  return OPERATIONS.filter((operation) => offered.has(operation));
}

function isChangeOpen(subject: RouteFacts['subject']): boolean {
  if (subject.kind !== 'directory' || !subject.isLive || subject.isLocked) return false;
  return subject.disposition.kind === 'write-back' && subject.disposition.change.kind === 'allowed';
}

type Rules = NonNullable<RouteAnswer['account']>['rules'];

function rulesFor(resolved: ResolvedPerson, offers: readonly Operation[]): Rules {
  const operation = offers.includes('change') && !offers.includes('reset') ? 'change' : 'reset';
  switch (resolved.kind) {
    case 'directory':
      return shown(resolved.inspection.policy, { operation, names: resolved.inspection.account });
    case 'cloud-only':
      return shown(CLOUD_PASSWORD_POLICY, { operation, names: undefined });
    default:
      return [];
  }
}

function shown(policy: PasswordPolicy, newPassword: NewPasswordFor): Rules {
  return rulesOfPolicy(policy, newPassword).map((rule) =>
    rule.kind === 'without-name' ? { ...rule, names: [...rule.names] } : rule,
  );
}
