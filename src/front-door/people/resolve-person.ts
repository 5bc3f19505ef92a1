// Finds out whom a user ID means: asks the agent, live, and the store for cloud-only accounts; the mirror when no agent answers.
// Says what was found and how sure that is; decides nothing about it.

import { codeOf } from '../../failure/failure.js';
import type { AccountSubject } from '../../protocol/frames.js';
import type { TenantId } from '../../protocol/identifiers.js';
import type { Inspection, ManagedAccount } from '../../protocol/managed-accounts.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import type { Relay } from '../relay/relay.js';
import type { AccountMirror } from './account-mirror.js';
import type { CloudAccount, CloudAccounts } from './cloud-accounts.js';

export type FoundInspection = Extract<Inspection, { kind: 'found' }>;

export type ResolvedPerson =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous' }
  /** No agent answers and nothing was ever mirrored: neither found nor missing. */
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'directory'; readonly inspection: FoundInspection }
  /** As the mirror has it: its directory is away. */
  | { readonly kind: 'mirrored'; readonly account: ManagedAccount }
  | { readonly kind: 'cloud-only'; readonly account: CloudAccount };

/** How long an agent may take to say who is meant, before the mirror is asked instead. */
export const INSPECT_DEADLINE_MS = 4_000;

export interface ResolvePersonDeps {
  readonly relay: Relay;
  readonly mirror: AccountMirror;
  readonly cloudAccounts: CloudAccounts;
  readonly clock: Clock;
}

/** `userId` is canonical. */
export async function resolvePerson(
  deps: ResolvePersonDeps,
  question: { readonly tenantId: TenantId; readonly userId: string; readonly signal: AbortSignal },
): Promise<ResolvedPerson> {
  const { mirror, cloudAccounts } = deps;
  const { tenantId, userId, signal } = question;
  const inspection = await inspect(deps, { tenantId, subject: { kind: 'user-id', userId }, signal });
  if (inspection?.kind === 'ambiguous') return { kind: 'ambiguous' };
  if (inspection?.kind === 'found' && inspection.account.disposition.kind !== 'not-managed-here') {
    // Not waited for: it is a cost that only somebody known has, and the answer's time would tell. Silence is right as well:
    // the mirror is a copy, which the next cycle writes again, and a store in trouble is reported by what needs it.
    mirror.refresh(tenantId, inspection.account).catch(() => undefined);
    return { kind: 'directory', inspection };
  }
  const isDirectoryAway = inspection === undefined || inspection.kind === 'try-later';
  const mirrored = isDirectoryAway ? await mirror.find(tenantId, userId) : undefined;
  if (mirrored?.kind === 'ambiguous') return { kind: 'ambiguous' };
  if (mirrored?.kind === 'found') return { kind: 'mirrored', account: mirrored.account };
  const account = await cloudAccounts.find(tenantId, userId);
  if (account !== undefined) return { kind: 'cloud-only', account };
  return isDirectoryAway && (await mirror.count(tenantId)) === 0 ? { kind: 'undetermined' } : { kind: 'unknown' };
}

/** What an agent says of the account now; undefined when none answers in time. */
export async function inspect(
  deps: Pick<ResolvePersonDeps, 'relay' | 'clock'>,
  question: { readonly tenantId: TenantId; readonly subject: AccountSubject; readonly signal: AbortSignal },
): Promise<Inspection | undefined> {
  const { relay, clock } = deps;
  const { tenantId, subject, signal } = question;
  const bounds = { clock, deadlineMs: INSPECT_DEADLINE_MS, what: 'an agent to inspect the account', signal };
  try {
    const relayed = await withDeadline(bounds, (inner) =>
      relay.ask({ tenantId, agentId: undefined, request: { kind: 'inspect', subject }, signal: inner }),
    );
    return relayed.kind === 'answered' && relayed.answer.kind === 'inspected' ? relayed.answer.inspection : undefined;
  } catch (error) {
    if (codeOf(error) === 'deadline-exceeded') return undefined;
    throw error;
  }
}
