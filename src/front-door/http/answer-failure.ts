// The one place where something thrown becomes an HTTP answer: a page with a support id, and nothing of what went wrong.
// What went wrong is for the log, under the same support id.

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { codeOf, Failure } from '../../failure/failure.js';
import { somethingWrongPage } from '../pages/stop-pages.js';
import { BrowserGone, type PageKit, sendPage } from './page-kit.js';

export function answerFailure(
  kit: PageKit,
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = statusOf(error);
  const supportId = kit.deps.randomUuid();
  // Who went away is no trouble of ours, and reads no answer.
  if (status >= 500 && !(error instanceof BrowserGone)) {
    const route = request.routeOptions.url ?? '(no route)';
    kit.deps.events.requestFailed({ supportId, route, code: codeOf(error), error });
  }
  return sendPage(
    reply.code(status),
    somethingWrongPage(kit.surroundings({ tenant: undefined, supportId, language: kit.languageOf(request) })),
  );
}

/** Fastify's own refusals (too large, not a form) keep their status; ours are 503 where trying again may help. */
function statusOf(error: FastifyError | Error): number {
  const own = 'statusCode' in error ? error.statusCode : undefined;
  if (own !== undefined && own >= 400 && own < 500) return own;
  return error instanceof Failure && error.retry.mayRetry ? 503 : 500;
}
