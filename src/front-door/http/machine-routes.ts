// What is asked for by machines: an agent's enrolment, whether we live, whether we can serve, and the pages' files.
// None of it knows a session.

import type { FastifyInstance } from 'fastify';
import Negotiator from 'negotiator';
import { ENROLMENT_PATH } from '../../protocol/enrolment.js';
import { ENROLMENT_STATUS } from '../enrolment/accept-enrolment.js';
import type { FrontDoorAppDeps } from './app-deps.js';
import { addressKeyOf } from './client-address.js';

/** A file that is opened by itself, as an SVG can be, runs nothing, fetches nothing and is of no origin. */
const FILE_SECURITY_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";
const ENROLMENT_BYTES_MAX = 4 * 1024;

export function machineRoutes(app: FastifyInstance, deps: FrontDoorAppDeps): void {
  const { throttles, acceptEnrolment, checkStore, assets } = deps;

  app.post(ENROLMENT_PATH, { bodyLimit: ENROLMENT_BYTES_MAX }, async (request, reply) => {
    const key = { name: 'enrolments-from-address', key: addressKeyOf(request) } as const;
    if (!(await throttles.attempt([key]))) return reply.code(429).send({ code: 'too-many-attempts' });
    const result = await acceptEnrolment(request.body);
    if (result.kind === 'enrolled') return reply.code(ENROLMENT_STATUS.enrolled).send(result.answer);
    return reply.code(ENROLMENT_STATUS[result.reason]).send({ code: result.reason });
  });

  app.get('/healthz', async () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    try {
      await checkStore();
      return { status: 'ok' };
    } catch {
      // Told as a status: the store's own trouble is reported by whoever uses it.
      return reply.code(503).send({ status: 'store-unavailable' });
    }
  });

  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const asset = assets.files.get(`/assets/${request.params.name}`);
    if (asset === undefined) return reply.callNotFound();
    const taken = new Negotiator(request).encodings();
    const smaller = asset.compressed.find(({ coding }) => taken.includes(coding));
    if (smaller !== undefined) reply.header('content-encoding', smaller.coding);
    return reply
      .header('content-security-policy', FILE_SECURITY_POLICY)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(asset.contentType)
      .send(smaller?.body ?? asset.body);
  });
}
