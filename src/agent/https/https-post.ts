// Posts one JSON text over HTTPS and reads the answer: checked certificate, a deadline, a bounded answer, no redirects.
// For enrolment, which happens once; the link is what carries everything else.

import type { Agent } from 'node:http';
import { request } from 'node:https';
import { assert } from '../../failure/assert.js';
import { tlsRefusal } from '../../settings/tls-advice.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import { type HttpsAnswer, PostFailed, type PostJson } from '../enrolment/post-json.js';

const POST_DEADLINE_MS = 30_000;
/** A larger answer is no answer to an enrolment. */
const ANSWER_BYTES_MAX = 16 * 1024;

export interface HttpsPostOptions {
  /** PEM of the authorities to trust instead of the system's. Default: the system's. */
  readonly authoritiesPem: string | undefined;
  readonly proxyAgent: Agent | undefined;
  readonly clock: Clock;
}

/** The adapter behind PostJson. Refuses anything but `https:`. */
export function httpsPoster(options: HttpsPostOptions): PostJson {
  return (url, body, signal) => {
    assert(url.protocol === 'https:', 'an enrolment is posted over TLS only');
    const bounds = { clock: options.clock, deadlineMs: POST_DEADLINE_MS, what: 'the front door to answer', signal };
    return withDeadline(bounds, (inner) => post(url, body, { ...options, signal: inner }));
  };
}

function post(url: URL, body: string, options: HttpsPostOptions & { readonly signal: AbortSignal }) {
  const { authoritiesPem, proxyAgent, signal } = options;
  return new Promise<HttpsAnswer>((resolve, reject) => {
    const fail = (cause: unknown) => {
      const refused = tlsRefusal(cause, FRONT_DOOR_TLS);
      const message = refused === undefined ? 'cannot reach the front door' : `${url.host}: ${refused.advice}`;
      reject(new PostFailed(message, { cause: refused ?? cause }));
    };
    const outgoing = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        accept: 'application/json',
      },
      minVersion: 'TLSv1.2',
      signal,
      // One connection for one request: nothing is left open behind it.
      agent: proxyAgent ?? false,
      ...(authoritiesPem === undefined ? {} : { ca: authoritiesPem }),
    });
    outgoing.once('error', fail);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > ANSWER_BYTES_MAX) response.destroy(new Error(`an answer above ${ANSWER_BYTES_MAX} bytes`));
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    outgoing.end(body);
  });
}

const FRONT_DOOR_TLS = { caSetting: 'frontDoor.caFile', nameSetting: undefined } as const;
