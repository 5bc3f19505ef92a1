// POST /api/v1/resets: takes a sealed reset, or an unlock, and answers with what came of it. One id, one intent, one effect.
// Written down before it is carried, so that a cut leaves a row that says "it may have happened".

import { assertNever } from '../../failure/assert.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Operation } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { MAY_BE_DONE } from '../resets/submissions.js';
import { CLEARED_BY_DONE } from '../throttles/throttle-rules.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { accountKey } from '../throttles/throttles.js';
import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { ResetAnswer, Submission } from './api-documents.js';
import { ApiProblem } from './api-problems.js';
import type { ApiReset, BegunReset } from './api-resets.js';
import { carrySubmission, chooseDestination } from './carry-submission.js';
import { type KnownPerson, knownPerson } from './known-person.js';
import { answerOfReset, stateOf } from './reset-answer.js';
import { fingerprintOf } from './submission-fingerprint.js';

type SubmitDeps = Pick<
  ApiDeps,
  | 'clock'
  | 'resets'
  | 'relay'
  | 'mirror'
  | 'cloudAccounts'
  | 'ownKey'
  | 'setCloudPassword'
  | 'throttles'
  | 'endSessionsOf'
  | 'tellPerson'
  | 'later'
  | 'events'
>;

export async function submitReset(
  deps: SubmitDeps,
  caller: ApiCaller,
  submission: Submission,
  signal: AbortSignal,
): Promise<Answered<ResetAnswer>> {
  const { clock, resets } = deps;
  const tenantId = caller.tenant.id;
  const { resetId } = submission;
  const fingerprint = fingerprintOf(submission);
  const known = await resets.find(tenantId, resetId);
  const begun: BegunReset =
    known === undefined
      ? await beginCounted(deps, { ...(await newReset(deps, caller, submission, signal)), fingerprint })
      : { isNew: false, reset: known, onDisk: resets.onDisk() };
  const { reset, onDisk } = begun;
  if (reset.fingerprint !== fingerprint) throw new ApiProblem('reset-id-reused');
  if (stateOf(reset.outcome) === 'settled') return answered(reset);
  if (reset.outcome !== undefined) await reopenCounted(deps, reset, reset.outcome);

  // The agent gets ready while the disk takes the row; where it does not, nothing is written.
  const [{ outcome, agentId }] = await Promise.all([carrySubmission(deps, caller, begun, submission, signal), onDisk]);
  if (outcome === undefined) return answered({ ...reset, agentId, outcome, answeredAtMs: undefined });
  const atMs = clock.nowMs();
  const isNews = await resets.answer({ tenantId, resetId, outcome, atMs });
  if (isNews) await afterwards(deps, caller, { reset, outcome }, signal);
  return answered({ ...reset, agentId, outcome, answeredAtMs: atMs });
}

/** GET /api/v1/resets/{resetId}: the last word on it. Asks nobody. */
export async function readReset(
  deps: Pick<ApiDeps, 'resets'>,
  { tenant }: ApiCaller,
  resetId: ApiReset['resetId'],
): Promise<Answered<ResetAnswer>> {
  const reset = await deps.resets.find(tenant.id, resetId);
  if (reset === undefined) throw new ApiProblem('reset-not-found');
  return answerOfReset(reset);
}

function answered(reset: ApiReset): Answered<ResetAnswer> {
  if (reset.outcome?.kind === 'reset-id-reused') throw new ApiProblem('reset-id-reused');
  return answerOfReset(reset);
}

/** What is checked once, when an id is new. Asked for again, it is not judged anew: that could not undo it. */
async function newReset(
  deps: SubmitDeps,
  caller: ApiCaller,
  submission: Submission,
  signal: AbortSignal,
): Promise<Omit<ApiReset, 'fingerprint'>> {
  const { tenant, token } = caller;
  const { resetId, anchor, operation, notAfterMs } = submission;
  const submittedAtMs = deps.clock.nowMs();
  if (notAfterMs <= submittedAtMs || notAfterMs > submittedAtMs + LIMITS.commandLifetimeMs) {
    throw new ApiProblem('not-valid', { errors: [{ pointer: '/notAfterMs', rule: 'out-of-range' }] });
  }
  const person = await knownPerson(deps, caller, anchor, signal);
  refuseWhatIsOff(caller, person, submission);
  const destination =
    person.kind === 'directory'
      ? chooseDestination(deps.relay.liveAgents(tenant.id), submission)
      : ownDestination(deps, submission);
  return {
    tenantId: tenant.id,
    resetId,
    anchor,
    operation,
    tokenId: token.id,
    ...destination,
    submittedAtMs,
    notAfterMs,
    outcome: undefined,
    answeredAtMs: undefined,
  };
}

