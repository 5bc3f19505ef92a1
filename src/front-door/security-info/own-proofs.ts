// What a signed-in person proves: that it is them, so that ways may be changed; or that one way works, as a try. Either is a proof like any
// other, by resets/prove.ts, and counts against the same limits: a try is no way around them.
// Knows no HTTP and no page. What follows from a proof is sign-in/visit.ts's to say.

import { ownerOf } from '../methods/directory-addresses.js';
import { METHOD_KINDS, mayProveAdministrator } from '../methods/every-method.js';
import type { MethodStore } from '../methods/method-store.js';
import { type RegisteredMethod, registeredMethods } from '../methods/proof-method.js';
import { type Flow, type FlowPerson, isOver, leaveMethod, startProving } from '../resets/flow.js';
import { type Caller, type ProofRequest, type ProveDeps, resendCode, startProof, tryAnswer } from '../resets/prove.js';
import * as visitSteps from '../sign-in/visit.js';
import { type ChosenPolicy, choosePolicy, countsAsAdministrator, judgePerson } from '../tenants/choose-policy.js';
import { settingsWords } from '../tenants/settings-word.js';
import { mayChangeWays } from './look-at-security-info.js';
import type { Own, OwnStep } from './own-steps.js';
import { waysToTry } from './ways-to-try.js';

export interface OwnProofsDeps extends ProveDeps {
  readonly store: Pick<MethodStore, 'list'>;
}

export function ownProofs(deps: OwnProofsDeps, signedIn: OwnStep) {
  const { store, clock } = deps;
  const settingsOf = settingsWords(deps.tenants);
  return {
    startConfirming,
    startTrying,
    leaveProof,
    chooseMethod: (caller: Caller, methodId: string) =>
      proving(caller, (request) => startProof(deps, request, methodId)),
    leaveMethod: (caller: Caller) => proving(caller, async ({ flow }) => leaveMethod(flow)),
    resend: (caller: Caller) => proving(caller, (request) => resendCode(deps, request)),
    answer: (caller: Caller, typed: readonly string[]) => proving(caller, (request) => tryAnswer(deps, request, typed)),
  };

  /** Begins the proof that lets ways be changed. */
  async function startConfirming(caller: Caller): Promise<void> {
    await signedIn(caller, async (own) => {
      const { visit, person, tenant } = own;
      const judged = judgePerson(tenant, person);
      const { policy } = judged;
      // Any of them, whatever kinds a policy takes for a reset: they are the person's own. What does not count as theirs proves nothing here.
      const kinds = METHOD_KINDS.filter((kind) => !countsAsAdministrator(judged) || mayProveAdministrator(kind));
      const methods = await registeredMethods(deps.proofMethods, kinds, ownerOf(person, policy.directoryAddresses));
      const flow = flowOf(own, { gates: gatesOfChange(policy, methods), methods });
      return visitSteps.startProving(visit, flow, undefined);
    });
  }

  /** Begins a try of one way, on the page that asks for its proof. Nothing that is shown or set up elsewhere is lost for it. */
  async function startTrying(caller: Caller, wayId: string): Promise<void> {
    await signedIn(caller, async (own) => {
      const { visit, person, tenant } = own;
      if (visit.stage.kind !== 'signed-in' || visit.stage.at.kind !== 'list') return undefined;
      // Where it would lead to nothing on the night, "it works" would not be true.
      if (!mayChangeWays(tenant, person)) return undefined;
      const { methods: kinds, directoryAddresses } = choosePolicy(tenant, person);
      const registered = await registeredMethods(deps.proofMethods, kinds, ownerOf(person, directoryAddresses));
      const way = waysToTry(await store.list(person), registered).find(({ id }) => id === wayId);
      if (way === undefined) return undefined;
      const { name, method } = way;
      const flow = flowOf(own, { gates: 1, methods: [method] });
      const tried = { method: method.kind, name, address: method.address };
      const begun = await startProof(deps, { caller, flow, person: flow.person }, method.id);
      const started = visitSteps.startProving(visit, flow, tried);
      return begun && started && visitSteps.goOnProving(started, begun, clock.nowMs());
    });
  }

  /** Ends the proof under way, and that alone: a page that is left late takes nothing away that is shown meanwhile. */
  async function leaveProof(caller: Caller): Promise<void> {
    await signedIn(caller, async ({ visit }) => {
      const isProving = visit.stage.kind === 'signed-in' && visit.stage.proving !== undefined;
      return isProving ? visitSteps.endProving(visit, undefined) : undefined;
    });
  }

  function flowOf(
    { caller, visit, person, tenant }: Own,
    asked: { readonly gates: FlowPerson['gates']; readonly methods: readonly RegisteredMethod[] },
  ): Flow & { readonly person: FlowPerson } {
    const start = {
      supportId: visit.supportId,
      language: caller.language,
      settings: settingsOf(person.tenantId),
      tenantId: person.tenantId,
      userId: visit.userId,
      nowMs: clock.nowMs(),
    };
    const proving: FlowPerson = {
      ...person,
      isAdministrator: countsAsAdministrator(judgePerson(tenant, person)),
      gates: asked.gates,
      methods: asked.methods.map((method) => ({ ...method })),
      offers: ['reset'],
    };
    return visitSteps.withSentBefore(visit, { ...startProving(start, proving), person: proving });
  }

  /** One step of the proof under way. */
  async function proving(caller: Caller, change: (request: ProofRequest) => Promise<Flow | undefined>): Promise<void> {
    await signedIn(caller, async ({ visit }) => {
      const flow = visit.stage.kind === 'signed-in' ? visit.stage.proving?.flow : undefined;
      if (flow?.person === undefined) return undefined;
      const nowMs = clock.nowMs();
      if (isOver(flow, nowMs)) return visitSteps.endProving(visit, 'expired');
      // Nobody proves themselves by settings that are others by now: what was sent may prove nothing any more.
      if (flow.settings !== settingsOf(visit.person?.tenantId)) return visitSteps.leave(visit);
      const after = await change({ caller, flow, person: flow.person });
      return after && visitSteps.goOnProving(visit, after, nowMs);
    });
  }
}

/** As many as a reset would ask for, or somebody could add the second way with the first; one, of whoever has no more. */
function gatesOfChange({ gates }: ChosenPolicy, methods: readonly RegisteredMethod[]): 1 | 2 {
  return new Set(methods.map(({ kind }) => kind)).size >= gates ? gates : 1;
}
