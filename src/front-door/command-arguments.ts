// What a command's arguments name, found or refused in one sentence: a tenant of the settings, a person, an agent, a reset.
// Refuses what cannot be taken, too: an address, a first password. Never repeats what was typed, but for a tenant's id.

import { OperatorMistake } from '../failure/failure.js';
import {
  type AccountAnchor,
  type AgentId,
  parseAgentId,
  parseResetId,
  type ResetId,
  type TenantId,
} from '../protocol/identifiers.js';
import type { PolicyRule } from '../protocol/outcomes.js';
import { PASSWORD_UNITS_MAX } from '../protocol/password-text.js';
import { canonicalUserId } from '../protocol/user-id.js';
import type { Secret } from '../secret/secret.js';
import { mailAddress } from '../settings/common-settings.js';
import type { House } from './front-door.js';
import type { AccountRef } from './methods/method-store.js';
import { brokenCloudRule, CLOUD_PASSWORD_POLICY } from './people/cloud-password-rules.js';
import { type Identity, identityOf } from './resets/find-route.js';
import type { Tenant } from './tenants/tenant.js';

/** What the command names is not there, or is there already. The message says it all. */
export class CommandRefused extends OperatorMistake {
  readonly code = 'command-refused';
  readonly retry = { mayRetry: false, why: 'the same command is refused again' };
}

export function resetIdOf(text: string): ResetId {
  try {
    return parseResetId(text);
  } catch {
    // The parser's own message is a pattern, which helps nobody here.
    throw new CommandRefused('this is no reset id: one is a UUID, as in the field resetId of the logs');
  }
}

/** As a person reads it out from their page or mail. */
export function supportIdOf(text: string): string {
  const supportId = text.trim().toLowerCase();
  if (!UUID.test(supportId))
    throw new CommandRefused('this is no support id: one is a UUID, as at the foot of every page and mail');
  return supportId;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function agentIdOf(text: string): AgentId {
  try {
    return parseAgentId(text);
  } catch {
    throw new CommandRefused('this is no agent’s id; `drawbridge front-door agents list` shows them');
  }
}

export function mailAddressOf(text: string): string {
  const read = mailAddress.safeParse(text);
  if (read.success) return read.data;
  throw new CommandRefused('--reset-mail takes e-mail addresses, as in olga@example.net; one of these is none');
}

/** Holds a first password to what every later one is held to. Refuses it with one sentence, which never repeats it. */
export function admitFirstPassword(password: Secret, userIds: readonly string[]): void {
  const rule = brokenCloudRule(password.exposeBytes(), userIds);
  if (rule === undefined) return;
  const why = REFUSED_FIRST_PASSWORD[rule] ?? 'cannot be a password here';
  throw new CommandRefused(`the first password ${why}; nothing was added`);
}

const REFUSED_FIRST_PASSWORD: { readonly [Rule in PolicyRule]?: string } = {
  'too-short': `is too short: it takes ${CLOUD_PASSWORD_POLICY.lengthMin} characters or more`,
  'too-long': `is too long: ${PASSWORD_UNITS_MAX} characters are the most`,
  'inadmissible-characters': 'has characters that cannot be typed everywhere, or letters that are not composed (NFC)',
  'contains-name': 'has the user ID in it',
};

export function tenantNamed({ tenants }: House, tenantId: string): Tenant {
  const tenant = tenants.find(({ id }) => id === tenantId);
  if (tenant !== undefined) return tenant;
  throw new CommandRefused(
    `there is no tenant "${tenantId}" in the settings; there are: ${tenants.map(({ id }) => id).join(', ')}`,
  );
}

export interface PersonNamed {
  readonly account: AccountRef;
  readonly userIds: readonly string[];
  /** E-mail addresses that the directory, or the account itself, names: where the person is told what was done. */
  readonly addresses: readonly string[];
  /** As policies see them. */
  readonly known: Identity;
}

export async function personNamed({ store }: House, tenant: Tenant, user: string): Promise<PersonNamed> {
  const userId = canonicalUserId(user);
  if (userId === undefined) throw new CommandRefused('this is no user ID');
  const own = await store.cloudAccounts.find(tenant.id, userId);
  if (own !== undefined)
    return named(identityOf({ kind: 'cloud-only', account: own, isAlone: false }, tenant), own, tenant.id);
  const mirrored = await store.mirror.find(tenant.id, userId);
  if (mirrored.kind === 'found')
    return named(identityOf({ kind: 'mirrored', account: mirrored.account }, tenant), mirrored.account, tenant.id);
  const why = mirrored.kind === 'ambiguous' ? 'several accounts answer' : 'no account answers';
  throw new CommandRefused(
    `${why} to this user ID; accounts of the directory are known once an agent has mirrored them`,
  );
}

function named(known: Identity, { anchor }: { readonly anchor: AccountAnchor }, tenantId: TenantId): PersonNamed {
  const { userIds, noticeAddresses: addresses } = known;
  return { account: { tenantId, anchor }, userIds, addresses, known };
}
