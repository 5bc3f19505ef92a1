// Carries one reset or unlock to where it is done, and resolves to an outcome that is true. Never opens a managed account's password.
// A lost answer is asked for again from the same agent with the same id, which its ledger answers; from no other agent, which
// would do it anew. Who says that nothing was written is passed by for the next, those who know the account before the others.
// What stays unknown is called unknown.

import type {
  AgentRequest,
  ChangeRequest,
  InvalidateRequest,
  ResetRequest,
  SignInRequest,
  UnlockRequest,
} from '../../protocol/frames.js';
import type { AgentId, KeyId, ResetId } from '../../protocol/identifiers.js';
import type { ResetFlags } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { SealedPassword } from '../../protocol/sealed-password.js';
import type { Clock } from '../../timing/clock.js';
import type { AccountRef } from '../methods/method-store.js';
import { knowersFirst } from '../people/ask-agents.js';
import { type SetCloudPasswordDeps, setCloudPassword } from '../people/set-cloud-password.js';
import type { LiveAgent, Relay } from '../relay/relay.js';
import { agentRecipients } from '../sealing-keys/agent-recipients.js';
import type { FlowPerson } from './flow.js';

export interface CarryOutDeps extends SetCloudPasswordDeps {
  readonly relay: Relay;
  readonly clock: Clock;
}

export interface Carried {
  readonly outcome: ResetOutcome;
  /** Which agent answered, or was asked last. */
  readonly agentId: AgentId | undefined;
}

export type CarrySubject = Pick<FlowPerson, 'kind' | 'tenantId' | 'anchor' | 'knownBy'>;

export interface Command {
  readonly resetId: ResetId;
  readonly notAfterMs: number;
}

/** A reset also clears a lock: who has chosen a new password must be able to use it. */
export const RESET_FLAGS: ResetFlags = { unlock: true, mustChange: false };

/** How often one answer is asked for, the first time included. */
const ASKS_MAX = 3;

/** Whom a password is to be sealed for: every live agent that resets, or ourselves for an account of our own. */
export function recipientsFor(
  deps: Pick<CarryOutDeps, 'relay' | 'ownKey' | 'clock'>,
  subject: CarrySubject,
): readonly { readonly keyId: KeyId; readonly publicKey: string }[] {
  const { relay, ownKey, clock } = deps;
  if (subject.kind === 'cloud-only') return [{ keyId: ownKey.keyId, publicKey: ownKey.publicKey }];
  // Only so many are sealed for: those who know the account first.
  const agents = knowersFirst(relay.liveAgents(subject.tenantId), subject.knownBy);
  const recipients = agentRecipients(agents, clock.nowMs());
  return recipients.map(({ keyId, publicKey }) => ({ keyId, publicKey }));
}

export async function carryOutReset(
  deps: CarryOutDeps,
  options: {
    readonly subject: CarrySubject;
    readonly command: Command;
    readonly sealed: readonly SealedPassword[];
    readonly signal: AbortSignal;
  },
): Promise<Carried> {
  const { subject, command, sealed, signal } = options;
  const requestWith = (one: SealedPassword): ResetRequest => ({
    kind: 'reset',
    ...command,
    anchor: subject.anchor,
    flags: RESET_FLAGS,
    sealed: one,
  });
  if (subject.kind === 'cloud-only') {
    const own = sealed.find(({ keyId }) => keyId === deps.ownKey.keyId);
    const outcome: ResetOutcome =
      own === undefined
        ? { kind: 'unsealing-failed' }
        : await setCloudPassword(deps, subject.tenantId, requestWith(own));
    return { outcome, agentId: undefined };
  }
  const plans = agentsFor(deps, subject).flatMap((agent) => {
    const own = sealed.find(({ keyId }) => agent.sealingKeys.some((key) => key.keyId === keyId));
    return own === undefined || agent.isHeld ? [] : [{ agentId: agent.agentId, request: requestWith(own) }];
  });
  return askInTurn(deps, { subject, plans, command, signal });
}

export async function carryOutUnlock(
  deps: CarryOutDeps,
  options: { readonly subject: CarrySubject; readonly command: Command; readonly signal: AbortSignal },
): Promise<Carried> {
  const { subject, command, signal } = options;
  if (subject.kind === 'cloud-only') return { outcome: { kind: 'no-such-account' }, agentId: undefined };
  const request: UnlockRequest = { kind: 'unlock', ...command, anchor: subject.anchor };
  const plans = agentsFor(deps, subject)
    .filter((agent) => !agent.isHeld && agent.operations.includes('unlock'))
    .map(({ agentId }) => ({ agentId, request }));
  return askInTurn(deps, { subject, plans, command, signal });
}

