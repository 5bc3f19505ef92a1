// Takes a person's flow from step to step: reads where it is, does what the step needs, writes where it is now.
// Every step may be repeated, come too late or come twice at once: the flow then simply stays where it is.
// Knows no HTTP and no page. Decisions are in flow.ts, decide-route.ts and carry-out.ts.

import { parseResetId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Inspection } from '../../protocol/managed-accounts.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import type { SealedPassword } from '../../protocol/sealed-password.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { AccountRef } from '../methods/method-store.js';
import { askAgents } from '../people/ask-agents.js';
import { CLOUD_PASSWORD_POLICY } from '../people/cloud-password-rules.js';
import { settingsWords } from '../tenants/settings-word.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { accountKey } from '../throttles/throttles.js';
import { stopAfter } from './after-answer.js';
import { type CarryOutDeps, carryOutReset, carryOutUnlock, recipientsFor } from './carry-out.js';
import { decideRoute, strangersView } from './decide-route.js';
import { type FindRouteDeps, findRoute } from './find-route.js';
import type { Flow, FlowPerson, FlowStop } from './flow.js';
import * as steps from './flow.js';
import type { FlowOperation } from './flow-operation.js';
import type { FlowStore } from './flow-store.js';
import { about, blockedNow, type Caller, resendCode, startProof, tryAnswer } from './prove.js';
import { createSubmissions } from './submissions.js';

export interface ResetFlowDeps extends FindRouteDeps, CarryOutDeps {
  readonly tenants: readonly Tenant[];
  readonly flows: FlowStore;
  readonly audit: AuditJournal;
  readonly randomUuid: () => string;
  /** Ends every visit in which the account is signed in: whoever set a new password may have had a reason. */
  readonly signOutEverywhere: (account: Pick<FlowPerson, 'tenantId' | 'anchor'>) => Promise<void>;
  /** Tells the person what was done; must not reject for a mail that cannot be sent. */
  readonly tellDone: (done: {
    readonly tenant: Tenant;
    readonly flow: Pick<Flow, 'userId' | 'supportId' | 'language'>;
    readonly person: Pick<FlowPerson, 'tenantId' | 'anchor' | 'noticeAddresses'>;
    readonly operation: FlowOperation;
  }) => Promise<void>;
}

/** What the last page is made from. */
export interface Finish {
  readonly kind: 'ready';
  readonly flow: Flow;
  readonly person: FlowPerson;
  readonly operation: FlowOperation;
  readonly command: { readonly resetId: ReturnType<typeof parseResetId>; readonly notAfterMs: number };
  readonly policy: PasswordPolicy;
  /** sAMAccountName and display name, for the rule against names; undefined where there are none. */
  readonly names: { readonly samAccountName: string; readonly displayName: string } | undefined;
}

/** The last page cannot be made just now. What was proven stays proven: the same step may be tried while the flow lasts. */
export interface FinishAway {
  readonly kind: 'away';
  readonly flow: Flow;
}

export type FlowState =
  | { readonly kind: 'here'; readonly flow: Flow }
  | { readonly kind: 'none' }
  /** The organisation's settings are others by now, and it cannot go on: see `stands`. */
  | { readonly kind: 'outdated' }
  | { readonly kind: 'over' };

export type ResetFlow = ReturnType<typeof createResetFlow>;

