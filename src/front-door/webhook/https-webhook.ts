// Posts to a ticket system over HTTPS: checked certificate, a deadline, no redirects, and of the answer its status and no more.
// Says of each post whether it was taken. Knows neither what is posted nor when it is tried again.

import { request } from 'node:https';
import { assert } from '../../failure/assert.js';
import { Failure } from '../../failure/failure.js';
import { tlsRefusal } from '../../settings/tls-advice.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import type { PostTicket, TicketEndpoint } from '../tickets/deliver-tickets.js';

/** The ticket system could not be reached, or did not say that it took the message. */
export class TicketNotTaken extends Failure {
  readonly code = 'ticket-not-taken';
  readonly retry = { mayRetry: true, why: 'the ticket system may be back, or be set right' };
}

/** From dialling to the answer's end. */
export const POST_DEADLINE_MS = 15_000;
/** More of an answer is not waited for: its status has said all. */
const ANSWER_BYTES_MAX = 16 * 1024;
const WEBHOOK_TLS = { caSetting: 'contact.webhook.caFile of the tenant', nameSetting: undefined } as const;

/** Refuses anything but `https:`. */
export function httpsWebhook({ clock }: { readonly clock: Clock }): PostTicket {
  return async (endpoint, message, signal) => {
    const bounds = { clock, deadlineMs: POST_DEADLINE_MS, what: 'the ticket system to answer', signal };
    const status = await withDeadline(bounds, (inner) => post(endpoint, message, inner));
    if (status >= 200 && status < 300) return;
    const why = status >= 300 && status < 400 ? ', and redirects are not followed: set the address it leads to' : '';
    throw new TicketNotTaken(`${new URL(endpoint.url).host} answered ${status}${why}`);
  };
}

function post(
  { url, ca }: Pick<TicketEndpoint, 'url' | 'ca'>,
  { headers, body }: Parameters<PostTicket>[1],
  signal: AbortSignal,
): Promise<number> {
  const target = new URL(url);
  assert(target.protocol === 'https:', 'a ticket is posted over TLS only');
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      const refused = tlsRefusal(cause, WEBHOOK_TLS);
      const message = refused === undefined ? `cannot reach ${target.host}` : `${target.host}: ${refused.advice}`;
      reject(new TicketNotTaken(message, { cause: refused ?? cause }));
    };
    const outgoing = request(target, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'drawbridge-front-door',
      },
      minVersion: 'TLSv1.2',
      signal,
      // One connection for one message: nothing is left open behind it.
      agent: false,
      ...(ca === undefined ? {} : { ca }),
    });
    outgoing.once('error', fail);
    outgoing.once('response', (response) => {
      const status = response.statusCode ?? 0;
      let bytes = 0;
      const done = () => resolve(status);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= ANSWER_BYTES_MAX) return;
        done();
        response.destroy();
      });
      response.once('end', done);
      response.once('error', fail);
    });
    outgoing.end(body);
  });
}