/** Asks for what needs the current password. `userId`: canonical; what was sealed is sealed for this name. */
export async function carryOutWithPassword(
  deps: Pick<CarryOutDeps, 'relay' | 'clock'>,
  options: {
    readonly operation: 'sign-in' | 'change';
    readonly subject: CarrySubject;
    readonly userId: string;
    readonly command: Command;
    readonly sealed: readonly SealedPassword[];
    readonly signal: AbortSignal;
  },
): Promise<Carried> {
  const { operation, subject, userId, command, sealed, signal } = options;
  const plans = agentsFor(deps, subject).flatMap((agent) => {
    const own = sealed.find(({ keyId }) => agent.sealingKeys.some((key) => key.keyId === keyId));
    if (own === undefined || agent.isHeld || !agent.operations.includes(operation)) return [];
    const request: SignInRequest | ChangeRequest = {
      kind: operation,
      ...command,
      anchor: subject.anchor,
      userId,
      sealed: own,
    };
    return [{ agentId: agent.agentId, request }];
  });
  return askInTurn(deps, { subject, plans, command, signal });
}

/** Has an agent that offers it make the account's password one that nobody learns. Knows no flow: whoever knows the account says so. */
export async function carryOutInvalidation(
  deps: Pick<CarryOutDeps, 'relay' | 'clock'>,
  options: { readonly account: AccountRef; readonly command: Command; readonly signal: AbortSignal },
): Promise<Carried> {
  const { account, command, signal } = options;
  const subject: CarrySubject = { kind: 'directory', ...account, knownBy: [] };
  const request: InvalidateRequest = { kind: 'invalidate-password', ...command, anchor: account.anchor };
  const plans = agentsFor(deps, subject)
    .filter((agent) => !agent.isHeld && agent.operations.includes('invalidate-password'))
    .map(({ agentId }) => ({ agentId, request }));
  return askInTurn(deps, { subject, plans, command, signal });
}

function agentsFor({ relay }: Pick<CarryOutDeps, 'relay'>, { tenantId, knownBy }: CarrySubject): readonly LiveAgent[] {
  return knowersFirst(relay.liveAgents(tenantId), knownBy);
}

/**
 * One agent after the other, as long as each says that nothing was written, because now is not the time or because it is another
 * agent that knows the account, or is not there to say it.
 * Once an answer was lost, the agent that lost it alone: only its ledger knows what came of it.
 */
async function askInTurn(
  deps: Pick<CarryOutDeps, 'relay' | 'clock'>,
  options: {
    readonly subject: CarrySubject;
    readonly plans: readonly { readonly agentId: AgentId; readonly request: AgentRequest }[];
    readonly command: Command;
    readonly signal: AbortSignal;
  },
): Promise<Carried> {
  const { subject, plans, command, signal } = options;
  const { tenantId, knownBy } = subject;
  let later: Carried | undefined;
  let nobody: Carried | undefined;
  for (const { agentId, request } of plans) {
    for (let asked = 1; ; asked += 1) {
      const relayed = await deps.relay.ask({ tenantId, agentId, request, signal });
      if (relayed.kind === 'answered') {
        const { answer } = relayed;
        const outcome = answer.kind === 'outcome' ? answer.outcome : ({ kind: 'agent-fault' } as const);
        if (outcome.kind === 'no-such-account' && asked === 1) {
          nobody = { outcome, agentId };
          break;
        }
        if (outcome.kind !== 'try-later') return { outcome, agentId };
        // One that drains says so without looking at what it was asked before.
        if (asked > 1) return { outcome: outcome.reason === 'draining' ? { kind: 'unknown' } : outcome, agentId };
        later = { outcome, agentId };
        break;
      }
      // Not sent now, but it was before: it may have been done.
      if (relayed.kind === 'no-agent' && asked === 1) break;
      const isLate = deps.clock.nowMs() >= command.notAfterMs;
      if (relayed.kind === 'no-agent' || asked >= ASKS_MAX || isLate) return { outcome: { kind: 'unknown' }, agentId };
    }
  }
  // Who knew the account could not be asked: nobody else can say that it is gone.
  const isKnowerAway = knownBy.some((known) => !plans.some(({ agentId }) => agentId === known));
  return later ?? (isKnowerAway ? AWAY : (nobody ?? AWAY));
}

const AWAY: Carried = { outcome: { kind: 'try-later', reason: 'directory-unreachable' }, agentId: undefined };
