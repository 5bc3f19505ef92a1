// Real HTTPS on loopback: how a gateway is asked, what its answers mean, and what is never done.

import { once } from 'node:events';
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CertificateAuthority, createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { TextNotSent } from '../../../src/front-door/methods/text-message/text-gateway.js';
import {
  createHttpGateway,
  GATEWAY_LIMITS,
  type HttpGatewaySettings,
} from '../../../src/front-door/text-message/http-gateway.js';
import { readTemplate } from '../../../src/front-door/text-message/request-template.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';

const message = { number: '+447700900123', text: '042815 is "your" code\n\n@reset.example.com #042815' };
const signal = new AbortController().signal;
const open: (() => Promise<void>)[] = [];
let authority: CertificateAuthority;
let other: CertificateAuthority;

beforeAll(async () => {
  authority = await createCertificateAuthority();
  other = await createCertificateAuthority('Another CA');
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function gatewayServer(
  answer: (asked: Asked, response: ServerResponse) => void,
  options: { isPlain?: true } = {},
) {
  const asked: Asked[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const each = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    asked.push(each);
    answer(each, response);
  };
  const { certificatePem, privateKeyPem } = await authority.issue({
    hostNames: ['localhost'],
    addresses: ['127.0.0.1'],
  });
  const server = options.isPlain
    ? createPlainServer(listener)
    : createServer({ cert: certificatePem, key: privateKeyPem }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { asked, port, origin: `${options.isPlain ? 'http' : 'https'}://localhost:${port}` };
}

function template(text: string, place: Parameters<typeof readTemplate>[1]) {
  const read = readTemplate(text, place, ['TOKEN']);
  if ('problem' in read) throw new Error(read.problem);
  return read.template;
}

function gateway(origin: string, changes: Partial<HttpGatewaySettings> = {}) {
  const settings: HttpGatewaySettings = {
    address: `${origin}/messages`,
    query: undefined,
    method: 'POST',
    headers: [{ name: 'Authorization', template: template('Bearer {secret:TOKEN}', 'header') }],
    body: { contentType: 'application/json', template: template('{"to":"{number}","text":"{text}"}', 'json') },
    success: { status: undefined, bodyContains: undefined, jsonPath: undefined },
    from: 'Example',
    secrets: new Map([['TOKEN', Secret.fromText('s3cret')]]),
    ca: authority.certificatePem,
    timeoutMs: 5_000,
    ...changes,
  };
  return createHttpGateway(settings, { clock: systemClock, signal });
}

/** How it failed: whether the text may have gone all the same, and what is said of it. */
async function failure(work: Promise<void>): Promise<{ mayHaveGone: boolean; message: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TextNotSent)) throw new Error('it did not fail as a text does', { cause: error });
  expect(error.message).not.toMatch(/s3cret|042815|7700900123/);
  return { mayHaveGone: error.mayHaveGone, message: error.message };
}

const ok = (_: Asked, response: ServerResponse) => void response.end('{}');

describe('a request', () => {
  test('is JSON with a bearer token', async () => {
    const { asked, origin } = await gatewayServer(ok);
    await gateway(origin).send(message);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/messages' });
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer s3cret', 'content-type': 'application/json' });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ to: message.number, text: message.text });
  });

  test('is a form with basic authentication', async () => {
    const { asked, origin } = await gatewayServer(ok);
    await gateway(origin, {
      headers: [{ name: 'Authorization', template: template('Basic {secret-base64:TOKEN}', 'header') }],
      body: {
        contentType: 'application/x-www-form-urlencoded',
        template: template('To={number}&From={from}&Body={text}', 'form'),
      },
      secrets: new Map([['TOKEN', Secret.fromText('AC1:pass')]]),
    }).send(message);
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:pass').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      To: message.number,
      From: 'Example',
      Body: message.text,
    });
  });

  test('is a query where the gateway takes nothing else', async () => {
    const { asked, origin } = await gatewayServer(ok);
    const query = template('to={digits}&text={text}', 'query');
    await gateway(origin, { method: 'GET', body: undefined, query }).send(message);
    const url = new URL(asked[0]?.url ?? '', origin);
    expect([asked[0]?.method, url.pathname]).toEqual(['GET', '/messages']);
    expect(Object.fromEntries(url.searchParams)).toEqual({ to: message.number.slice(1), text: message.text });
  });
});

