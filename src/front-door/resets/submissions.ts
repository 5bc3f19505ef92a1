// Carries what a person submitted, once: counts it, has it carried out, writes what came of it, leaves the line and the notice.
// Whoever looks at the flow meanwhile can wait for it; a second click adds nothing to the first.
// Knows neither passwords nor where they are carried: that is given with each submission.

import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { AccountRef } from '../methods/method-store.js';
import { CLEARED_BY_DONE } from '../throttles/throttle-rules.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { accountKey } from '../throttles/throttles.js';
import { afterOutcome } from './after-answer.js';
import type { Carried, Command } from './carry-out.js';
import type { Flow, FlowPerson } from './flow.js';
import * as steps from './flow.js';
import type { FlowOperation } from './flow-operation.js';
import { about, blockedNow, type Caller } from './prove.js';
import type { ResetFlowDeps } from './reset-flow.js';

/** Takes a flow one step on, as reset-flow.ts does; resolves to what was written, or undefined when nothing was. */
export type TakeStep = (
  caller: Caller,
  change: (flow: Flow, person: FlowPerson) => Promise<Flow | undefined>,
) => Promise<Flow | undefined>;

export type Carry = (person: FlowPerson, command: Command, signal: AbortSignal) => Promise<Carried>;

/** Ends the flows of an account, but for one session's. */
export type StopFlows = (account: AccountRef, exceptSessionHash: string) => Promise<void>;

export interface Submissions {
  submit(caller: Caller, operation: FlowOperation, carry: Carry): Promise<void>;
  /** Resolves when what the session submitted is answered; undefined when nothing is under way in this process. */
  underWay(sessionHash: string): Promise<void> | undefined;
}

export function createSubmissions(deps: ResetFlowDeps, step: TakeStep, stopFlowsOf: StopFlows): Submissions {
  const { flows, clock, throttles, audit } = deps;
  const running = new Map<string, Promise<void>>();

  return { submit, underWay: (sessionHash) => running.get(sessionHash) };

  async function submit(caller: Caller, operation: FlowOperation, carry: Carry): Promise<void> {
    const first = running.get(caller.sessionHash);
    if (first !== undefined) return first;
    // Known from before the flow is written as submitted: whoever reads that finds what to wait for.
    const own = submitOnce(caller, operation, carry);
    running.set(caller.sessionHash, own);
    try {
      await own;
    } finally {
      running.delete(caller.sessionHash);
    }
  }

  async function submitOnce(caller: Caller, operation: FlowOperation, carry: Carry): Promise<void> {
    let command: Command | undefined;
    const flow = await step(caller, async (before) => {
      if (before.operation !== operation || before.stage.kind !== 'proven') return undefined;
      command = before.stage.command;
      if (command !== undefined && clock.nowMs() >= command.notAfterMs) return steps.refuse(before, ['seal-expired']);
      // So many refused passwords are no search for a good one any more: enough for this flow.
      if (before.passwordTries >= steps.FLOW_LIMITS.passwordTriesMax)
        return steps.stop(before, { kind: 'blocked', untilMs: before.expiresAtMs });
      return steps.submit(before);
    });
    const { person } = flow ?? {};
    if (flow?.stage.kind !== 'submitted' || person === undefined || command === undefined) return;
    // Counted before it is sent, so that flows side by side cannot pass the limit together.
    if (!(await throttles.attempt([resetsOf(person)]))) {
      await step(caller, (before) => blockedNow(deps, before, person));
      return;
    }
    // Not the request's signal: a person who closes the page must not leave a reset half followed.
    await settle(caller, flow, person, operation, carry(person, command, new AbortController().signal));
  }

  async function settle(
    caller: Caller,
    flow: Flow,
    person: FlowPerson,
    operation: FlowOperation,
    carried: Promise<Carried>,
  ): Promise<void> {
    const { outcome, agentId } = await carried;
    // First of all: whatever fails after this, the person's next page tells what came of it.
    const stored = await flows.find(caller.sessionHash);
    if (stored !== undefined) {
      await flows.save(
        caller.sessionHash,
        afterOutcome(stored.flow, operation, outcome, clock.nowMs()),
        stored.version,
      );
    }
    const key = accountKey(person.tenantId, person.anchor);
    if (!MAY_BE_DONE.includes(outcome.kind)) await throttles.giveBack(resetsOf(person));
    // Whoever else has proved something, or is signed in, did so under what is over now.
    if (outcome.kind === 'done' || outcome.kind === 'unknown') {
      await deps.signOutEverywhere(person);
      await stopFlowsOf(person, caller.sessionHash);
    }
    if (outcome.kind === 'done') await throttles.clear(CLEARED_BY_DONE, key);
    await audit.append({
      event: operation === 'reset' ? 'reset-answered' : 'unlock-answered',
      resetId: flow.stage.kind === 'submitted' ? flow.stage.resetId : undefined,
      fields: {
        ...about(flow, person),
        agentId,
        result: outcome.kind,
        reason: 'reason' in outcome ? outcome.reason : 'rules' in outcome ? outcome.rules.join(' ') : undefined,
      },
    });
    const tenant = deps.tenants.find(({ id }) => id === person.tenantId);
    if (outcome.kind === 'done' && tenant?.notify === true) await deps.tellDone({ tenant, flow, person, operation });
  }
}

/** Outcomes that do not say that nothing was written. */
export const MAY_BE_DONE: readonly ResetOutcome['kind'][] = ['done', 'unknown', 'agent-fault'];

function resetsOf({ tenantId, anchor }: FlowPerson): ThrottleKey {
  return { name: 'resets', key: accountKey(tenantId, anchor) };
}
