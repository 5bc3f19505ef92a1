// Gathers the facts a route is decided from: whom the user ID means, what they registered, which throttles hold.
// Thin: every decision is in decide-route.ts and choose-policy.ts. Used by the pages, the API and `explain` alike.
// Invariant: no administrator goes on with security questions among the methods.

import { assert } from '../../failure/assert.js';
import { accountNames } from '../../protocol/account-names.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import { type KnownAddresses, ownerOf } from '../methods/directory-addresses.js';
import { METHOD_KINDS, mayProveAdministrator, methodOf } from '../methods/every-method.js';
import type { AccountRef } from '../methods/method-store.js';
import { type ProofMethod, type RegisteredMethod, registeredMethods } from '../methods/proof-method.js';
import { type ResolvedPerson, type ResolvePersonDeps, resolvePerson } from '../people/resolve-person.js';
import type { LiveAgent } from '../relay/relay.js';
import {
  countsAsAdministrator,
  IN_NO_GROUP,
  judgePerson,
  membershipsOf,
  type PersonJudged,
  type PolicyPerson,
} from '../tenants/choose-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { accountKey, accountThrottles, nobodysKey, type Throttles, typedKey } from '../throttles/throttles.js';
import { decideRoute, type Route, type RouteFacts, type RouteSubject } from './decide-route.js';
import type { FlowPerson } from './flow.js';

export interface FindRouteDeps extends ResolvePersonDeps {
  readonly proofMethods: readonly ProofMethod[];
  readonly throttles: Throttles;
  /** 32 bytes: hashes what was typed. */
  readonly digestKey: Uint8Array;
}

export interface FoundRoute {
  readonly route: Route;
  readonly facts: RouteFacts;
  /** Which policy is theirs, and why. */
  readonly judged: PersonJudged;
  /** What the person has registered of the kinds that the policy takes. */
  readonly methods: readonly RegisteredMethod[];
  /** Whose methods these are, with all that the directory names of them, whether it counts or not. */
  readonly owner: KnownAddresses | undefined;
  /** Whom the user ID led to, with all that was learnt of them. */
  readonly resolved: ResolvedPerson;
  /** Whom the flow goes on with; undefined unless the route is `prove`. */
  readonly person: FlowPerson | undefined;
  /** The account that was found, whatever the route: for the audit and the throttles. */
  readonly account: AccountRef | undefined;
  /** Keyed hash of the user ID as typed. */
  readonly typedHash: string;
}

export interface RouteQuestion {
  readonly tenant: Tenant;
  /** As typed. */
  readonly userId: string;
  /** Whose attempts count besides the account's own: the address, the API token. */
  readonly throttleKeys: readonly ThrottleKey[];
  readonly signal: AbortSignal;
}

export async function findRoute(deps: FindRouteDeps, question: RouteQuestion): Promise<FoundRoute> {
  const { tenant, throttleKeys, signal } = question;
  const canonical = canonicalUserId(question.userId);
  const typedHash = typedKey(deps.digestKey, tenant.id, canonical ?? '');
  const ofTyped = startThrottles(typedHash, throttleKeys);
  const isAllowed = (await deps.throttles.attempt(throttleKeys)) && (await mayStart(deps, ofTyped));
  const resolved: ResolvedPerson =
    canonical === undefined || !isAllowed
      ? { kind: 'unknown' }
      : await resolvePerson(deps, { tenantId: tenant.id, userId: canonical, signal });
  const known = identityOf(resolved, tenant);
  const judged = judgePerson(tenant, known);
  const { policy } = judged;
  const { account, kind, addresses, phones } = known;
  const owner = account && { ...account, kind, addresses, phones };
  const methods =
    owner === undefined
      ? []
      : await registeredMethods(deps.proofMethods, policy.methods, ownerOf(owner, policy.directoryAddresses));
  const kinds = [...new Set(methods.map(({ kind }) => kind))];
  // All names of an account count together. Who cannot be verified is counted as nobody is, by the same work: or the names of
  // the unregistered would be told from the unknown by being shut together.
  const whom = kinds.length < policy.gates ? undefined : known.account;
  const ofWhom = startThrottles(
    whom === undefined ? nobodysKey(typedHash) : accountKey(whom.tenantId, whom.anchor),
    throttleKeys,
  );
  const isWhomAllowed = isAllowed && (await mayStart(deps, ofWhom));
  // What this attempt itself shut is shut for the next one, not for this one.
  const shut = [...(isAllowed ? [] : [...throttleKeys, ...ofTyped]), ...(isWhomAllowed || !isAllowed ? [] : ofWhom)];
  const ofAccount =
    known.account === undefined
      ? []
      : accountThrottles(accountKey(known.account.tenantId, known.account.anchor), METHOD_KINDS);
  const facts: RouteFacts = {
    blockedUntilMs: await deps.throttles.blockedUntil(shut),
    accountBlockedUntilMs: await deps.throttles.blockedUntil(ofAccount),
    isTenantOn: tenant.reset !== 'off',
    isPersonEnabled: judged.enabled.holds === 'yes',
    offersUnlock: tenant.unlock,
    gates: policy.gates,
    methods: kinds,
    subject:
      resolved.kind === 'cloud-only' && resolved.isAlone && kinds.length < policy.gates
        ? // As nobody is told just now, or our own accounts that are not registered would show.
          { kind: 'undetermined' }
        : subjectOf(resolved, isEveryAgentHeld(deps.relay.liveAgents(tenant.id))),
  };
  const route = decideRoute(facts);
  const person = personOf(route, { ...known, isAdministrator: countsAsAdministrator(judged) }, methods);
  return { route, facts, judged, methods, owner, resolved, person, account, typedHash };
}

