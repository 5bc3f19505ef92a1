// Which of a tenant's policies holds for a person, whether the person may reset at all, and why. Pure.
// Invariants: an administrator never has fewer than two gates nor security questions among the methods, whatever the configuration
// says; and where nobody can tell whether a policy is a person's, they meet nothing that it would not let pass either, nor does an address
// of the directory's prove more than it would let it.

import type { ToldGroups } from '../../protocol/told-groups.js';
import { type MethodKind, mayProveAdministrator } from '../methods/every-method.js';
import {
  DIRECTORY_ADDRESSES,
  type DirectoryAddresses,
  type Selection,
  type Tenant,
  type TenantPolicy,
} from './tenant.js';

/** What is known of a person's groups: whoever is asked of a group in neither list does not know. */
export interface Memberships {
  readonly in: readonly string[];
  readonly notIn: readonly string[] | 'all-others';
}

/** Of accounts that are in no directory. */
export const IN_NO_GROUP: Memberships = { in: [], notIn: 'all-others' };

/** An agent that tells of no group leaves every one of them open. */
export function membershipsOf(groups: ToldGroups | undefined): Memberships {
  return groups ?? { in: [], notIn: [] };
}

/** A person as policies see them: every user ID they answer to, canonical. */
export interface PolicyPerson {
  readonly userIds: readonly string[];
  /** The account itself says so, whatever the tenant's list. */
  readonly isAdministrator: boolean;
  readonly memberships: Memberships;
}

/** `because`: completes a sentence for the administrator; names user IDs and groups of the tenant's own policy alone. */
export interface Verdict {
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly because: string;
}

export interface ChosenPolicy {
  readonly name: string;
  readonly gates: 1 | 2;
  readonly methods: readonly MethodKind[];
  /** Of several that may be theirs the strictest. */
  readonly directoryAddresses: DirectoryAddresses;
  /** Earlier policies that may be the person's, for all that is known: two gates then, and only methods that all of them take. */
  readonly undecided: readonly string[];
}

export interface PersonJudged {
  readonly administrator: Verdict;
  readonly enabled: Verdict;
  /** Each policy up to the first that surely is theirs; all of them where none is. */
  readonly considered: readonly { readonly policy: TenantPolicy; readonly verdict: Verdict }[];
  readonly policy: ChosenPolicy;
}

/** Nobody wrote a policy for this person: the stricter reading of silence. */
export function unmentioned({
  policies,
}: Pick<Tenant, 'policies'>): TenantPolicy & Pick<ChosenPolicy, 'directoryAddresses'> {
  return {
    name: 'unmentioned',
    appliesTo: 'everyone',
    gates: 2,
    methods: ['email-code', 'authenticator-code'],
    directoryAddresses: strictestOf(policies),
  };
}

function strictestOf(policies: readonly TenantPolicy[]): DirectoryAddresses {
  const asked = policies.map(({ directoryAddresses = 'count' }) => directoryAddresses);
  return DIRECTORY_ADDRESSES.findLast((each) => asked.includes(each)) ?? 'count';
}

export function choosePolicy(tenant: Tenant, person: PolicyPerson): ChosenPolicy {
  return judgePerson(tenant, person).policy;
}

/** Whoever may be one, for all that is known, counts as one. */
export function countsAsAdministrator({ administrator }: Pick<PersonJudged, 'administrator'>): boolean {
  return administrator.holds !== 'no';
}

/** Whoever cannot be told is not. */
export function isPersonEnabled(tenant: Tenant, person: PolicyPerson): boolean {
  return judgeEnabled(tenant, person).holds === 'yes';
}

export function judgePerson(tenant: Tenant, person: PolicyPerson): PersonJudged {
  const administrator = judgeAdministrator(tenant, person);
  const judged = tenant.policies.map((policy) => ({ policy, verdict: judgePolicy(policy, person, administrator) }));
  const decided = judged.findIndex(({ verdict }) => verdict.holds === 'yes');
  const considered = decided < 0 ? judged : judged.slice(0, decided + 1);
  const policy = judged[decided]?.policy ?? unmentioned(tenant);
  const open = considered.filter(({ verdict }) => verdict.holds === 'unknown').map((each) => each.policy);
  const isAdministrator = countsAsAdministrator({ administrator });
  const isStrict = open.length > 0 || isAdministrator;
  const methods = isAdministrator ? policy.methods.filter(mayProveAdministrator) : policy.methods;
  return {
    administrator,
    enabled: judgeEnabled(tenant, person),
    considered,
    policy: {
      name: policy.name,
      gates: isStrict ? 2 : policy.gates,
      methods: methods.filter((kind) => open.every((each) => each.methods.includes(kind))),
      directoryAddresses: strictestOf([...open, policy]),
      undecided: open.map(({ name }) => name),
    },
  };
}

function judgeAdministrator({ administrators }: Tenant, person: PolicyPerson): Verdict {
  if (person.isAdministrator) return { holds: 'yes', because: 'the account itself is marked as one' };
  return judgeSelection(administrators, person);
}

function judgeEnabled({ reset }: Tenant, person: PolicyPerson): Verdict {
  if (reset === 'off') return { holds: 'no', because: 'reset is off for the organisation' };
  if (reset === 'everyone') return { holds: 'yes', because: 'reset is on for everyone' };
  return judgeSelection(reset, person);
}

function judgePolicy({ appliesTo }: TenantPolicy, person: PolicyPerson, administrator: Verdict): Verdict {
  if (appliesTo === 'everyone') return { holds: 'yes', because: 'it applies to everyone' };
  if (appliesTo !== 'administrators') return judgeSelection(appliesTo, person);
  const { holds, because } = administrator;
  const words = { yes: 'the person is an administrator', no: 'the person is no administrator', unknown: because };
  return { holds, because: words[holds] };
}

/** One of the people, or in one of the groups. */
export function judgeSelection(selection: Selection, { userIds, memberships }: PolicyPerson): Verdict {
  const { people = [], groups = [] } = selection;
  const named = userIds.find((userId) => people.includes(userId));
  if (named !== undefined) return { holds: 'yes', because: `${named} is on its list` };
  const group = groups.find((name) => memberships.in.includes(name));
  if (group !== undefined) return { holds: 'yes', because: `the account is in the group ${group}` };
  const open = groups.filter((name) => !isSurelyOutside(name, memberships));
  if (open.length > 0)
    return { holds: 'unknown', because: `no agent tells whether the account is in ${inWords(open)}` };
  const outside = [
    ...(people.length > 0 ? ['not on its list'] : []),
    ...(groups.length > 0 ? [`not in ${inWords(groups)}`] : []),
  ];
  return {
    holds: 'no',
    because: outside.length === 0 ? 'nobody is named' : `the account is ${outside.join(', and ')}`,
  };
}

function isSurelyOutside(name: string, { notIn }: Memberships): boolean {
  return notIn === 'all-others' || notIn.includes(name);
}

function inWords(groups: readonly string[]): string {
  return `the ${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`;
}

/** Every group that the tenant's policy names, each once. */
export function groupsNamed({
  reset,
  administrators,
  policies,
}: Pick<Tenant, 'reset' | 'administrators' | 'policies'>) {
  const selections = [reset, administrators, ...policies.map(({ appliesTo }) => appliesTo)];
  return [...new Set(selections.flatMap((each) => (typeof each === 'string' ? [] : (each.groups ?? []))))];
}
