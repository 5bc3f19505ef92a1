// What a connection may take of the front door: slow senders, unread bodies, too many connections, paths beyond the router.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HTTP_LIMITS, type HttpLimits } from '../../../src/front-door/http/http-limits.js';
import { type Bench, makeBench } from '../../support/front-door-bench.js';
import { makeApiBench } from '../../unit/front-door/api/api-bench.js';

const SHORT: HttpLimits = {
  ...HTTP_LIMITS,
  headersTimeoutMs: 150,
  requestTimeoutMs: 300,
  lookRoundMs: 30,
  connectionsMax: 2,
};

let bench: Bench;
beforeEach(async () => {
  bench = await makeBench({ limits: SHORT });
  await bench.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  expect(bench.events).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function dial(origin = bench.app.listeningOrigin): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(origin).port) });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Everything the other end said until it hung up. */
async function untilClosed(socket: Socket): Promise<string> {
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  if (!socket.closed) await once(socket, 'close');
  return said;
}

const headers = (path: string, length: number, type = 'application/x-www-form-urlencoded') =>
  `POST ${path} HTTP/1.1\r\nHost: reset.example.com\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

test('the limits we serve with are in an order that Node keeps', () => {
  expect(HTTP_LIMITS.headersTimeoutMs).toBeLessThanOrEqual(HTTP_LIMITS.requestTimeoutMs);
  expect(HTTP_LIMITS.lookRoundMs).toBeLessThanOrEqual(5_000);
});

describe('a sender is cut', () => {
  test.each([
    ['who never finishes the headers', 'GET /reset HTTP/1.1\r\nHost: x\r\n', SHORT.headersTimeoutMs],
    ['who never finishes the body', `${headers('/contact', 100)}account=ada`, SHORT.requestTimeoutMs],
  ])('%s', async (_name, sent, allowedMs) => {
    const socket = await dial();
    const begunMs = performance.now();
    socket.write(sent);
    expect(await untilClosed(socket)).toContain('HTTP/1.1 4');
    const tookMs = performance.now() - begunMs;
    expect(tookMs).toBeGreaterThan(allowedMs / 2);
    // Far from the default look round of 30 s, and with room for a busy machine.
    expect(tookMs).toBeLessThan(allowedMs + 5_000);
  });

  test.each([
    ['whose body is too large', headers('/contact', HTTP_LIMITS.bodyBytesMax + 1), '413'],
    ['whose body is of a kind nobody reads', headers('/contact', 100, 'text/csv'), '415'],
    ['who sends a body to a page that is not there', headers('/nowhere', 100, 'text/csv'), '404'],
  ])('%s, without its being read', async (_name, sent, status) => {
    const socket = await dial();
    socket.write(sent);
    const said = await untilClosed(socket);
    expect(said).toContain(`HTTP/1.1 ${status}`);
    expect(said.toLowerCase()).toContain('connection: close');
  });
});

test('a connection too many is closed at once, and those there are keep theirs', async () => {
  const first = await dial();
  const second = await dial();
  const dropped = once(bench.app.server, 'drop');
  expect(await untilClosed(await dial())).toBe('');
  await dropped;
  first.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(await untilClosed(first)).toContain('HTTP/1.1 200');
  second.destroy();
});

test('a caller of the API who goes away in mid-body leaves a line in the journal, and no failure of ours', async () => {
  await using api = await makeApiBench();
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const socket = await dial(api.app.listeningOrigin);
  socket.write(`${headers('/api/v1/resets', 100, 'application/json')}{"resetId"`);
  await once(api.app.server, 'request');
  socket.destroy();
  await vi.waitFor(async () => expect(await api.audited()).toMatchObject([{ event: 'api-called' }]));
  expect(api.failed).toEqual([]);
});

test('a part of a path that is too long is answered with the page, and under the API with its problem', async () => {
  const long = 'x'.repeat(HTTP_LIMITS.paramUnitsMax + 1);
  await using fresh = await makeBench();
  fresh.app.get('/api/v1/resets/:resetId', async () => 'as the API has it');
  const page = await fresh.app.inject({ url: `/assets/${long}` });
  expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.body).not.toContain(long);
  for (const url of [`/api/v1/resets/${long}`, '/api/v1/%c0']) {
    const problem = await fresh.app.inject({ url });
    expect([problem.statusCode, problem.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(problem.json().code).toBe('no-such-endpoint');
  }
});
