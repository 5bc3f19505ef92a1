// Which addresses of somebody open with the very password that they may lose: pure. Knows nothing of how any of them is used.

import { canonicalUserId } from '../../protocol/user-id.js';
import type { VisitPerson } from '../sign-in/visit.js';
import { isOfOwnDomain } from '../tenants/choose-tenant.js';
import type { Tenant } from '../tenants/tenant.js';

/**
 * Canonical. What an account of a directory answers to within the organisation's own domains; elsewhere it is somebody else's mailbox, with a
 * password of its own. An account of the front door's own has a password that opens no mailbox, and what the directory names as private is so.
 */
export function workAddresses(
  { kind, userIds, addresses }: Pick<VisitPerson, 'kind' | 'userIds' | 'addresses'>,
  tenant: Pick<Tenant, 'domains'>,
): readonly string[] {
  if (kind === 'cloud-only') return [];
  const named = addresses.map(canonicalUserId);
  return userIds.filter((name) => name.includes('@') && !named.includes(name) && isOfOwnDomain(tenant, name));
}