/** One asker's starts, and everybody's. */
function startThrottles(key: string, askers: readonly ThrottleKey[]): readonly [ThrottleKey, ThrottleKey] {
  const asker = askers.map((each) => each.key).join('/');
  return [
    { name: 'starts', key: `${key}/${asker}` },
    { name: 'starts-from-everywhere', key },
  ];
}

/** Asks for the asker's own first: who is shut out takes nothing from what is everybody's. */
async function mayStart({ throttles }: FindRouteDeps, [own, everybodys]: readonly [ThrottleKey, ThrottleKey]) {
  return (await throttles.attempt([own])) && (await throttles.attempt([everybodys]));
}

/** Whom a resolved user ID is about, as the pages and the policies see them. */
export interface Identity extends PolicyPerson {
  readonly kind: FlowPerson['kind'];
  readonly account: AccountRef | undefined;
  /** Where a code can be read without the password that is to be reset; whether one is sent there is for directory-addresses.ts. */
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
  readonly noticeAddresses: readonly string[];
  readonly knownBy: FlowPerson['knownBy'];
}

const NOBODY: Identity = {
  kind: 'directory',
  account: undefined,
  userIds: [],
  isAdministrator: false,
  memberships: IN_NO_GROUP,
  addresses: [],
  phones: [],
  noticeAddresses: [],
  knownBy: [],
};

export function identityOf(resolved: ResolvedPerson, tenant: Tenant): Identity {
  if (resolved.kind === 'cloud-only') {
    const { anchor, userIds, isAdministrator, addresses } = resolved.account;
    const account = { tenantId: tenant.id, anchor };
    return { ...NOBODY, kind: 'cloud-only', account, userIds, isAdministrator, addresses, noticeAddresses: addresses };
  }
  if (resolved.kind !== 'directory' && resolved.kind !== 'mirrored') return NOBODY;
  const account = resolved.kind === 'directory' ? resolved.inspection.account : resolved.account;
  const userIds = accountNames(account);
  return {
    kind: 'directory',
    account: { tenantId: tenant.id, anchor: account.anchor },
    userIds,
    isAdministrator: false,
    memberships: membershipsOf(account.groups),
    addresses: account.resetMail,
    phones: account.resetPhones,
    noticeAddresses: [...account.resetMail, ...account.mail],
    knownBy: resolved.kind === 'directory' ? resolved.knownBy : [],
  };
}

/** One that may write is enough: the command goes there. */
function isEveryAgentHeld(agents: readonly LiveAgent[]): boolean {
  return agents.length > 0 && agents.every(({ isHeld }) => isHeld);
}

function subjectOf(resolved: ResolvedPerson, isHeld: boolean): RouteSubject {
  switch (resolved.kind) {
    case 'directory': {
      const { isLocked } = resolved.inspection;
      const { disposition } = resolved.inspection.account;
      // Said now, and not after the person has proven anything.
      const isStopped = isHeld && disposition.kind === 'write-back';
      const now = isStopped ? ({ kind: 'try-later', reason: 'held' } as const) : disposition;
      return { kind: 'directory', disposition: now, isLive: true, isLocked };
    }
    case 'mirrored':
      return { kind: 'directory', disposition: resolved.account.disposition, isLive: false, isLocked: false };
    default:
      return { kind: resolved.kind };
  }
}

function personOf(route: Route, known: Identity, methods: readonly RegisteredMethod[]): FlowPerson | undefined {
  if (route.kind !== 'prove' || known.account === undefined) return undefined;
  const isFit = !known.isAdministrator || methods.every(({ kind }) => mayProveAdministrator(kind));
  assert(isFit, 'an administrator is never asked security questions');
  // What is told is mailed; a phone has no mailbox.
  const registered = methods.filter(({ kind }) => methodOf(kind).hasMailbox).map(({ address }) => address);
  return {
    kind: known.kind,
    ...known.account,
    noticeAddresses: [...new Set([...registered, ...known.noticeAddresses])],
    isAdministrator: known.isAdministrator,
    gates: route.gates,
    methods: methods.map((method) => ({ ...method })),
    offers: [...route.offers],
    knownBy: known.knownBy,
  };
}
