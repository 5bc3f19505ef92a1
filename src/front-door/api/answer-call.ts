// Answers one call of the API, whatever it is: who calls, may they, is it sound, what came of it, and a trace of every answer.
// Never throws. Knows no HTTP library: a call is a value, and so is its answer.

import type { AuditFields, AuditRecord } from '../audit/audit-journal.js';
import type { PolicyDocument } from '../tenants/policy-document.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import { API_OPERATIONS, type ApiOperationId } from './api-operations.js';
import { type ApiAnswer, ApiProblem, answerOfProblem } from './api-problems.js';
import { tokenOfHeader } from './api-token.js';
import { askRoute } from './ask-route.js';
import { type AllowanceRule, CallAllowance } from './call-allowance.js';
import { InTurn } from './in-turn.js';
import { listPasses } from './list-passes.js';
import { listSealingKeys } from './list-sealing-keys.js';
import { readInput } from './read-input.js';
import { readReset, submitReset } from './submit-reset.js';
import { putPolicy, readPolicy } from './tenant-policy.js';

export interface ApiCall {
  readonly operation: ApiOperationId;
  /** The Authorization header as it came. */
  readonly authorization: string | undefined;
  /** Key of the address the call came from, for the limit on wrong tokens. */
  readonly addressKey: string;
  /** The body, the query or the path's parameters, unchecked. A problem met while reading it is given instead. */
  readonly input: unknown;
  /** The If-Match header as it came. */
  readonly ifMatch?: string | undefined;
  readonly signal: AbortSignal;
}

/** A call that went well, before it is written out. */
export interface Answered<Body = unknown> {
  readonly status: 200 | 202;
  /** What came of it, for log and audit. */
  readonly code: string;
  readonly audit: AuditFields;
  readonly body: Body;
  readonly retryAfterMs?: number;
  /** Names exactly what is in the body. */
  readonly etag?: string;
}

export interface Api {
  /** Never rejects. */
  answer(call: ApiCall): Promise<ApiAnswer>;
}

export const CALLS_PER_TOKEN: AllowanceRule = { burstMax: 200, refillPerSecond: 50 };
/** Calls without a valid token, of one address. Beyond it they leave no line in the journal. */
const STRAY_CALLS_PER_ADDRESS: AllowanceRule = { burstMax: 30, refillPerSecond: 0.5 };

export function createApi(deps: ApiDeps): Api {
  const perToken = new CallAllowance(deps.callsPerToken ?? CALLS_PER_TOKEN, deps.clock);
  const turns = new InTurn();
  const perAddress = new CallAllowance(STRAY_CALLS_PER_ADDRESS, deps.clock);

  return {
    async answer(call) {
      const callId = deps.newCallId();
      const startedMs = deps.clock.monotonicMs();
      const trace = new Trace(call.operation);
      const answer = await settle();
      const { tenant, token } = trace.caller ?? {};
      deps.events.apiAnswered({
        callId,
        operation: call.operation,
        tenantId: tenant?.id,
        tokenId: token?.id,
        status: answer.status,
        code: trace.code,
        durationMs: deps.clock.monotonicMs() - startedMs,
      });
      return answer;

      async function settle(): Promise<ApiAnswer> {
        try {
          const answered = await handle(call, trace);
          trace.code = answered.code;
          await deps.audit.append(trace.record(answered.audit));
          return written(answered);
        } catch (error) {
          return await settleProblem(error);
        }
      }

      async function settleProblem(error: unknown): Promise<ApiAnswer> {
        const problem = limitStrays(error instanceof ApiProblem ? error : new ApiProblem('internal-error', {}, error));
        if (problem.code === 'internal-error') deps.events.apiFailed({ callId, operation: call.operation, error });
        trace.code = problem.code;
        // Logged only: a caller that floods us would push everybody else's entries out of the journal.
        if (problem.code === 'too-many-calls') return answerOfProblem(problem, callId);
        try {
          await deps.audit.append(trace.record({ reason: problem.details.reason ?? problem.details.scope }));
        } catch (auditError) {
          // The refusal stands all the same: nothing was done.
          deps.events.apiFailed({ callId, operation: call.operation, error: auditError });
        }
        return answerOfProblem(problem, callId);
      }

      // After the token was looked up, so that strangers behind the same address do not shut a portal out.
      function limitStrays(problem: ApiProblem): ApiProblem {
        if (problem.code !== 'token-missing' && problem.code !== 'token-not-valid') return problem;
        const waitMs = perAddress.take(call.addressKey);
        return waitMs === undefined ? problem : new ApiProblem('too-many-calls', { retryAfterMs: waitMs });
      }
    },
  };

  async function handle(call: ApiCall, trace: Trace): Promise<Answered> {
    const caller = await callerOf(deps, call);
    trace.caller = caller;
    const { scope } = API_OPERATIONS[call.operation];
    const waitMs = perToken.take(caller.token.id);
    if (waitMs !== undefined) throw new ApiProblem('too-many-calls', { retryAfterMs: waitMs });
    if (!caller.token.scopes.includes(scope)) throw new ApiProblem('scope-missing', { scope });
    if (call.input instanceof ApiProblem) throw call.input;
    return dispatch({ ...deps, turns }, caller, call, trace);
  }
}

