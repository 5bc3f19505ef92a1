// The front door's HTTP application: limits, headers, routes. Logs nothing of a request by itself: no body, query or cookie.
// Whoever adds routes (the API) registers them on the instance before it listens.

import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { notFoundPage } from '../pages/stop-pages.js';
import { answerFailure } from './answer-failure.js';
import { isOfApi, sendNoSuchEndpoint } from './api-routes.js';
import type { FrontDoorAppDeps } from './app-deps.js';
import { noteAddress } from './client-address.js';
import { contactRoutes } from './contact-routes.js';
import { disownRoutes } from './disown-routes.js';
import { flowRoutes } from './flow-routes.js';
import { HTTP_LIMITS, type HttpLimits } from './http-limits.js';
import { machineRoutes } from './machine-routes.js';
import { createPageKit, NOBODYS, sendPage } from './page-kit.js';
import { securityHeaders } from './security-headers.js';
import { startRoutes } from './start-routes.js';
import { visitRoutes } from './visit-routes.js';

export async function createFrontDoorApp(deps: FrontDoorAppDeps): Promise<FastifyInstance> {
  const kit = createPageKit(deps);
  const headers = securityHeaders(deps.publicUrl);
  const notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    sendPage(reply.code(404), notFoundPage(kit.surroundings({ ...NOBODYS, language: kit.languageOf(request) })));
  // A path that the router cannot take apart comes past every hook and handler.
  const app = create(deps, (request, reply) => {
    reply.headers(headers).header('connection', 'close');
    return isOfApi(request) ? sendNoSuchEndpoint(reply, deps.randomUuid()) : notFound(request, reply);
  });
  app.addHook('onRequest', async (request, reply) => {
    noteAddress(request);
    reply.headers(headers);
  });
  // An answer given before its body was read ends the connection: what is still coming would keep it for nothing.
  app.addHook('onSend', async (request, reply) => {
    if (isBodyUnread(request)) reply.header('connection', 'close');
  });
  await app.register(cookie);
  await app.register(formbody);
  app.setErrorHandler((error: Error, request, reply) => answerFailure(kit, error, request, reply));
  app.setNotFoundHandler(notFound);
  startRoutes(app, kit);
  flowRoutes(app, kit);
  visitRoutes(app, kit);
  contactRoutes(app, kit);
  disownRoutes(app, kit);
  machineRoutes(app, deps);
  return app;
}

function create(
  { tls, trustedProxies, limits = HTTP_LIMITS }: FrontDoorAppDeps,
  answerUnroutable: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): FastifyInstance {
  const options = {
    // Fastify's request lines would hold addresses with their queries: events are logged instead.
    logger: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    connectionTimeout: limits.connectionTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    routerOptions: { maxParamLength: limits.paramUnitsMax },
    return503OnClosing: true,
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      answerUnroutable(request, reply);
    },
  };
  const http = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.lookRoundMs,
  };
  const app =
    tls === undefined
      ? fastify({ ...options, http })
      : fastify({ ...options, https: { ...http, ...tlsOf(tls, limits) } });
  app.server.maxConnections = limits.connectionsMax;
  return app;
}

function tlsOf({ certificate, key }: NonNullable<FrontDoorAppDeps['tls']>, { handshakeTimeoutMs }: HttpLimits) {
  return { cert: certificate, key, minVersion: 'TLSv1.2', handshakeTimeout: handshakeTimeoutMs } as const;
}

function isBodyUnread({ raw, headers }: FastifyRequest): boolean {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  return hasBody && !raw.complete;
}
