// Decides what the person sees after typing their user ID. Pure: same facts, same route, and a reason for each.
// The order of the checks is the product's promise: blocked, contact, cannot-verify, try-later, prove. Knows no page, no store.
// A block of the account itself holds only who could prove something: told sooner, it would tell unregistered from unknown.

import { assertNever } from '../../failure/assert.js';
import type { ContactReason, Disposition, TryLaterReason } from '../../protocol/dispositions.js';
import type { MethodKind } from '../methods/every-method.js';
import type { FlowOperation } from './flow-operation.js';

/** Whom the user ID led to, as far as could be found out. */
export type RouteSubject =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous' }
  /** Neither found nor missing: no agent answers, and nothing was ever mirrored to look in. */
  | { readonly kind: 'undetermined' }
  /** `isLive`: the agent was asked just now; otherwise its directory is away and this is the mirror's word, which knows no locks. */
  | {
      readonly kind: 'directory';
      readonly disposition: Disposition;
      readonly isLive: boolean;
      readonly isLocked: boolean;
    }
  | { readonly kind: 'cloud-only' };

export interface RouteFacts {
  /** The latest end of any throttle that holds for the asker or for what was typed, known or not. */
  readonly blockedUntilMs: number | undefined;
  /** The same of the account's own throttles. */
  readonly accountBlockedUntilMs: number | undefined;
  readonly isTenantOn: boolean;
  readonly isPersonEnabled: boolean;
  readonly offersUnlock: boolean;
  readonly gates: 1 | 2;
  /** Kinds of method the policy accepts and the person has registered, each once. */
  readonly methods: readonly MethodKind[];
  readonly subject: RouteSubject;
}

export type RouteContactReason = 'tenant-off' | 'person-not-enabled' | 'nothing-allowed' | ContactReason;
export type CannotVerifyReason = 'unknown' | 'ambiguous' | 'too-few-methods';

export type Route =
  | { readonly kind: 'blocked'; readonly untilMs: number }
  | { readonly kind: 'contact-administrator'; readonly reason: RouteContactReason }
  | { readonly kind: 'cannot-verify'; readonly reason: CannotVerifyReason }
  | { readonly kind: 'try-later'; readonly reason: TryLaterReason }
  | {
      readonly kind: 'prove';
      readonly gates: 1 | 2;
      readonly methods: readonly MethodKind[];
      readonly offers: readonly FlowOperation[];
    };

export function decideRoute(facts: RouteFacts): Route {
  return (
    blocked(facts) ?? contact(facts) ?? cannotVerify(facts) ?? tryLater(facts) ?? accountBlocked(facts) ?? prove(facts)
  );
}

/** A route as a stranger may see it. Unknown, ambiguous and unregistered are one and the same object. */
export type StrangersRoute =
  | Exclude<Route, { kind: 'cannot-verify' } | { kind: 'try-later' }>
  | { readonly kind: 'cannot-verify' }
  | { readonly kind: 'try-later' };

const CANNOT_VERIFY = Object.freeze({ kind: 'cannot-verify' });
const TRY_LATER = Object.freeze({ kind: 'try-later' });

export function strangersView(route: Route): StrangersRoute {
  if (route.kind === 'cannot-verify') return CANNOT_VERIFY;
  return route.kind === 'try-later' ? TRY_LATER : route;
}

/** One line for each check that was made, the last being the one that decided. For the administrator's `explain`. */
export function explainRoute(facts: RouteFacts): readonly string[] {
  const checks = [
    { passed: 'no throttle holds for the asker or the user ID', route: blocked(facts) },
    { passed: 'reset is on for the organisation and this person, and nothing sends them away', route: contact(facts) },
    { passed: knownLine(facts), route: cannotVerify(facts) },
    { passed: 'agent and directory answer, as far as is supposed here', route: tryLater(facts) },
    { passed: 'no throttle holds for the account', route: accountBlocked(facts) },
  ];
  const decisive = checks.findIndex(({ route }) => route !== undefined);
  const made = decisive < 0 ? checks : checks.slice(0, decisive + 1);
  const lines = made.map(({ passed, route }) => (route === undefined ? passed : describe(route)));
  return decisive < 0 ? [...lines, describe(prove(facts))] : lines;
}

