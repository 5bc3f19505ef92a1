// Asks every live agent of a tenant about one account, at once and with one deadline, and puts their answers together.
// Agents may read different directories: "not found" is only true when all of them say so. Knows neither mirror nor route.

import { codeOf } from '../../failure/failure.js';
import type { AccountSubject } from '../../protocol/frames.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Inspection, ManagedAccount } from '../../protocol/managed-accounts.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import type { LiveAgent, Relay } from '../relay/relay.js';

type Found = Extract<Inspection, { kind: 'found' }>;

/** What the agents say, all of them together. */
export interface AgentsWord {
  /** Undefined: no agent could say anything. `not-found` only when every live agent said so. */
  readonly inspection: Inspection | undefined;
  /** Who found the account, the agent whose word this is first; no more than a password is sealed for. */
  readonly knownBy: readonly AgentId[];
  /** Who has for certain no such account. */
  readonly deniedBy: readonly AgentId[];
  /** Every live agent said something for certain, and there is one. */
  readonly isWhole: boolean;
}

export interface AgentsAnswer {
  readonly agentId: AgentId;
  /** Undefined: no answer in time. */
  readonly inspection: Inspection | undefined;
}

/** How long the agents may take to say who is meant, all together. */
export const INSPECT_DEADLINE_MS = 4_000;
/** Agents asked at once; what further ones would say is not known. */
const AGENTS_ASKED_MAX = 32;

export async function askAgents(
  deps: { readonly relay: Relay; readonly clock: Clock },
  question: { readonly tenantId: TenantId; readonly subject: AccountSubject; readonly signal: AbortSignal },
): Promise<AgentsWord> {
  const { relay, clock } = deps;
  const { tenantId, subject, signal } = question;
  const agents = relay.liveAgents(tenantId).map(({ agentId }) => agentId);
  const answers: AgentsAnswer[] = [];
  const enough = Promise.withResolvers<void>();
  const asked = agents.slice(0, AGENTS_ASKED_MAX).map(async (agentId) => {
    const inspection = await ask(agentId);
    answers.push({ agentId, inspection });
    // An anchor means one account, and who asks by it has proven something. For a user ID all are waited for, known or not:
    // coming back early with the known would tell them from the unknown.
    if (subject.kind === 'anchor' && inspection?.kind === 'found' && rankOf(inspection) === 0) enough.resolve();
  });
  await Promise.race([Promise.all(asked), enough.promise]);
  return putTogether(agents.map((agentId) => answers.find((each) => each.agentId === agentId) ?? silent(agentId)));

  async function ask(agentId: AgentId): Promise<Inspection | undefined> {
    const bounds = { clock, deadlineMs: INSPECT_DEADLINE_MS, what: 'an agent to inspect the account', signal };
    try {
      const relayed = await withDeadline(bounds, (inner) =>
        relay.ask({ tenantId, agentId, request: { kind: 'inspect', subject }, signal: inner }),
      );
      return relayed.kind === 'answered' && relayed.answer.kind === 'inspected' ? relayed.answer.inspection : undefined;
    } catch (error) {
      if (codeOf(error) === 'deadline-exceeded') return undefined;
      throw error;
    }
  }
}

/** Pure. `answers`: one for each live agent. */
export function putTogether(answers: readonly AgentsAnswer[]): AgentsWord {
  const found = answers
    .flatMap(({ agentId, inspection }) => (inspection?.kind === 'found' ? [{ agentId, inspection }] : []))
    .sort((a, b) => rankOf(a.inspection) - rankOf(b.inspection));
  const deniedBy = answers.flatMap(({ agentId, inspection }) => (inspection?.kind === 'not-found' ? [agentId] : []));
  const isSure = ({ inspection }: AgentsAnswer) => inspection !== undefined && inspection.kind !== 'try-later';
  const isWhole = answers.length > 0 && answers.every(isSure);
  return {
    inspection: inspectionOf(answers, found[0]?.inspection, isWhole),
    knownBy: found.map(({ agentId }) => agentId).slice(0, LIMITS.recipientsMax),
    deniedBy,
    isWhole,
  };
}

function inspectionOf(
  answers: readonly AgentsAnswer[],
  best: Found | undefined,
  isWhole: boolean,
): Inspection | undefined {
  const inspections = answers.flatMap(({ inspection }) => inspection ?? []);
  // The same account may be known to several agents; two accounts that answer to one name are nobody.
  const anchors = new Set(
    inspections.flatMap((each) => (each.kind === 'found' && isManaged(each.account) ? each.account.anchor : [])),
  );
  if (anchors.size > 1 || inspections.some(({ kind }) => kind === 'ambiguous')) return { kind: 'ambiguous' };
  if (best !== undefined) return best;
  return isWhole ? { kind: 'not-found' } : inspections.find(({ kind }) => kind === 'try-later');
}

/** Those who know the account first, in the order in which they are named; the others stay behind them. */
export function knowersFirst(agents: readonly LiveAgent[], knownBy: readonly AgentId[]): readonly LiveAgent[] {
  const placeOf = ({ agentId }: LiveAgent) => (knownBy.includes(agentId) ? knownBy.indexOf(agentId) : knownBy.length);
  return [...agents].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Whether the agent that says so is an authority on the account. */
export function isManaged({ disposition }: ManagedAccount): boolean {
  return disposition.kind !== 'not-managed-here';
}

/** Each agent has its own scope and its own rules: the word of one that may do something goes before that of one that may not. */
function rankOf({ account: { disposition } }: Found): number {
  switch (disposition.kind) {
    case 'write-back':
      return disposition.reset.kind === 'allowed' ? 0 : 1;
    case 'try-later':
      return 2;
    case 'contact-administrator':
      return 3;
    case 'not-managed-here':
      return 4;
  }
}

function silent(agentId: AgentId): AgentsAnswer {
  return { agentId, inspection: undefined };
}