function dispatch(
  deps: ApiDeps & { readonly turns: InTurn },
  caller: ApiCaller,
  call: ApiCall,
  trace: Trace,
): Promise<Answered> {
  const { input, signal } = call;
  /** Only one that was taken is told as such. */
  const put = async (document: PolicyDocument): Promise<Answered> => {
    const answered = await putPolicy(deps, caller, document, call.ifMatch);
    trace.event = 'policy-put';
    return answered;
  };
  switch (call.operation) {
    case 'askRoute':
      return askRoute(deps, caller, readInput(API_OPERATIONS.askRoute.inputSchema, input).userId, signal);
    case 'listSealingKeys': {
      const { anchor } = readInput(API_OPERATIONS.listSealingKeys.inputSchema, input);
      trace.about = { anchor };
      return listSealingKeys(deps, caller, anchor, signal);
    }
    case 'submitReset': {
      const submission = readInput(API_OPERATIONS.submitReset.inputSchema, input);
      trace.about = submission;
      trace.event = submission.operation === 'reset' ? 'reset-answered' : 'unlock-answered';
      // One call with this id after the other: while one looks for an agent that can, no other may ask one that could not.
      return deps.turns.run(`${caller.tenant.id}/${submission.resetId}`, () =>
        submitReset(deps, caller, submission, signal),
      );
    }
    case 'readReset': {
      const { resetId } = readInput(API_OPERATIONS.readReset.inputSchema, input);
      trace.about = { resetId };
      return readReset(deps, caller, resetId);
    }
    case 'listPasses':
      return listPasses(deps, caller, readInput(API_OPERATIONS.listPasses.inputSchema, input));
    case 'readPolicy':
      readInput(API_OPERATIONS.readPolicy.inputSchema, input);
      return readPolicy(deps, caller);
    case 'putPolicy':
      return put(readInput(API_OPERATIONS.putPolicy.inputSchema, input));
  }
}

/** Throws ApiProblem. A token of a tenant that this front door does not serve any more is not valid. */
async function callerOf(deps: ApiDeps, { authorization }: ApiCall): Promise<ApiCaller> {
  const token = await tokenOfHeader(deps, authorization);
  if (token === 'missing') throw new ApiProblem('token-missing');
  const tenant = token === 'not-valid' ? undefined : deps.tenants.find(({ id }) => id === token.tenantId);
  if (token === 'not-valid' || tenant === undefined) throw new ApiProblem('token-not-valid');
  return { tenant, token };
}

function written({ status, body, retryAfterMs, etag }: Answered): ApiAnswer {
  const retry = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
  return {
    status,
    headers: { 'content-type': 'application/json', ...retry, ...(etag === undefined ? {} : { etag }) },
    body,
  };
}

/** What is known of a call by and by, for its one line in the journal. */
class Trace {
  readonly #operation: ApiOperationId;
  caller: ApiCaller | undefined;
  about: { readonly anchor?: AuditFields['anchor']; readonly resetId?: AuditRecord['resetId'] } = {};
  event: AuditRecord['event'] = 'api-called';
  code = '';

  constructor(operation: ApiOperationId) {
    this.#operation = operation;
  }

  record(fields: AuditFields): AuditRecord {
    const { tenant, token } = this.caller ?? {};
    return {
      event: this.event,
      resetId: this.about.resetId,
      fields: {
        tenantId: tenant?.id,
        tokenId: token?.id,
        operation: this.#operation,
        anchor: this.about.anchor,
        ...fields,
        result: this.code,
      },
    };
  }
}
