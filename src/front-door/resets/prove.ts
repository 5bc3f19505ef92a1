// The steps between choosing a method and having passed its gate: hands out codes, judges answers, counts both.
// Takes a flow and gives the one that follows, or undefined where the step does not belong; reading and writing are its caller's.

import type { Clock } from '../../timing/clock.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { Language } from '../languages/language.js';
import type { ProofMethod, ProofStep } from '../methods/proof-method.js';
import type { Tenant } from '../tenants/tenant.js';
import { accountKey, accountThrottles, messageThrottles, type Throttles } from '../throttles/throttles.js';
import type { Flow, FlowMethod, FlowPerson } from './flow.js';
import * as steps from './flow.js';

export interface ProveDeps {
  readonly proofMethods: readonly ProofMethod[];
  readonly throttles: Throttles;
  readonly audit: AuditJournal;
  readonly tenants: readonly Tenant[];
  readonly clock: Clock;
}

/** Which browser session a step comes from, and from where. */
export interface Caller {
  readonly sessionHash: string;
  readonly addressKey: string;
  /** In which the person is answered. */
  readonly language: Language;
}

export interface ProofRequest {
  readonly caller: Caller;
  readonly flow: Flow;
  readonly person: FlowPerson;
}

/**
 * Begins a proof by the method; a code that was sent a moment ago is kept, and no other is sent. Where the address has to be typed
 * first, nothing is begun until it was: what was begun before in this flow shows that it was.
 */
export async function startProof(deps: ProveDeps, request: ProofRequest, methodId: string): Promise<Flow | undefined> {
  const { flow } = request;
  // Before anything is sent: a flow that was stopped sends nothing more.
  if (!steps.isProving(flow)) return undefined;
  const { method, proof } = methodOf(deps, flow, methodId);
  if (method === undefined || proof === undefined) return undefined;
  if (isAddressAsked(proof, flow, methodId)) return steps.chooseMethod(flow, method, undefined);
  return begin(deps, request, { method, proof });
}

function isAddressAsked({ addressCheck }: ProofMethod, { openCodes }: Flow, methodId: string): boolean {
  return addressCheck !== undefined && openCodes[methodId] === undefined;
}

interface Chosen {
  readonly method: FlowMethod;
  readonly proof: ProofMethod;
}

async function begin(deps: ProveDeps, request: ProofRequest, { method, proof }: Chosen): Promise<Flow | undefined> {
  const { throttles, audit, clock } = deps;
  const { flow, person } = request;
  const isSent = proof.sends !== undefined;
  if (isSent && clock.nowMs() < steps.mayResendAtMs(flow, method.id)) {
    const kept = steps.chooseMethod(flow, method, undefined);
    return kept && !steps.isCodeOpen(kept, method.id, clock.nowMs()) ? steps.noteCode(kept, 'too-many-sent') : kept;
  }
  const counted = messageThrottles(proof.sends, accountKey(person.tenantId, person.anchor));
  if (!(await throttles.attempt(counted))) return blockedNow(deps, flow, person);
  const open = await proof.start(stepOf(deps, request), method);
  if (isSent) {
    const event = open === undefined ? 'code-not-sent' : 'code-sent';
    await audit.append({ event, fields: { ...about(flow, person), method: method.kind } });
  }
  if (open !== undefined) return steps.chooseMethod(flow, method, { open, isSent });
  // Nobody takes it: the mail server or the gateway is away, as it may be. Another way may be open.
  for (const key of counted) await throttles.giveBack(key);
  return steps.failSending(flow, method.id, clock.nowMs());
}

/** Asks for a further code by the method that is being answered. */
export async function resendCode(deps: ProveDeps, request: ProofRequest): Promise<Flow | undefined> {
  const { flow } = request;
  if (flow.stage.kind !== 'answering') return undefined;
  const { methodId } = flow.stage;
  const { proof } = methodOf(deps, flow, methodId);
  if (proof === undefined || isAddressAsked(proof, flow, methodId)) return undefined;
  const sent = await startProof(deps, request, methodId);
  if (sent?.stage.kind !== 'answering') return sent;
  return steps.noteCode(sent, sent.codesSent > flow.codesSent ? 'sent-again' : 'too-many-sent');
}

