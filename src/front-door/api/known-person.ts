// Finds the person behind an anchor, inside the caller's tenant: as mirrored, asked live where the mirror has nothing yet.
// The mirror is enough here: the agent judges the account anew, live, before anything is written.

import { accountNames, shownName } from '../../protocol/account-names.js';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { ManagedAccount } from '../../protocol/managed-accounts.js';
import { askAgents } from '../people/ask-agents.js';
import type { CloudAccount } from '../people/cloud-accounts.js';
import { IN_NO_GROUP, isPersonEnabled, membershipsOf } from '../tenants/choose-policy.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import { ApiProblem } from './api-problems.js';

export interface KnownPerson {
  readonly kind: 'directory' | 'cloud-only';
  readonly anchor: AccountAnchor;
  readonly isEnabled: boolean;
  readonly accountName: string;
  readonly addresses: readonly string[];
}

type KnownPersonDeps = Pick<ApiDeps, 'mirror' | 'cloudAccounts' | 'relay' | 'clock'>;

/** Throws ApiProblem `account-not-found` or `no-agent`. Another tenant's account is not found. */
export async function knownPerson(
  deps: KnownPersonDeps,
  { tenant }: ApiCaller,
  anchor: AccountAnchor,
  signal: AbortSignal,
): Promise<KnownPerson> {
  const mirrored = await deps.mirror.read(tenant.id, anchor);
  if (mirrored !== undefined) return ofDirectory(mirrored);
  const cloud = await deps.cloudAccounts.read(tenant.id, anchor);
  if (cloud !== undefined) return ofFrontDoor(cloud);
  const { inspection } = await askAgents(deps, { tenantId: tenant.id, subject: { kind: 'anchor', anchor }, signal });
  if (inspection === undefined || inspection.kind === 'try-later') {
    throw new ApiProblem('no-agent', { retryAfterMs: NO_AGENT_RETRY_MS });
  }
  if (inspection.kind !== 'found') throw new ApiProblem('account-not-found');
  await deps.mirror.refresh(tenant.id, inspection.account);
  return ofDirectory(inspection.account);

  function ofDirectory(account: ManagedAccount): KnownPerson {
    const userIds = accountNames(account);
    return {
      kind: 'directory',
      anchor,
      isEnabled: isPersonEnabled(tenant, {
        userIds,
        isAdministrator: false,
        memberships: membershipsOf(account.groups),
      }),
      accountName: shownName(account),
      addresses: [...new Set([...account.resetMail, ...account.mail])],
    };
  }

  function ofFrontDoor(account: CloudAccount): KnownPerson {
    return {
      kind: 'cloud-only',
      anchor,
      isEnabled: isPersonEnabled(tenant, { ...account, memberships: IN_NO_GROUP }),
      accountName: account.userIds[0] ?? account.displayName,
      addresses: account.addresses,
    };
  }
}

export const NO_AGENT_RETRY_MS = 15_000;
