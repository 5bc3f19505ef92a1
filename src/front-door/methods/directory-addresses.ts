// The one place that decides whether an address or a phone that was not set up here proves who somebody is. Whoever asks for somebody's
// methods needs a MethodOwner, and gets it here. Pure, but for asking the methods what they make of an address.
// What an administrator set of an account of the front door's own always counts. Who is told of what was done is not decided here.

import type { ChosenPolicy } from '../tenants/choose-policy.js';
import type { DirectoryAddresses } from '../tenants/tenant.js';
import type { MethodKind } from './every-method.js';
import type { AccountRef } from './method-store.js';
import { type MethodOwner, type ProofMethod, type RegisteredMethod, registeredMethods } from './proof-method.js';

/** A person with what is known of them. */
export interface KnownAddresses extends AccountRef {
  readonly kind: 'directory' | 'cloud-only';
  /** Private addresses that the directory, or the account itself, names. */
  readonly addresses: readonly string[];
  /** Phones that the directory names. */
  readonly phones: readonly string[];
}

/** `rule`: of the person's policy. */
export function ownerOf(person: KnownAddresses, rule: DirectoryAddresses): MethodOwner {
  const { kind, tenantId, anchor, addresses, phones } = person;
  const doCount = kind === 'cloud-only' || rule === 'count';
  return {
    tenantId,
    anchor,
    countedAddresses: doCount ? addresses : [],
    countedPhones: doCount ? phones : [],
  };
}

/** What the directory names, a method of these kinds could use, and the rule does not let count: neither is it the person's own yet. */
export async function uncountedMethods(
  proofMethods: readonly ProofMethod[],
  kinds: readonly MethodKind[],
  person: KnownAddresses,
  rule: DirectoryAddresses,
): Promise<readonly RegisteredMethod[]> {
  const counted = ownerOf(person, rule);
  const named = ownerOf(person, 'count');
  if (
    counted.countedAddresses.length === named.countedAddresses.length &&
    counted.countedPhones.length === named.countedPhones.length
  )
    return [];
  const own = await registeredMethods(proofMethods, kinds, counted);
  const keyOf = ({ kind, address }: RegisteredMethod) => `${kind} ${address.toLowerCase()}`;
  const ownKeys = new Set(own.map(keyOf));
  const all = await registeredMethods(proofMethods, kinds, named);
  return all.filter((method) => !ownKeys.has(keyOf(method)));
}

/** For an administrator: what the directory names of somebody, and what the policy makes of it. Completes no sentence; is one. */
export function directoryAddressesInWords(
  { kind, addresses, phones }: Omit<KnownAddresses, keyof AccountRef>,
  { name, directoryAddresses: rule, undecided }: ChosenPolicy,
): string {
  if (kind === 'cloud-only')
    return `set by an administrator: ${numberOf(addresses.length, 'address', 'addresses')}, always counted`;
  const told = [
    ...(addresses.length > 0 ? [numberOf(addresses.length, 'address', 'addresses')] : []),
    ...(phones.length > 0 ? [numberOf(phones.length, 'phone', 'phones')] : []),
  ];
  const policy =
    undecided.length === 0 ? `policy ${name}` : `the strictest of the policies ${[...undecided, name].join(', ')}`;
  const verdict = { count: 'counts them', confirm: 'does not count them until confirmed', ignore: 'ignores them' }[
    rule
  ];
  return told.length === 0
    ? 'the directory names none'
    : `the directory names ${told.join(' and ')}; ${policy} ${verdict}`;
}

function numberOf(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}
