// Which organisation a user ID belongs to. Pure. Undefined means nobody's, which people must not be able to tell from unknown.
// Knows only the ID's shape, never whether there is such a person.

import type { Tenant } from './tenant.js';

/** A single tenant takes every user ID; of several, the one with the longest domain that ends the ID's own. */
export function chooseTenant(tenants: readonly Tenant[], userId: string): Tenant | undefined {
  if (tenants.length <= 1) return tenants[0];
  const domain = domainOf(userId);
  if (domain === undefined) return undefined;
  const claims = tenants.flatMap((tenant) =>
    tenant.domains.filter((suffix) => isWithin(domain, suffix)).map((suffix) => ({ tenant, suffix })),
  );
  claims.sort((a, b) => b.suffix.length - a.suffix.length);
  return claims[0]?.tenant;
}

/** Whether a user ID is of this organisation's own domains; a tenant that names none takes every one. */
export function isOfOwnDomain({ domains }: Pick<Tenant, 'domains'>, userId: string): boolean {
  const domain = domainOf(userId);
  return domains.length === 0 || (domain !== undefined && domains.some((suffix) => isWithin(domain, suffix)));
}

function domainOf(userId: string): string | undefined {
  const backslash = userId.indexOf('\\');
  if (backslash > 0) return userId.slice(0, backslash);
  const at = userId.lastIndexOf('@');
  return at < 0 ? undefined : userId.slice(at + 1);
}

function isWithin(domain: string, suffix: string): boolean {
  // With the dot: example.com must not take what belongs to notexample.com.
  return domain === suffix || domain.endsWith(`.${suffix}`);
}
