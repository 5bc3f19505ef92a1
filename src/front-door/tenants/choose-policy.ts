// Which of a tenant's policies holds for a person, and whether the person may reset at all. Pure.
// Invariant: an administrator never has fewer than two gates, whatever the configuration says.

import type { People, Tenant, TenantPolicy } from './tenant.js';

/** A person as policies see them: every user ID they answer to, canonical. */
export interface PolicyPerson {
  readonly userIds: readonly string[];
  readonly isAdministrator: boolean;
}

// Nobody wrote a policy for this person: the stricter reading of silence.
const UNMENTIONED: TenantPolicy = {
  name: 'unmentioned',
  appliesTo: 'everyone',
  gates: 2,
  methods: ['email-code', 'authenticator-code'],
};

export function choosePolicy(tenant: Tenant, person: PolicyPerson): TenantPolicy {
  const policy = tenant.policies.find((candidate) => appliesTo(candidate, person)) ?? UNMENTIONED;
  return person.isAdministrator ? { ...policy, gates: 2 } : policy;
}

export function isPersonEnabled(tenant: Tenant, person: PolicyPerson): boolean {
  if (tenant.reset === 'off') return false;
  return tenant.reset === 'everyone' || isAmong(tenant.reset, person);
}

function appliesTo(policy: TenantPolicy, person: PolicyPerson): boolean {
  if (policy.appliesTo === 'everyone') return true;
  if (policy.appliesTo === 'administrators') return person.isAdministrator;
  return isAmong(policy.appliesTo, person);
}

function isAmong({ people }: People, { userIds }: PolicyPerson): boolean {
  return userIds.some((userId) => people.includes(userId));
}
