// A word for everything that an organisation's settings say just now: whatever was begun under another word stops. Pure but for remembering.

import { hash } from 'node:crypto';
import type { TenantId } from '../../protocol/identifiers.js';
import type { Tenant } from './tenant.js';

/** Empty where there is no such tenant. */
export function settingsWords(tenants: readonly Tenant[]): (tenantId: TenantId | undefined) => string {
  /** A tenant whose policy changes is another object. */
  const words = new WeakMap<Tenant, string>();
  return (tenantId) => {
    const tenant = tenants.find(({ id }) => id === tenantId);
    if (tenant === undefined) return '';
    const word = words.get(tenant) ?? hash('sha256', JSON.stringify(tenant), 'base64url');
    words.set(tenant, word);
    return word;
  };
}