export function createResetFlow(deps: ResetFlowDeps) {
  const { flows, clock, throttles, audit } = deps;
  const { submit, underWay } = createSubmissions(deps, step, stopFlowsOf);
  const settingsOf = settingsWords(deps.tenants);

  return {
    begin,
    current,
    chooseOperation,
    chooseMethod,
    leaveMethod,
    resend,
    answer,
    openFinish,
    submitReset,
    submitUnlock,
    endFlowsOf,
    stopFlowsOf,
  };

  /** Starts anew, in place of whatever the session was doing. `newSessionHash`: the session is renamed with its flow. */
  async function begin(
    caller: Caller & { readonly newSessionHash: string },
    question: { readonly tenant: Tenant | undefined; readonly userId: string; readonly signal: AbortSignal },
  ): Promise<Flow> {
    const { tenant, userId, signal } = question;
    // Before anybody is looked up: whoever watches it go must not see how long that took.
    await flows.remove(caller.sessionHash);
    const supportId = deps.randomUuid();
    const start = {
      supportId,
      language: caller.language,
      settings: settingsOf(tenant?.id),
      tenantId: tenant?.id,
      userId: userId.slice(0, LIMITS.userIdUnitsMax),
      nowMs: clock.nowMs(),
    };
    const throttleKeys = [
      { name: 'starts-from-address', key: caller.addressKey },
      { name: 'failed-proofs-from-address', key: caller.addressKey },
    ] as const;
    const found =
      tenant === undefined
        ? undefined
        : await findRoute(deps, { tenant, userId, throttleKeys: throttleKeys.slice(0, 1), signal });
    const shutUntilMs = await throttles.blockedUntil(throttleKeys.slice(1));
    const route =
      found === undefined
        ? ({ kind: 'cannot-verify', reason: 'unknown' } as const)
        : decideRoute({ ...found.facts, blockedUntilMs: latest(found.facts.blockedUntilMs, shutUntilMs) });
    const flow =
      route.kind === 'prove' && found?.person !== undefined
        ? steps.startProving(start, found.person)
        : steps.startStopped(start, stopOf(strangersView(route)));
    await flows.create(caller.newSessionHash, flow);
    await audit.append({
      event: 'route-decided',
      fields: {
        tenantId: tenant?.id,
        supportId,
        anchor: found?.account?.anchor,
        typedHash: found?.account === undefined ? found?.typedHash : undefined,
        result: route.kind,
        reason: 'reason' in route ? route.reason : undefined,
      },
    });
    return flow;
  }

  /** Where the session's flow is; waits for a reset that is under way. */
  async function current(sessionHash: string): Promise<FlowState> {
    await underWay(sessionHash);
    const stored = await flows.find(sessionHash);
    // Submitted between the two lines above: its answer is worth waiting for, and "unknown" would not be true.
    if (stored?.flow.stage.kind === 'submitted' && underWay(sessionHash) !== undefined) return current(sessionHash);
    if (stored === undefined) return { kind: 'none' };
    if (steps.isOver(stored.flow, clock.nowMs())) return { kind: 'over' };
    return stands(stored.flow) ? { kind: 'here', flow: stored.flow } : { kind: 'outdated' };
  }

  async function chooseOperation(caller: Caller, operation: FlowOperation): Promise<void> {
    await step(caller, async (flow) => steps.chooseOperation(flow, operation));
  }

  async function leaveMethod(caller: Caller): Promise<void> {
    await step(caller, async (flow) => steps.leaveMethod(flow));
  }

  async function chooseMethod(caller: Caller, methodId: string): Promise<void> {
    await step(caller, (flow, person) => startProof(deps, { caller, flow, person }, methodId));
  }

  async function resend(caller: Caller): Promise<void> {
    await step(caller, (flow, person) => resendCode(deps, { caller, flow, person }));
  }

  async function answer(caller: Caller, typed: readonly string[]): Promise<void> {
    await step(caller, (flow, person) => tryAnswer(deps, { caller, flow, person }, typed));
  }

  /** Looks at the account once more, live, and readies the command the last page is for. Undefined: the flow is elsewhere. */
  async function openFinish(caller: Caller, signal: AbortSignal): Promise<Finish | FinishAway | undefined> {
    let finish: Omit<Finish, 'flow'> | undefined;
    let away: FinishAway | undefined;
    const flow = await step(caller, async (before, person) => {
      const { operation } = before;
      if (before.stage.kind !== 'proven' || operation === undefined) return undefined;
      const { seen, knownBy } = await lookAgain(person, signal);
      const stop = stopAfter(seen, operation);
      const knowing = { ...person, knownBy };
      // Nobody to seal for, as when every agent is held: a page that cannot seal would only fail the person.
      const isForNobody = operation === 'reset' && recipientsFor(deps, knowing).length === 0;
      if (stop?.kind === 'try-later' || (stop === undefined && isForNobody)) {
        away = { kind: 'away', flow: before };
        return undefined;
      }
      if (stop !== undefined) return steps.stop(before, stop);
      const nowMs = clock.nowMs();
      const ready = before.stage.command;
      // A reload keeps the command while it is young, so that a page already open stays good.
      const isYoung = ready !== undefined && ready.notAfterMs - nowMs > LIMITS.commandLifetimeMs / 2;
      const command = isYoung ? ready : freshCommand(nowMs);
      const account = seen?.kind === 'found' ? seen.account : undefined;
      finish = {
        kind: 'ready',
        person: knowing,
        operation,
        command,
        policy: seen?.kind === 'found' ? seen.policy : CLOUD_PASSWORD_POLICY,
        names: account && { samAccountName: account.samAccountName, displayName: account.displayName },
      };
      return steps.armCommand(before, { command, isLocked: seen?.kind === 'found' && seen.isLocked, knownBy });
    });
    if (away !== undefined) return away;
    return flow?.stage.kind === 'proven' && finish !== undefined ? { ...finish, flow } : undefined;
  }

  /** `sealed` undefined: what was posted is not sealed, and is not looked at any further. */
  async function submitReset(caller: Caller, sealed: readonly SealedPassword[] | undefined): Promise<void> {
    if (sealed === undefined) {
      await step(caller, async (flow) =>
        flow.stage.kind === 'proven' ? steps.refuse(flow, ['not-sealed']) : undefined,
      );
      return;
    }
    await submit(caller, 'reset', (person, command, signal) =>
      carryOutReset(deps, { subject: person, command, sealed, signal }),
    );
  }

  async function submitUnlock(caller: Caller, signal: AbortSignal): Promise<void> {
    const state = await current(caller.sessionHash);
    const isUnlock = (flow: Flow) => flow.stage.kind === 'proven' && flow.operation === 'unlock';
    if (state.kind !== 'here' || state.flow.person === undefined || !isUnlock(state.flow)) return;
    const { person } = state.flow;
    const { seen } = await lookAgain(person, signal);
    if (seen?.kind === 'found' && !seen.isLocked) {
      const ended = await step(caller, async (flow) =>
        isUnlock(flow) ? steps.end(flow, { kind: 'unlocked', wasLocked: false }) : undefined,
      );
      if (ended === undefined) return;
      await audit.append({ event: 'unlock-answered', fields: { ...about(ended, person), result: 'not-locked' } });
      return;
    }
    await submit(caller, 'unlock', (subject, command, inner) =>
      carryOutUnlock(deps, { subject, command, signal: inner }),
    );
  }

  /**
   * Ends every flow of the account, in whosever browser it is. Resolves once what was submitted in one of them,
   * in this process, is answered: what is done to the account after that is done last.
   */
  async function endFlowsOf(account: AccountRef): Promise<void> {
    await stopFlowsOf(account, undefined);
    await Promise.all((await flows.sessionsOf(account)).map((sessionHash) => underWay(sessionHash)));
  }

  /** All but one session's; what is being carried out goes on. Whoever may not begin anew, since the account was disowned, is told so. */
  async function stopFlowsOf(account: AccountRef, exceptSessionHash: string | undefined): Promise<void> {
    const isDisowned = (await throttles.blockedUntil([disownedKey(account)])) !== undefined;
    for (const sessionHash of await flows.sessionsOf(account)) {
      if (sessionHash === exceptSessionHash) continue;
      for (let left = ENDING_TRIES_MAX; left > 0; left -= 1) {
        const stored = await flows.find(sessionHash).catch(() => 'unreadable' as const);
        if (stored === 'unreadable') {
          // Nobody can go on with it, and whose outcome is being settled must not be told of its trouble.
          await flows.remove(sessionHash);
          break;
        }
        if (stored?.flow.person === undefined || isSettled(stored.flow)) break;
        const stopped = isDisowned
          ? await blockedNow(deps, stored.flow, stored.flow.person)
          : steps.endElsewhere(stored.flow);
        if (await flows.save(sessionHash, stopped, stored.version)) break;
      }
    }
  }

  /**
   * Whether it may go on: nobody proves themselves, or sets a password, by settings that are others by now. What has been answered is
   * shown all the same.
   */
  function stands({ stage, tenantId, settings }: Flow): boolean {
    return stage.kind === 'submitted' || isSettled({ stage }) || settings === settingsOf(tenantId);
  }

  /** Reads, changes, writes. Resolves to what was written, or undefined when nothing was. */
  async function step(
    { sessionHash, language }: Caller,
    change: (flow: Flow, person: FlowPerson) => Promise<Flow | undefined>,
  ): Promise<Flow | undefined> {
    const stored = await flows.find(sessionHash);
    if (stored?.flow.person === undefined || steps.isOver(stored.flow, clock.nowMs())) return undefined;
    if (!stands(stored.flow)) return undefined;
    const {
      flow,
      flow: { person },
    } = stored;
    // Asked at each step: a flow may have begun in the very moment in which its account was disowned.
    const isDisowned = (await throttles.blockedUntil([disownedKey(person)])) !== undefined;
    const changed = isDisowned && !isSettled(flow) ? await blockedNow(deps, flow, person) : await change(flow, person);
    if (changed === undefined) return undefined;
    const after = { ...changed, language };
    return (await flows.save(sessionHash, after, stored.version)) ? after : undefined;
  }

  /** `seen` undefined: an account of our own, which nobody else knows anything of. */
  async function lookAgain(
    person: FlowPerson,
    signal: AbortSignal,
  ): Promise<{ readonly seen: Inspection | undefined; readonly knownBy: FlowPerson['knownBy'] }> {
    const { tenantId, anchor, knownBy } = person;
    if (person.kind === 'cloud-only') return { seen: undefined, knownBy };
    const word = await askAgents(deps, { tenantId, subject: { kind: 'anchor', anchor }, signal });
    if (word.inspection?.kind === 'found') {
      const known = [...new Set([...word.knownBy, ...knownBy])].slice(0, LIMITS.recipientsMax);
      return { seen: word.inspection, knownBy: known };
    }
    // Who knew the account a while ago must be asked before it can be called gone: that agent may be back in ten seconds.
    const isGone = word.inspection?.kind === 'not-found' && knownBy.every((agentId) => word.deniedBy.includes(agentId));
    const away = { kind: 'try-later', reason: 'directory-unreachable' } as const;
    return { seen: isGone || word.inspection?.kind === 'ambiguous' ? word.inspection : away, knownBy };
  }

  function freshCommand(nowMs: number): Finish['command'] {
    return { resetId: parseResetId(deps.randomUuid()), notAfterMs: nowMs + LIMITS.commandLifetimeMs };
  }
}

/** How often a flow that is moved on meanwhile is looked at again to be ended; each of its steps asks for the block itself. */
const ENDING_TRIES_MAX = 5;

/** Nothing can be done in it any more. */
function isSettled({ stage }: Pick<Flow, 'stage'>): boolean {
  return stage.kind === 'ended' || stage.kind === 'stopped';
}

function disownedKey({ tenantId, anchor }: AccountRef): ThrottleKey {
  return { name: 'disowned', key: accountKey(tenantId, anchor) };
}

function stopOf(route: ReturnType<typeof strangersView>): FlowStop {
  // Whoever gets here with `prove` has no account: our own mistake, told as what it looks like.
  return route.kind === 'prove' ? { kind: 'cannot-verify' } : route;
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}