/** Counted before it is sent, so that calls side by side cannot pass the limit together. */
async function beginCounted(deps: SubmitDeps, reset: ApiReset): ReturnType<ApiDeps['resets']['begin']> {
  await count(deps, reset);
  const begun = await deps.resets.begin(reset);
  if (!begun.isNew) await deps.throttles.giveBack(countedAs(reset));
  return begun;
}

/** Before it is asked for again: what an outcome gave back counts once more, and of two who ask at once it counts for one. */
async function reopenCounted(deps: SubmitDeps, reset: ApiReset, outcome: ResetOutcome): Promise<void> {
  const { tenantId, resetId } = reset;
  const isCounted = MAY_BE_DONE.includes(outcome.kind);
  if (!isCounted) await count(deps, reset);
  const isReopened = await deps.resets.answer({ tenantId, resetId, outcome: undefined, atMs: deps.clock.nowMs() });
  if (!isReopened && !isCounted) await deps.throttles.giveBack(countedAs(reset));
}

/** Throws ApiProblem `too-many-resets`. */
async function count({ throttles, clock }: SubmitDeps, reset: ApiReset): Promise<void> {
  const key = countedAs(reset);
  // Somebody may have taken the account over: until an administrator lifts that block, no portal goes on either.
  const isDisowned = (await throttles.blockedUntil([{ ...key, name: 'disowned' }])) !== undefined;
  if (!isDisowned && (await throttles.attempt([key]))) return;
  const nowMs = clock.nowMs();
  const untilMs = await throttles.blockedUntil([key, { ...key, name: 'disowned' }]);
  throw new ApiProblem('too-many-resets', { retryAfterMs: (untilMs ?? nowMs) - nowMs });
}

function countedAs({ tenantId, anchor }: ApiReset): ThrottleKey {
  return { name: 'resets', key: accountKey(tenantId, anchor) };
}

function refuseWhatIsOff({ tenant }: ApiCaller, person: KnownPerson, { operation }: Submission): void {
  if (tenant.reset === 'off') throw new ApiProblem('reset-not-allowed', { reason: 'tenant-off' });
  if (!person.isEnabled) throw new ApiProblem('reset-not-allowed', { reason: 'person-not-enabled' });
  if (!isOffered(tenant, person, operation))
    throw new ApiProblem('reset-not-allowed', { reason: 'operation-not-offered' });
}

/** The front door's own accounts are never locked, and changed by their own pages alone. */
function isOffered(tenant: ApiCaller['tenant'], person: KnownPerson, operation: Operation): boolean {
  switch (operation) {
    case 'reset':
    case 'reset-after-compromise':
      return true;
    case 'unlock':
      return tenant.unlock && person.kind === 'directory';
    case 'change':
      return person.kind === 'directory';
    case 'sign-in':
      // Asked for by our own pages alone.
      return false;
    default:
      return assertNever(operation);
  }
}

function ownDestination({ ownKey }: SubmitDeps, submission: Submission) {
  const isOurs = 'sealed' in submission && submission.sealed.some(({ keyId }) => keyId === ownKey.keyId);
  if (!isOurs) throw new ApiProblem('sealing-keys-stale');
  return { agentId: undefined, keyId: ownKey.keyId };
}

/**
 * What certainly changed nothing is given back, as the pages do it; of what was done the person is told and begins anew with
 * every limit, which the answer does not wait for. Never rejects: what was done stays done, and is answered so, even where none of
 * this can be written down.
 */
async function afterwards(
  deps: SubmitDeps,
  caller: ApiCaller,
  { reset, outcome }: { readonly reset: ApiReset; readonly outcome: ResetOutcome },
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, anchor, resetId } = reset;
  const noted = (work: Promise<void>) =>
    work.catch((error: unknown) => deps.events.afterwardsFailed({ tenantId, resetId, error }));
  if (!MAY_BE_DONE.includes(outcome.kind)) await noted(deps.throttles.giveBack(countedAs(reset)));
  if (outcome.kind === 'done' || outcome.kind === 'unknown')
    await deps.later(() => noted(deps.endSessionsOf({ tenantId, anchor })));
  if (outcome.kind !== 'done') return;
  await deps.later(async () => {
    await noted(deps.throttles.clear(CLEARED_BY_DONE, accountKey(tenantId, anchor)));
    if (caller.tenant.notify) await noted(tell(deps, caller, reset, signal));
  });
}

async function tell(deps: SubmitDeps, caller: ApiCaller, reset: ApiReset, signal: AbortSignal): Promise<void> {
  const { tenant } = caller;
  const { anchor, operation, resetId } = reset;
  const { accountName, addresses } = await knownPerson(deps, caller, anchor, signal);
  await deps.tellPerson({
    tenant,
    account: { tenantId: tenant.id, anchor },
    operation,
    resetId,
    accountName,
    addresses,
  });
}
