// Finds out whom a user ID means: asks the agents, live, and the store for cloud-only accounts; the mirror for what an agent that
// is away would say. Says what was found and how sure that is; decides nothing about it.

import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { Inspection, ManagedAccount } from '../../protocol/managed-accounts.js';
import type { Clock } from '../../timing/clock.js';
import type { Relay } from '../relay/relay.js';
import type { AccountMirror, MirroredAccount } from './account-mirror.js';
import { type AgentsWord, askAgents, isManaged } from './ask-agents.js';
import type { CloudAccount, CloudAccounts } from './cloud-accounts.js';

export type FoundInspection = Extract<Inspection, { kind: 'found' }>;

export type ResolvedPerson =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous' }
  /** No agent answers and nothing was ever mirrored: neither found nor missing. */
  | { readonly kind: 'undetermined' }
  /** `knownBy`: the agents that found the account. */
  | { readonly kind: 'directory'; readonly inspection: FoundInspection; readonly knownBy: readonly AgentId[] }
  /** As the mirror has it: its directory is away. */
  | { readonly kind: 'mirrored'; readonly account: ManagedAccount }
  /** `isAlone`: for anybody else it would be undetermined now. */
  | { readonly kind: 'cloud-only'; readonly account: CloudAccount; readonly isAlone: boolean };

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
  const word = await askAgents(deps, { tenantId, subject: { kind: 'user-id', userId }, signal });
  const { inspection, knownBy } = word;
  if (inspection?.kind === 'ambiguous') return { kind: 'ambiguous' };
  if (inspection?.kind === 'found' && isManaged(inspection.account)) {
    // Not waited for: it is a cost that only somebody known has, and the answer's time would tell. Silence is right as well:
    // the mirror is a copy, which the next pass writes again, and a store in trouble is reported by what needs it.
    mirror.refresh(tenantId, inspection.account).catch(() => undefined);
    return { kind: 'directory', inspection, knownBy };
  }
  const mirrored = believed(await mirror.find(tenantId, userId), word);
  if (mirrored?.kind === 'ambiguous') return { kind: 'ambiguous' };
  if (mirrored?.kind === 'found') return { kind: 'mirrored', account: mirrored.account };
  const account = await cloudAccounts.find(tenantId, userId);
  // One agent that answers is enough to go on: were the unknown told "try later" whenever another is away, they could be told
  // from the unregistered of the one that is there.
  const isNobodySure = knownBy.length === 0 && word.deniedBy.length === 0;
  const isUndetermined = isNobodySure && !(await mirror.holdsAnybody(tenantId));
  if (account !== undefined) return { kind: 'cloud-only', account, isAlone: isUndetermined };
  return { kind: isUndetermined ? 'undetermined' : 'unknown' };
}

/** The mirror's word, where it stands for an agent that is away; undefined where an agent that is here knows better. */
function believed(mirrored: MirroredAccount, word: AgentsWord): MirroredAccount | undefined {
  if (word.inspection?.kind === 'found') return undefined;
  if (mirrored.kind !== 'found') return word.isWhole ? undefined : mirrored;
  const { sourceAgentId } = mirrored;
  const isDenied = sourceAgentId === undefined ? word.isWhole : word.deniedBy.includes(sourceAgentId);
  return isDenied ? undefined : mirrored;
}