function knownLine({ subject, methods }: RouteFacts): string {
  if (subject.kind === 'undetermined')
    return 'neither known nor unknown: nobody can be asked, and nothing was mirrored yet';
  return `known, with enough methods (${methods.join(', ')})`;
}

function blocked({ blockedUntilMs }: RouteFacts): Route | undefined {
  return blockedUntilMs === undefined ? undefined : { kind: 'blocked', untilMs: blockedUntilMs };
}

function accountBlocked({ accountBlockedUntilMs }: RouteFacts): Route | undefined {
  return accountBlockedUntilMs === undefined ? undefined : { kind: 'blocked', untilMs: accountBlockedUntilMs };
}

function contact(facts: RouteFacts): Route | undefined {
  if (!facts.isTenantOn) return { kind: 'contact-administrator', reason: 'tenant-off' };
  // Nobody is known: there is no person who could be enabled or not, and saying so would tell unknown from unregistered.
  if (facts.subject.kind !== 'directory' && facts.subject.kind !== 'cloud-only') return undefined;
  if (!facts.isPersonEnabled) return { kind: 'contact-administrator', reason: 'person-not-enabled' };
  if (facts.subject.kind === 'cloud-only') return undefined;
  const { disposition } = facts.subject;
  if (disposition.kind === 'contact-administrator') {
    return { kind: 'contact-administrator', reason: disposition.reason };
  }
  const isClosed = disposition.kind === 'write-back' && offersOf(facts).length === 0;
  return isClosed ? { kind: 'contact-administrator', reason: 'nothing-allowed' } : undefined;
}

function cannotVerify(facts: RouteFacts): Route | undefined {
  const { subject } = facts;
  if (subject.kind === 'undetermined') return undefined;
  if (subject.kind === 'unknown' || subject.kind === 'ambiguous')
    return { kind: 'cannot-verify', reason: subject.kind };
  // Of another authority, which nobody here speaks for: as good as unknown.
  if (subject.kind === 'directory' && subject.disposition.kind === 'not-managed-here') {
    return { kind: 'cannot-verify', reason: 'unknown' };
  }
  return facts.methods.length < facts.gates ? { kind: 'cannot-verify', reason: 'too-few-methods' } : undefined;
}

function tryLater({ subject }: RouteFacts): Route | undefined {
  if (subject.kind === 'undetermined') return { kind: 'try-later', reason: 'directory-unreachable' };
  if (subject.kind !== 'directory') return undefined;
  if (subject.disposition.kind === 'try-later') return { kind: 'try-later', reason: subject.disposition.reason };
  return subject.isLive ? undefined : { kind: 'try-later', reason: 'directory-unreachable' };
}

function prove(facts: RouteFacts): Route {
  return { kind: 'prove', gates: facts.gates, methods: facts.methods, offers: offersOf(facts) };
}

function offersOf({ subject, offersUnlock }: RouteFacts): readonly FlowOperation[] {
  if (subject.kind !== 'directory') return ['reset'];
  const { disposition } = subject;
  if (disposition.kind !== 'write-back') return ['reset'];
  const { reset, unlock } = disposition;
  // Offered to the unlocked as well: leaving it out would tell a stranger that the account is not locked.
  const canUnlock = unlock.kind === 'allowed' || unlock.reason === 'not-locked';
  return [
    ...(reset.kind === 'allowed' && !staysLocked(disposition, subject.isLocked) ? (['reset'] as const) : []),
    ...(offersUnlock && canUnlock ? (['unlock'] as const) : []),
  ];
}

/** Whether a reset would leave the person locked out: the agent does not unlock, and refuses such a reset. */
export function staysLocked({ unlock }: Extract<Disposition, { kind: 'write-back' }>, isLocked: boolean): boolean {
  return isLocked && unlock.kind === 'closed' && unlock.reason !== 'not-locked';
}

function describe(route: Route): string {
  switch (route.kind) {
    case 'blocked':
      return 'blocked: a throttle holds';
    case 'contact-administrator':
    case 'cannot-verify':
    case 'try-later':
      return `${route.kind}: ${route.reason}`;
    case 'prove':
      return `prove: ${route.gates} of ${route.methods.join(', ')}; offers ${route.offers.join(', ')}`;
    default:
      return assertNever(route);
  }
}
