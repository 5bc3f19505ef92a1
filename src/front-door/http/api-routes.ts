// The API's endpoints on the HTTP side: a request becomes a call, its answer a response. Decides nothing; see ../api/.
// A body is read as JSON alone, and what cannot be read is judged after the caller: a stranger learns only that they are one.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ApiCall, createApi } from '../api/answer-call.js';
import type { ApiDeps } from '../api/api-deps.js';
import {
  API_BODY_BYTES_MAX,
  API_OPERATION_IDS,
  API_OPERATIONS,
  API_PREFIX,
  type ApiOperationId,
} from '../api/api-operations.js';
import { type ApiAnswer, ApiProblem, answerOfProblem } from '../api/api-problems.js';
import { openApiDocument } from '../api/openapi.js';
import { addressKeyOf } from './client-address.js';

export interface ApiRoutesDeps extends ApiDeps {
  /** Origin callers reach us by. */
  readonly publicUrl: string;
  /** Version of the program, for the document. */
  readonly version: string;
  /** Aborts when the program must not wait any longer. A caller that hangs up aborts nothing: what was sent goes on. */
  readonly signal: AbortSignal;
}

/** @example await app.register(apiRoutes(deps)) */
export function apiRoutes(deps: ApiRoutesDeps): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    await app.register(async (scope) => addRoutes(scope, deps), { prefix: API_PREFIX });
  };
}

function addRoutes(app: FastifyInstance, deps: ApiRoutesDeps): void {
  const api = createApi(deps);
  const operations = API_OPERATION_IDS.map((id) => ({ id, ...API_OPERATIONS[id] }));
  const operationAt = new Map(operations.map(({ id, method, path }) => [`${method} ${fastifyPath(path)}`, id]));
  const answer = async (operation: ApiOperationId, request: FastifyRequest, input: unknown): Promise<ApiAnswer> =>
    api.answer({ ...callOf(request), operation, input, signal: deps.signal });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: API_BODY_BYTES_MAX },
    async (_request: FastifyRequest, body: Buffer) => body,
  );
  app.setErrorHandler(async (error: Error, request, reply) => {
    const problem = problemOf(error);
    const { method, url } = request.routeOptions;
    const operation = operationAt.get(`${String(method)} ${url?.slice(API_PREFIX.length)}`);
    if (operation === undefined) return send(reply, answerOfProblem(problem, deps.newCallId()));
    return send(reply, await answer(operation, request, problem));
  });
  app.setNotFoundHandler((_request, reply) => sendNoSuchEndpoint(reply, deps.newCallId()));

  for (const { id, method, path, input, ...limits } of operations) {
    app.route({
      method,
      url: fastifyPath(path),
      exposeHeadRoute: false,
      bodyLimit: 'bodyBytesMax' in limits ? limits.bodyBytesMax : API_BODY_BYTES_MAX,
      handler: async (request, reply) => send(reply, await answer(id, request, inputOf(request, input))),
    });
  }

  const document = JSON.stringify(openApiDocument({ publicUrl: deps.publicUrl, version: deps.version }));
  app.get('/openapi.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').type('application/json').send(document),
  );
}

/** Whether the path is the API's, endpoint or not. */
export function isOfApi({ url }: FastifyRequest): boolean {
  return url === API_PREFIX || url.startsWith(`${API_PREFIX}/`);
}

export function sendNoSuchEndpoint(reply: FastifyReply, callId: string): FastifyReply {
  return send(reply, answerOfProblem(new ApiProblem('no-such-endpoint'), callId));
}

function callOf(request: FastifyRequest): Pick<ApiCall, 'authorization' | 'addressKey' | 'ifMatch'> {
  const { authorization, 'if-match': ifMatch } = request.headers;
  return { authorization, ifMatch, addressKey: addressKeyOf(request) };
}

function inputOf(request: FastifyRequest, place: 'body' | 'query' | 'path'): unknown {
  switch (place) {
    case 'query':
      return request.query;
    case 'path':
      return request.params;
    case 'body':
      return request.body instanceof Uint8Array ? jsonOf(request.body) : undefined;
  }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's message quotes what it read, which may be a password: not passed on.
    return new ApiProblem('not-json');
  }
}

/** Fastify's own refusals, by their status; anything else is our own trouble. */
function problemOf(error: Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413) return new ApiProblem('body-too-large');
  if (status === 415) return new ApiProblem('media-type-not-supported');
  if (status === 404 || status === 414) return new ApiProblem('no-such-endpoint');
  return status >= 400 && status < 500 ? new ApiProblem('not-json') : new ApiProblem('internal-error', {}, error);
}

function send(reply: FastifyReply, { status, headers, body }: ApiAnswer): FastifyReply {
  // Serialised here: a type of its own would make Fastify send the object through another serialiser.
  return reply.code(status).headers(headers).send(JSON.stringify(body));
}

function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
