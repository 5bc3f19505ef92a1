// Has the current password judged, by whoever can: an agent, or the front door for an account of its own. Where nobody is meant it comes to
// what it would for somebody with a wrong password, and about as much is done for it. Knows no visit's way, see after-entry.ts.

import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { SealedPassword } from '../../protocol/sealed-password.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import { askAgents } from '../people/ask-agents.js';
import type { ResolvePersonDeps } from '../people/resolve-person.js';
import { carryOutWithPassword } from '../resets/carry-out.js';
import { type CloudPasswordDeps, enterCloudAccount } from './cloud-password.js';
import type { EntryOperation, Visit, VisitCommand } from './visit.js';
import type { VisitKeys } from './visit-keys.js';

export interface JudgeDeps extends ResolvePersonDeps, CloudPasswordDeps {
  readonly visitKeys: VisitKeys;
}

const WRONG: ResetOutcome = { kind: 'wrong-password' };
const AWAY: ResetOutcome = { kind: 'try-later', reason: 'directory-unreachable' };

export async function judgeEntry(
  deps: JudgeDeps,
  entry: {
    readonly visit: Visit;
    readonly operation: EntryOperation;
    readonly command: VisitCommand;
    readonly sealed: readonly SealedPassword[];
  },
): Promise<ResetOutcome> {
  const { visit, operation, command, sealed } = entry;
  const key = deps.visitKeys.take(command.resetId);
  const { person } = visit;
  // Not the request's signal: a person who closes the page must not leave a change half followed.
  const { signal } = new AbortController();
  if (person === undefined) return judgeNobody(deps, visit, operation, signal);
  const userId = canonicalUserId(visit.userId) ?? '';
  if (person.kind === 'cloud-only') {
    const own = sealed.find(({ keyId }) => keyId === key?.keyId);
    if (own === undefined || key === undefined) return { kind: 'unsealing-failed' };
    return enterCloudAccount(deps, { operation, account: person, userId, command, sealed: own, keyPair: key.pair });
  }
  const carried = await carryOutWithPassword(deps, { operation, subject: person, userId, command, sealed, signal });
  return carried.outcome;
}

/** An agent or a directory that is away is away for everybody: asked once more, since it may have gone after the name was typed. */
async function judgeNobody(
  deps: JudgeDeps,
  { tenantId, userId: typed }: Visit,
  operation: EntryOperation,
  signal: AbortSignal,
): Promise<ResetOutcome> {
  if (tenantId === undefined) return WRONG;
  const agents = deps.relay.liveAgents(tenantId);
  // An organisation that has no directory has none that could be away: all of its accounts are our own.
  if (agents.length === 0) return (await deps.mirror.holdsAnybody(tenantId)) ? AWAY : WRONG;
  if (!agents.some((agent) => !agent.isHeld && agent.operations.includes(operation))) return AWAY;
  const userId = canonicalUserId(typed);
  if (userId === undefined) return WRONG;
  const { inspection, deniedBy } = await askAgents(deps, { tenantId, subject: { kind: 'user-id', userId }, signal });
  const isAway = inspection === undefined || inspection.kind === 'try-later';
  return isAway && deniedBy.length === 0 ? AWAY : WRONG;
}
