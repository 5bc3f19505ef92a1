// Why a user ID goes which way, for the administrator: whose policy it has and why, which ways of proving it has set up, the route's own
// checks, and the screens that follow; from the mirror and the store.
// Asks no agent and counts no attempt: it may run beside the front door, as often as one likes. Addresses come masked, as on the pages.

import { directoryAddressesInWords, ownerOf, uncountedMethods } from '../methods/directory-addresses.js';
import { METHOD_KINDS, type MethodKind } from '../methods/every-method.js';
import { type RegisteredMethod, registeredMethods } from '../methods/proof-method.js';
import type { Relay } from '../relay/relay.js';
import type { PersonJudged, Verdict } from '../tenants/choose-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import { accountKey, type Throttles } from '../throttles/throttles.js';
import { decideRoute, explainRoute, type Route, type RouteFacts } from './decide-route.js';
import { type FindRouteDeps, findRoute } from './find-route.js';
import { foreseeScreens, type Screen } from './foresee-screens.js';

export interface UserExplained {
  readonly route: Route;
  /** One for each check of the route; the last one decided. */
  readonly checks: readonly string[];
  /** Undefined where the user ID leads to nobody. */
  readonly account: AccountExplained | undefined;
  /** From the user ID to the end, or to where it stops. */
  readonly screens: readonly Screen[];
}

export interface AccountExplained {
  readonly kind: 'directory' | 'cloud-only';
  readonly anchor: string;
  readonly enabled: Verdict;
  readonly administrator: Verdict;
  readonly policy: PersonJudged['policy'];
  /** Each policy that was looked at, in their order. */
  readonly considered: readonly (Verdict & { readonly name: string })[];
  /** What the person has set up; `isTaken`: the policy takes this kind. */
  readonly methods: readonly (Pick<RegisteredMethod, 'kind' | 'address'> & { readonly isTaken: boolean })[];
  /** What the directory names and the policy does not count; `isTaken` as above. */
  readonly uncounted: AccountExplained['methods'];
  /** What is known of the person without having been set up, and what the policy makes of it; a sentence. */
  readonly directoryAddresses: string;
  /** Until when it is shut because somebody answered a notice with "it wasn't me" (ms since 1970); undefined: nobody did. */
  readonly disownedUntilMs: number | undefined;
}

export const NO_AGENT_ASKED = 'no agent is asked from here: what the directory says is as it was mirrored last';

export interface ExplainUserDeps extends Omit<FindRouteDeps, 'relay'> {
  readonly maskAddress: (address: string) => string;
}

export async function explainUser(
  deps: ExplainUserDeps,
  question: { readonly tenant: Tenant; readonly userId: string; readonly signal: AbortSignal },
): Promise<UserExplained> {
  const throttles = lookingOnly(deps.throttles);
  const found = await findRoute({ ...deps, throttles, relay: ASKS_NOBODY }, { ...question, throttleKeys: [] });
  const asMirrored = asIfLive(found.facts);
  const route = decideRoute(asMirrored);
  const masked = <Method extends { readonly address: string }>(method: Method): Method =>
    method.address === '' ? method : { ...method, address: deps.maskAddress(method.address) };
  const { owner, judged, facts } = found;
  const { directoryAddresses: rule } = judged.policy;
  const registered =
    owner === undefined ? [] : await registeredMethods(deps.proofMethods, METHOD_KINDS, ownerOf(owner, rule));
  const uncounted = owner === undefined ? [] : await uncountedMethods(deps.proofMethods, METHOD_KINDS, owner, rule);
  const isTaken = (kind: MethodKind) => judged.policy.methods.includes(kind);
  const told = (methods: readonly RegisteredMethod[]): AccountExplained['methods'] =>
    methods.map(masked).map(({ kind, address }) => ({ kind, address, isTaken: isTaken(kind) }));
  const disowned = owner && [{ name: 'disowned' as const, key: accountKey(question.tenant.id, owner.anchor) }];
  return {
    route,
    checks: explainRoute(asMirrored),
    account: owner && {
      kind: facts.subject.kind === 'cloud-only' ? 'cloud-only' : 'directory',
      anchor: owner.anchor,
      enabled: judged.enabled,
      administrator: judged.administrator,
      policy: judged.policy,
      considered: judged.considered.map(({ policy: { name }, verdict }) => ({ name, ...verdict })),
      methods: told(registered),
      uncounted: told(uncounted),
      directoryAddresses: directoryAddressesInWords(owner, judged.policy),
      disownedUntilMs: await throttles.blockedUntil(disowned ?? []),
    },
    screens: foreseeScreens(route, found.methods.map(masked)),
  };
}

const ASKS_NOBODY: Relay = { liveAgents: () => [], ask: async () => ({ kind: 'no-agent' }) };

/** Blocks are seen as they are; nothing is counted or cleared. */
function lookingOnly(throttles: Throttles): Throttles {
  return { ...throttles, attempt: async () => true, clear: async () => undefined };
}

/** Or every explanation would end with "try later", since nobody was asked. */
function asIfLive(facts: RouteFacts): RouteFacts {
  return facts.subject.kind === 'directory' ? { ...facts, subject: { ...facts.subject, isLive: true } } : facts;
}