/** Judges what was typed, field by field: the answer, or the address before it. Nothing is counted for what cannot be one. */
export async function tryAnswer(
  deps: ProveDeps,
  request: ProofRequest,
  typed: readonly string[],
): Promise<Flow | undefined> {
  const { throttles, audit } = deps;
  const { caller, flow, person } = request;
  if (flow.stage.kind !== 'answering') return undefined;
  const { methodId } = flow.stage;
  const { method, proof } = methodOf(deps, flow, methodId);
  if (method === undefined || proof === undefined) return undefined;
  if (typed.every((field) => field.trim() === '')) return steps.noteCode(flow, 'missing');
  const check = isAddressAsked(proof, flow, methodId) ? proof.addressCheck : undefined;
  const answer = (check ?? proof).typed(typed);
  if (answer === undefined) return steps.noteCode(flow, 'malformed');

  const key = accountKey(person.tenantId, person.anchor);
  // Counted before the answer is judged, so that guesses made at the same time cannot all slip through.
  const attempts = { name: 'proof-attempts', key: `${key}/${method.kind}` } as const;
  const failures = [
    { name: 'failed-proofs', key },
    { name: 'failed-proofs-from-address', key: caller.addressKey },
  ] as const;
  const isShut = (await throttles.blockedUntil(failures)) !== undefined || !(await throttles.attempt([attempts]));
  if (isShut) return blockedNow(deps, flow, person);
  if (check?.matches(method, answer) === true) {
    // No more than that: whoever knows the number has guessed as often as before.
    await throttles.giveBack(attempts);
    return begin(deps, request, { method, proof });
  }
  const step = stepOf(deps, request);
  const askedAnew = async () => (proof.isAskedAnew === true ? proof.start(step, method) : undefined);
  const verdict = check === undefined ? await proof.verify(step, method, flow.openCodes[methodId], answer) : 'wrong';
  const event = verdict === 'right' ? 'proof-succeeded' : 'proof-failed';
  const result = check === undefined ? verdict : 'wrong-address';
  await audit.append({ event, fields: { ...about(flow, person), method: method.kind, result } });
  if (verdict === 'right') {
    await throttles.clear([attempts.name], attempts.key);
    return steps.passGate(flow);
  }
  // An expired code was not looked at: it tells nothing to who guessed, and is no guess of who was slow.
  if (verdict === 'expired') {
    await throttles.giveBack(attempts);
    const noMore = proof.sends !== undefined && steps.mayResendAtMs(flow, methodId) === Number.POSITIVE_INFINITY;
    const asking = steps.askAnew(flow, await askedAnew());
    return asking && steps.noteCode(asking, noMore ? 'too-many-sent' : 'expired');
  }
  if (verdict === 'not-now' || (verdict === 'already-used' && proof.forgivesUsed === true)) {
    await throttles.giveBack(attempts);
    return steps.noteCode(flow, verdict);
  }
  await throttles.attempt(failures);
  if ((await throttles.blockedUntil([failures[0], attempts])) !== undefined) return blockedNow(deps, flow, person);
  // A code that is new brings no new tries for whoever has guessed before.
  const triesOfPerson = await throttles.attemptsLeft([failures[0], attempts]);
  return steps.failCode(flow, verdict, { triesOfPerson, asked: await askedAnew() });
}

/** The flow stopped by whatever throttle holds for the person now. */
export async function blockedNow(deps: ProveDeps, flow: Flow, person: FlowPerson): Promise<Flow> {
  const key = accountKey(person.tenantId, person.anchor);
  const kinds = deps.proofMethods.map(({ kind }) => kind);
  const untilMs = await deps.throttles.blockedUntil(accountThrottles(key, kinds));
  // Shut for the address alone: that ends when it ends, and is not told more exactly than by this flow's own end.
  return steps.stop(flow, { kind: 'blocked', untilMs: untilMs ?? flow.expiresAtMs });
}

/** Whom an audit entry is about. */
export function about(flow: Flow, person: FlowPerson) {
  return { tenantId: person.tenantId, supportId: flow.supportId, anchor: person.anchor };
}

function methodOf({ proofMethods }: ProveDeps, flow: Flow, methodId: string) {
  const method = steps.methodsOf(flow).find(({ id }) => id === methodId);
  return { method, proof: proofMethods.find(({ kind }) => kind === method?.kind) };
}

function stepOf({ tenants }: ProveDeps, { caller, flow, person }: ProofRequest): ProofStep {
  return {
    sessionHash: caller.sessionHash,
    account: { tenantId: person.tenantId, anchor: person.anchor },
    gate: steps.gateOf(flow),
    supportId: flow.supportId,
    organisationName: tenants.find(({ id }) => id === person.tenantId)?.name ?? '',
    language: caller.language,
  };
}
