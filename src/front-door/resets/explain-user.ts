// Why a user ID goes which way, for the administrator: the route's own checks in its own words, from the mirror and the store.
// Asks no agent and counts no attempt: it may run beside the front door, as often as one likes.

import type { Relay } from '../relay/relay.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Throttles } from '../throttles/throttles.js';
import { decideRoute, explainRoute, type Route, type RouteFacts } from './decide-route.js';
import { type FindRouteDeps, findRoute } from './find-route.js';

export interface UserExplained {
  readonly route: Route;
  /** One for each check; the last one decided. */
  readonly lines: readonly string[];
}

export const NO_AGENT_ASKED = 'no agent is asked from here: what the directory says is as it was mirrored last';

export async function explainUser(
  deps: Omit<FindRouteDeps, 'relay'>,
  question: { readonly tenant: Tenant; readonly userId: string; readonly signal: AbortSignal },
): Promise<UserExplained> {
  const throttles = lookingOnly(deps.throttles);
  const { facts } = await findRoute({ ...deps, throttles, relay: ASKS_NOBODY }, { ...question, throttleKeys: [] });
  const asMirrored = asIfLive(facts);
  return { route: decideRoute(asMirrored), lines: [NO_AGENT_ASKED, ...explainRoute(asMirrored)] };
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
