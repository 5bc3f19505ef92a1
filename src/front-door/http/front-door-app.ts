// The front door's HTTP application: limits, headers, routes. Logs nothing of a request by itself: no body, query or cookie.
// Whoever adds routes (the API) registers them on the instance before it listens.

import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import { type FastifyInstance, fastify } from 'fastify';
import { notFoundPage } from '../pages/stop-pages.js';
import { answerFailure } from './answer-failure.js';
import type { FrontDoorAppDeps } from './app-deps.js';
import { contactRoutes } from './contact-routes.js';
import { flowRoutes } from './flow-routes.js';
import { machineRoutes } from './machine-routes.js';
import { createPageKit, sendPage } from './page-kit.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { startRoutes } from './start-routes.js';

export const HTTP_LIMITS = {
  /** A password sealed for eight agents takes 14 KiB. Larger bodies are answered 413. */
  bodyBytesMax: 64 * 1024,
  /** Reading a request's headers and body; slower senders are cut. */
  requestTimeoutMs: 30_000,
  /** Longer than any outcome is waited for. */
  connectionTimeoutMs: 120_000,
  keepAliveTimeoutMs: 65_000,
  paramUnitsMax: 128,
} as const;

export async function createFrontDoorApp(deps: FrontDoorAppDeps): Promise<FastifyInstance> {
  const app = create(deps);
  const kit = createPageKit(deps);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: HTTP_LIMITS.bodyBytesMax });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  app.setErrorHandler((error: Error, request, reply) => answerFailure(kit, error, request, reply));
  app.setNotFoundHandler((_request, reply) =>
    sendPage(reply.code(404), notFoundPage(kit.surroundings({ tenant: undefined, supportId: undefined }))),
  );
  startRoutes(app, kit);
  flowRoutes(app, kit);
  contactRoutes(app, kit);
  machineRoutes(app, deps);
  return app;
}

function create({ tls, trustedProxies }: FrontDoorAppDeps): FastifyInstance {
  const options = {
    // Fastify's request lines would hold addresses with their queries: events are logged instead.
    logger: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: HTTP_LIMITS.bodyBytesMax,
    requestTimeout: HTTP_LIMITS.requestTimeoutMs,
    connectionTimeout: HTTP_LIMITS.connectionTimeoutMs,
    keepAliveTimeout: HTTP_LIMITS.keepAliveTimeoutMs,
    routerOptions: { maxParamLength: HTTP_LIMITS.paramUnitsMax },
    return503OnClosing: true,
  };
  if (tls === undefined) return fastify(options);
  const https = { cert: tls.certificate, key: tls.key, minVersion: 'TLSv1.2' } as const;
  return fastify({ ...options, https });
}
