// What a signed-in person is shown of their ways of proving who they are. Looks, and changes nothing.

import type { Clock } from '../../timing/clock.js';
import { ownerOf, uncountedMethods } from '../methods/directory-addresses.js';
import type { MethodKind } from '../methods/every-method.js';
import type { MethodSetup } from '../methods/method-setup.js';
import type { KeptMethod, MethodStore } from '../methods/method-store.js';
import { type ProofMethod, type RegisteredMethod, registeredMethods } from '../methods/proof-method.js';
import { isConfirmed, type SignedIn, type Visit, type VisitPerson } from '../sign-in/visit.js';
import { type ChosenPolicy, choosePolicy, isPersonEnabled } from '../tenants/choose-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import { type WayToTry, waysToTry } from './ways-to-try.js';

export interface LookDeps {
  readonly proofMethods: readonly ProofMethod[];
  readonly setups: readonly MethodSetup[];
  readonly store: Pick<MethodStore, 'list' | 'recoveryCodesLeft' | 'confirmedAtMs'>;
  readonly tenants: readonly Tenant[];
  readonly clock: Clock;
}

/** What the page shows. */
export interface SecurityInfoView {
  readonly visit: Visit;
  readonly stage: SignedIn;
  readonly person: VisitPerson;
  /** False where the organisation has not turned this on for the person: nothing can be set up. */
  readonly isEnabled: boolean;
  readonly policy: ChosenPolicy;
  /** What was set up here. */
  readonly kept: readonly KeptMethod[];
  /** Addresses and numbers that come from the directory, which nobody removes here. */
  readonly fromDirectory: readonly RegisteredMethod[];
  /** What the directory names and the policy lets count once the person has confirmed it. */
  readonly toConfirm: readonly RegisteredMethod[];
  readonly recoveryCodesLeft: number;
  readonly waysToTry: readonly WayToTry[];
  /** Kinds that may be set up here. */
  readonly offered: readonly MethodKind[];
  /** Different kinds that are there and that the policy takes, of `policy.gates`. */
  readonly usableKinds: number;
  readonly isConfirmed: boolean;
  /** The organisation wants to know whether all is still right, and it is long since the person said so. */
  readonly isToReconfirm: boolean;
}

/** Undefined where nobody is signed in, or whose organisation is no more. */
export async function lookAtSecurityInfo(
  { proofMethods, setups, store, tenants, clock }: LookDeps,
  visit: Visit,
): Promise<SecurityInfoView | undefined> {
  const { stage, person } = visit;
  const tenant = tenants.find(({ id }) => id === person?.tenantId);
  if (stage.kind !== 'signed-in' || person === undefined || tenant === undefined) return undefined;
  const policy = choosePolicy(tenant, person);
  const kept = await store.list(person);
  const registered = await registeredMethods(proofMethods, policy.methods, ownerOf(person, policy.directoryAddresses));
  const isEnabled = mayChangeWays(tenant, person);
  const addresses = new Set(kept.map(({ address }) => address.toLowerCase()));
  return {
    visit,
    stage,
    person,
    isEnabled,
    policy,
    kept,
    fromDirectory: registered.filter(({ address }) => address !== '' && !addresses.has(address.toLowerCase())),
    toConfirm: await methodsToConfirm(proofMethods, kindsOffered(setups, policy, tenant), person, policy),
    recoveryCodesLeft: await store.recoveryCodesLeft(person),
    waysToTry: isEnabled ? waysToTry(kept, registered) : [],
    offered: kindsOffered(setups, policy, tenant),
    usableKinds: new Set(registered.map(({ kind }) => kind)).size,
    isConfirmed: isConfirmed(visit, clock.nowMs()),
    isToReconfirm: isToReconfirm(tenant, kept, await store.confirmedAtMs(person), clock.nowMs()),
  };
}

/** `kinds`: those that may be set up. Under `ignore` nothing is shown, or a press would be all it takes. */
export async function methodsToConfirm(
  proofMethods: readonly ProofMethod[],
  kinds: readonly MethodKind[],
  person: VisitPerson,
  { directoryAddresses: rule }: Pick<ChosenPolicy, 'directoryAddresses'>,
): Promise<readonly RegisteredMethod[]> {
  return rule === 'confirm' ? uncountedMethods(proofMethods, kinds, person, rule) : [];
}

/** Where nobody can tell which policy is the person's, nothing is changed: whatever is missing for the one may be there for the other. */
export function mayChangeWays(tenant: Tenant, person: VisitPerson): boolean {
  return isPersonEnabled(tenant, person) && choosePolicy(tenant, person).undecided.length === 0;
}

/** What the policy takes and can be set up here. */
export function kindsOffered(
  setups: readonly MethodSetup[],
  { methods }: Pick<ChosenPolicy, 'methods'>,
  { id }: Pick<Tenant, 'id'>,
): readonly MethodKind[] {
  const open = setups.filter(({ isOpenTo }) => isOpenTo?.(id) ?? true);
  return open.map(({ kind }) => kind).filter((kind) => methods.includes(kind));
}

const DAY_MS = 24 * 60 * 60_000;

/** Whoever has set something up lately has looked at it. Where nothing is set up there is nothing to ask about. */
function isToReconfirm(
  { registration }: Tenant,
  kept: readonly KeptMethod[],
  confirmedAtMs: number | undefined,
  nowMs: number,
): boolean {
  if (registration.reconfirmDays === 0 || kept.length === 0) return false;
  const lookedAtMs = Math.max(confirmedAtMs ?? 0, ...kept.map(({ setUpAtMs }) => setUpAtMs));
  return nowMs - lookedAtMs >= registration.reconfirmDays * DAY_MS;
}