describe('an answer', () => {
  test.each([
    [401, false],
    [500, true],
    [503, true],
  ])('of status %i is none that says yes; it may have gone: %s', async (status, mayHaveGone) => {
    const { origin } = await gatewayServer((_, response) => void response.writeHead(status).end('042815 s3cret'));
    expect((await failure(gateway(origin).send(message))).mayHaveGone).toBe(mayHaveGone);
  });

  test('that leads elsewhere is not followed', async () => {
    const elsewhere = await gatewayServer(ok);
    const { origin } = await gatewayServer(
      (_, response) => void response.writeHead(307, { location: `${elsewhere.origin}/messages` }).end(),
    );
    expect((await failure(gateway(origin).send(message))).mayHaveGone).toBe(false);
    expect(elsewhere.asked).toEqual([]);
  });

  test('that says no with status 200 is a no', async () => {
    const { origin } = await gatewayServer((_, response) => void response.end('{"messages":[{"status":"4"}]}'));
    const jsonPath = { path: 'messages.0.status', equals: ['0'] };
    const success = { status: undefined, bodyContains: undefined, jsonPath };
    expect((await failure(gateway(origin, { success }).send(message))).mayHaveGone).toBe(false);
  });

  test('that does not end is given up at its limit', async () => {
    const { origin } = await gatewayServer((_, response) => {
      response.write('x'.repeat(GATEWAY_LIMITS.answerBytesMax));
      response.write('x'.repeat(GATEWAY_LIMITS.answerBytesMax));
    });
    expect((await failure(gateway(origin).send(message))).mayHaveGone).toBe(true);
  });

  test('that does not come is not waited for beyond the deadline, and may mean that it went', async () => {
    const { asked, origin } = await gatewayServer(() => undefined);
    expect((await failure(gateway(origin, { timeoutMs: 300 }).send(message))).mayHaveGone).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test('that is cut off may mean that it went', async () => {
    const { origin } = await gatewayServer((_, response) => void response.socket?.destroy());
    expect((await failure(gateway(origin).send(message))).mayHaveGone).toBe(true);
  });
});

describe('a gateway', () => {
  test('of another authority is told nothing, and the advice names the setting', async () => {
    const { asked, origin } = await gatewayServer(ok);
    const failed = await failure(gateway(origin, { ca: other.certificatePem }).send(message));
    expect(failed.mayHaveGone).toBe(false);
    expect(failed.message).toContain('textMessages.caFile');
    expect(asked).toEqual([]);
  });

  test('with a certificate for another name is told nothing', async () => {
    const { asked, port } = await gatewayServer(ok);
    const failed = await failure(gateway(`https://127.0.0.2:${port}`).send(message));
    expect(failed.mayHaveGone).toBe(false);
    expect(asked).toEqual([]);
  });

  test('that does not speak TLS is told nothing', async () => {
    const { asked, port } = await gatewayServer(ok, { isPlain: true });
    expect((await failure(gateway(`https://localhost:${port}`).send(message))).mayHaveGone).toBe(false);
    expect(asked).toEqual([]);
  });

  test('that is not there took nothing', async () => {
    const { origin } = await gatewayServer(ok);
    for (const close of open.splice(0)) await close();
    expect((await failure(gateway(origin).send(message))).mayHaveGone).toBe(false);
  });

  test('is asked for so many at once, and the others take their turn', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    let now = 0;
    const { asked, origin } = await gatewayServer((_, response) => {
      now += 1;
      most = Math.max(most, now);
      held.push(response);
    });
    const sending = gateway(origin, { timeoutMs: 20_000 });
    const all = Array.from({ length: GATEWAY_LIMITS.sendsAtOnceMax * 2 }, () => sending.send(message));
    await expect.poll(() => held.length).toBe(GATEWAY_LIMITS.sendsAtOnceMax);
    expect(asked).toHaveLength(GATEWAY_LIMITS.sendsAtOnceMax);
    const answered = expect.poll(() => {
      for (const response of held.splice(0)) {
        now -= 1;
        response.end('{}');
      }
      return asked.length;
    });
    await answered.toBe(GATEWAY_LIMITS.sendsAtOnceMax * 2);
    for (const response of held.splice(0)) response.end('{}');
    await Promise.all(all);
    expect(most).toBe(GATEWAY_LIMITS.sendsAtOnceMax);
  });

  test('takes no more than may wait, and who waited in vain asked for nothing', async () => {
    const { asked, origin } = await gatewayServer(() => undefined);
    const sending = gateway(origin, { timeoutMs: 1_000 });
    const { sendsAtOnceMax, sendsWaitingMax } = GATEWAY_LIMITS;
    const all = Array.from({ length: sendsAtOnceMax + sendsWaitingMax + 10 }, () => failure(sending.send(message)));
    const ends = await Promise.all(all);
    expect(ends.filter(({ mayHaveGone }) => mayHaveGone).length).toBeLessThanOrEqual(sendsAtOnceMax);
    expect(asked.length).toBeLessThanOrEqual(sendsAtOnceMax);
    const { asked: after, origin: another } = await gatewayServer(ok);
    await gateway(another).send(message);
    expect(after).toHaveLength(1);
  });
});

test('a secret that no header can hold is refused at once, and not told', () => {
  const secrets = new Map([['TOKEN', Secret.fromText('s3cret\r\nX-Evil: 1')]]);
  const made = () => gateway('https://localhost', { secrets });
  expect(made).toThrow(expect.objectContaining({ code: 'text-gateway-unusable' }));
  expect(made).not.toThrow(/s3cret/);
});
