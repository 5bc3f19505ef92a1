// The tenants that the settings name, as the subjects take them: user IDs and domains in their canonical form, no secret's place.

import { canonicalUserId } from '../protocol/user-id.js';
import { type FrontDoorConfig, fitsIn, type TenantConfig } from './config.js';
import type { TenantOfFile } from './tenants/policies.js';
import { documentOf, policyOf } from './tenants/policy-document.js';
import type { Tenant } from './tenants/tenant.js';

export function tenantsOfFile(settings: FrontDoorConfig): readonly TenantOfFile[] {
  return settings.tenants.map((config) => ({
    tenant: tenantOf(config),
    document: documentOf(config),
    source: config.policySource,
    fits: fitsIn(settings, config),
  }));
}

/** The settings' tenant as the subjects take it: user IDs and domains in their canonical form. */
function tenantOf({ policySource: _, branding: _look, texts: _words, ...config }: TenantConfig): Tenant {
  return {
    ...config,
    ...policyOf(config),
    signInUrl: config.signInUrl,
    securityQuestions: config.securityQuestions,
    contact: contactOf(config.contact),
    domains: config.domains.flatMap((domain) => canonicalUserId(domain) ?? []),
  };
}

function contactOf(contact: TenantConfig['contact']): Tenant['contact'] {
  if (contact.kind === 'portal') return contact;
  const { kind, addresses, roles, webhook } = contact;
  return { kind, addresses, roles, opensTickets: webhook !== undefined };
}
