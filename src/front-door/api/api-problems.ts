// Every way the API says no: one table of stable codes, each with its HTTP status, a title and what the caller should do.
// Answers are problem documents (RFC 9457). They name places in the request, never what stood there.

import { Failure } from '../../failure/failure.js';
import type { ApiScope } from './api-scopes.js';

export const API_PROBLEMS = {
  'not-json': { status: 400, title: 'The body is not JSON', advice: 'Send one JSON object in UTF-8.' },
  'token-missing': {
    status: 401,
    title: 'No bearer token',
    advice: 'Send `Authorization: Bearer dbt_…`. The administrator of the front door issues tokens.',
  },
  'token-not-valid': {
    status: 401,
    title: 'The bearer token is not valid',
    advice: 'It is unknown, expired or revoked: ask for a new one.',
  },
  'scope-missing': {
    status: 403,
    title: 'The token does not cover this',
    advice: 'Ask for a token with the scope that is named in the answer.',
  },
  'reset-not-allowed': {
    status: 403,
    title: 'The organisation has not turned this on for this account',
    advice: 'Send the person to their administrator. `reason` says what is off.',
  },
  'no-such-endpoint': {
    status: 404,
    title: 'There is nothing here',
    advice: 'Paths and methods are in /api/v1/openapi.json.',
  },
  'account-not-found': {
    status: 404,
    title: 'No such account in this organisation',
    advice: 'Ask POST /api/v1/routes for the anchor first.',
  },
  'reset-not-found': {
    status: 404,
    title: 'No such reset in this organisation',
    advice: 'Ids are remembered for a day.',
  },
  'reset-id-reused': {
    status: 409,
    title: 'This reset id was used for something else',
    advice: 'Make a new UUID for every intent. To repeat a request, send exactly the same body.',
  },
  'sealing-keys-stale': {
    status: 409,
    title: 'Nobody who can open this password is on line',
    advice: 'Fetch the sealing keys again, seal again, and submit under a new reset id.',
  },
  'policy-in-file': {
    status: 409,
    title: 'The policy of this organisation is kept in the front door’s settings',
    advice: 'Change it there; or have `policySource: api` set for the organisation, and the front door started again.',
  },
  'policy-changed': {
    status: 412,
    title: 'Another policy is in force by now',
    advice: 'Read GET /api/v1/policy again, make the change there, and send its ETag.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', advice: 'No valid request is that large.' },
  'media-type-not-supported': {
    status: 415,
    title: 'The body is of another media type',
    advice: 'Send `Content-Type: application/json`.',
  },
  'not-valid': {
    status: 422,
    title: 'The request does not fit its schema',
    advice: '`errors` names each place that is wrong.',
  },
  'method-not-set-up': {
    status: 422,
    title: 'A policy names a method that the front door’s settings do not set up',
    advice:
      '`errors` names each policy’s methods. `text-message` needs a gateway, `security-questions` the organisation’s questions, `passkey` an address with a host name: leave the method out, or have it set up and the front door started again.',
  },
  'method-too-weak-alone': {
    status: 422,
    title: 'A policy of one gate names a method that must not be all that is asked',
    advice:
      '`errors` names each policy’s methods. Answers to `security-questions` may be known or found: ask two gates, or leave them out. Only the settings can allow it all the same (`securityQuestions.mayStandAlone`).',
  },
  'password-not-sealed': {
    status: 422,
    title: 'A password in clear was sent',
    advice: 'It was neither used nor kept. Choose another one, and seal it before it leaves the person’s device.',
  },
  'if-match-missing': {
    status: 428,
    title: 'Which policy is to be replaced is not said',
    advice: 'Send the ETag of GET /api/v1/policy as `If-Match`, as it came. `*` is not taken.',
  },
  'too-many-calls': {
    status: 429,
    title: 'Too many calls',
    advice: 'Wait for as many seconds as `Retry-After` says.',
  },
  'too-many-resets': {
    status: 429,
    title: 'No more resets of this account for now',
    advice:
      'There were too many, by the same limit as on the pages, or its person said of one that it was not them. Wait for as many seconds as `Retry-After` says, or have an administrator lift the block.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    advice: 'Repeat the request with the same reset id: it never has two effects.',
  },
  'no-agent': {
    status: 503,
    title: 'No agent of the organisation can take this just now',
    advice: 'Try again after as many seconds as `Retry-After` says.',
  },
} as const satisfies Record<string, { status: number; title: string; advice: string }>;

export type ApiProblemCode = keyof typeof API_PROBLEMS;

/** A place in the request that is wrong: a JSON Pointer (RFC 6901) into the body, or the name of a parameter. */
export interface WrongPlace {
  readonly pointer: string;
  readonly rule: (typeof WRONG_PLACE_RULES)[number];
}

export const WRONG_PLACE_RULES = [
  'missing-or-wrong-type',
  'malformed',
  'not-one-of',
  'out-of-range',
  'unknown-field',
  'repeated',
  /** It fits the schema, and not the front door's settings. */
  'not-set-up',
  'too-weak-alone',
] as const;

/** The JSON Pointer of a place. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export interface ProblemDetails {
  readonly scope?: ApiScope;
  readonly reason?: 'tenant-off' | 'person-not-enabled' | 'operation-not-offered';
  readonly errors?: readonly WrongPlace[];
  readonly retryAfterMs?: number;
}

/** Ends one call with a problem document. */
export class ApiProblem extends Failure {
  readonly code: ApiProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ApiProblemCode, details: ProblemDetails = {}, cause?: unknown) {
    super(API_PROBLEMS[code].title, { cause });
    this.code = code;
    this.details = details;
  }

  get retry() {
    const { status } = API_PROBLEMS[this.code];
    return status === 429 || status >= 500
      ? { mayRetry: true, why: 'the same request may be taken later' }
      : { mayRetry: false, why: 'the same request gets the same answer' };
  }
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `callId` joins the document with our log and audit. */
export function answerOfProblem(problem: ApiProblem, callId: string): ApiAnswer {
  const { code, details } = problem;
  const { status, title, advice } = API_PROBLEMS[code];
  const { retryAfterMs, ...shown } = details;
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...challengeOf(problem),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
    },
    body: {
      type: `${PROBLEM_TYPE_PREFIX}${code}`,
      title,
      status,
      code,
      detail: advice,
      instance: `urn:uuid:${callId}`,
      ...shown,
    },
  };
}

/** Problem types are names, not addresses: nobody has to keep a page for them. */
export const PROBLEM_TYPE_PREFIX = 'urn:drawbridge:problem:';

/** RFC 6750 §3: no error code for who sent no token at all. */
function challengeOf({ code, details }: ApiProblem): Record<string, string> {
  if (code === 'token-missing') return { 'www-authenticate': REALM };
  if (code === 'token-not-valid') return { 'www-authenticate': `${REALM}, error="invalid_token"` };
  if (code !== 'scope-missing') return {};
  return { 'www-authenticate': `${REALM}, error="insufficient_scope", scope="${details.scope ?? ''}"` };
}

const REALM = 'Bearer realm="drawbridge"';
