// Where a request came from, noted when it begins: a socket that was closed since does not tell any more.
// Total: who had gone before that is counted together with everybody else who had.

import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../throttles/throttles.js';

const noted = new WeakMap<IncomingMessage, string>();

/** For `onRequest`, before anything is awaited. */
export function noteAddress(request: FastifyRequest): void {
  noted.set(request.raw, addressKey(request.ip));
}

/** The key that the address is counted by; see addressKey. */
export function addressKeyOf(request: FastifyRequest): string {
  return noted.get(request.raw) ?? addressKey(request.ip);
}
