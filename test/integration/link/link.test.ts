// The link over real sockets and real TLS: certificates, proxies, cuts, men in the middle, and what strangers get.

import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { createProxyAgent } from '../../../src/agent/https/proxy-agent.js';
import { codeOf } from '../../../src/failure/failure.js';
import { LINK_PATH } from '../../../src/protocol/enrolment.js';
import type { AgentRequest } from '../../../src/protocol/frames.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { Secret } from '../../../src/secret/secret.js';
import { FakeClock } from '../../support/fake-clock.js';
import { aFrontDoor, type Seen, TENANT } from '../../support/link-parties.js';
import { portOf, startConnectProxy, startTcpRelay } from '../../support/tcp-relay.js';
import { authority, certificate, startAgent, startFrontDoor, type TlsFrontDoor } from './tls-front-door.js';

const never = new AbortController().signal;
const inspect: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'canary-user' } };
const patient = { timeout: 10_000, interval: 10 };

/** The agent that is linked longest is asked. */
const ask = (frontDoor: TlsFrontDoor) => {
  const [longest] = frontDoor.relay.liveAgents(TENANT);
  if (longest === undefined) throw new Error('no agent is live');
  return frontDoor.relay.ask({ tenantId: TENANT, agentId: longest.agentId, request: inspect, signal: never });
};
const isLive = (frontDoor: TlsFrontDoor, agents = 1) =>
  expect.poll(() => frontDoor.relay.liveAgents(TENANT).length, patient).toBe(agents);
const firstEnd = async (agent: { readonly seen: Seen[] }) => {
  await expect.poll(() => agent.seen.some(({ event }) => event === 'linkEnded'), patient).toBe(true);
  return agent.seen.find(({ event }) => event === 'linkEnded');
};
const deepestCode = (error: unknown): string =>
  error instanceof Error && error.cause !== undefined ? deepestCode(error.cause) : codeOf(error);

describe('a link over TLS', () => {
  test('carries a question and its answer', async () => {
    await using frontDoor = await startFrontDoor();
    await using agent = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor);
    expect(await ask(frontDoor)).toMatchObject({ kind: 'answered', agentId: agent.identity.agentId });
  });

  test('of two agents: one goes, the other is asked', async () => {
    await using frontDoor = await startFrontDoor();
    const first = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor);
    await using second = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor, 2);
    expect(await ask(frontDoor)).toMatchObject({ agentId: first.identity.agentId });
    await first[Symbol.asyncDispose]();
    await isLive(frontDoor);
    expect(await ask(frontDoor)).toMatchObject({ agentId: second.identity.agentId });
  });

  test('is not made to a certificate of an authority that is not trusted', async () => {
    await using frontDoor = await startFrontDoor();
    const strangers = await createCertificateAuthority('Another CA');
    await using agent = await startAgent(frontDoor, frontDoor.port, { authoritiesPem: strangers.certificatePem });
    const end = await firstEnd(agent);
    expect(end).toMatchObject({ reason: 'unreachable' });
    expect(deepestCode(end?.cause)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET_ISSUER/);
  });

  test('is not made to a certificate of another name', async () => {
    await using frontDoor = await startFrontDoor();
    await using agent = await startAgent(frontDoor, frontDoor.port, {
      identity: { ...(await enrolledAt(frontDoor)), frontDoorUrl: `https://127.0.0.1:${frontDoor.port}` },
    });
    expect(deepestCode((await firstEnd(agent))?.cause)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('follows no redirect', async () => {
    await using frontDoor = await startFrontDoor();
    const server = createHttpsServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
    server.on('upgrade', (_, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: https://localhost:${frontDoor.port}${LINK_PATH}\r\n\r\n`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await using agent = await startAgent(frontDoor, portOf(server));
    expect(await firstEnd(agent)).toMatchObject({ reason: 'unreachable' });
    expect(frontDoor.seen).toEqual([]);
    server.close();
  });

  test('gives up on a server that takes the connection and says nothing', async () => {
    const silent = createTcpServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const clock = new FakeClock();
    const agent = await startAgent(aFrontDoor(clock), portOf(silent), { clock });
    await clock.advance(20_000);
    expect(await firstEnd(agent)).toMatchObject({ reason: 'unreachable', cause: { code: 'deadline-exceeded' } });
    await agent[Symbol.asyncDispose]();
    silent.close();
    await once(silent, 'close');
  });
});

describe('a wire that fails', () => {
  test('loses the answer under way, and the agent comes back by itself', async () => {
    await using frontDoor = await startFrontDoor();
    await using wire = await startTcpRelay(frontDoor.port);
    let isAsked = false;
    let isStuck = true;
    await using _agent = await startAgent(frontDoor, wire.port, {
      serve: async () => {
        isAsked = true;
        if (isStuck) await new Promise(() => undefined);
        return { kind: 'inspected', inspection: { kind: 'not-found' } };
      },
    });
    await isLive(frontDoor);
    const asked = ask(frontDoor);
    await expect.poll(() => isAsked).toBe(true);
    isStuck = false;
    wire.cut();
    expect(await asked).toMatchObject({ kind: 'answer-lost' });
    await isLive(frontDoor);
    expect(await ask(frontDoor)).toMatchObject({ kind: 'answered' });
  });

  test('that freezes is noticed by both sides within three heartbeats', async () => {
    const clock = new FakeClock();
    await using frontDoor = await startFrontDoor({ clock });
    await using wire = await startTcpRelay(frontDoor.port);
    await using agent = await startAgent(frontDoor, wire.port, { clock });
    await isLive(frontDoor);
    wire.freeze();
    await clock.advance(LIMITS.heartbeatMs * (LIMITS.heartbeatsMissedMax + 1));
    await expect
      .poll(() => frontDoor.seen.filter(({ event }) => event === 'agentUnlinked'))
      .toMatchObject([{ reason: 'heartbeat-lost' }]);
    expect(await firstEnd(agent)).toMatchObject({ reason: 'heartbeat-lost' });
  });
});

describe('a man in the middle who ends TLS with a trusted certificate', () => {
  test('reads nothing of what people ask, and the link works', async () => {
    await using frontDoor = await startFrontDoor();
    const seen: Buffer[] = [];
    await using middle = await startMiddle(frontDoor.port, (bytes) => {
      seen.push(bytes);
      return bytes;
    });
    await using _agent = await startAgent(frontDoor, middle.port);
    await isLive(frontDoor);
    expect(await ask(frontDoor)).toMatchObject({ kind: 'answered' });
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(seen.filter((bytes) => /canary|inspect|sealingKeys/.test(bytes.toString('latin1')))).toEqual([]);
  });

  test('is found out at the first frame he alters', async () => {
    await using frontDoor = await startFrontDoor();
    let isAltering = false;
    await using middle = await startMiddle(frontDoor.port, (bytes) => {
      if (isAltering) bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
      return bytes;
    });
    await using agent = await startAgent(frontDoor, middle.port);
    await isLive(frontDoor);
    isAltering = true;
    expect(await ask(frontDoor)).toMatchObject({ kind: 'answer-lost' });
    isAltering = false;
    expect(await firstEnd(agent)).toMatchObject({ reason: 'frame-not-authentic' });
  });
});

describe('an HTTP proxy', () => {
  const authorization = `Basic ${Buffer.from('agent:pass word').toString('base64')}`;
  const withPassword = (port: number, password: string) =>
    createProxyAgent({
      url: `http://127.0.0.1:${port}`,
      credentials: { user: 'agent', password: Secret.fromText(password) },
    });

  test('passes the link on, certificate checked end to end', async () => {
    await using frontDoor = await startFrontDoor();
    await using proxy = await startConnectProxy({ authorization });
    await using _agent = await startAgent(frontDoor, frontDoor.port, {
      proxyAgent: await withPassword(proxy.port, 'pass word'),
    });
    await isLive(frontDoor);
    expect(proxy.targets).toEqual([`localhost:${frontDoor.port}`]);
    expect(await ask(frontDoor)).toMatchObject({ kind: 'answered' });
  });

  test('that does not take the password makes the front door unreachable', async () => {
    await using frontDoor = await startFrontDoor();
    await using proxy = await startConnectProxy({ authorization });
    await using agent = await startAgent(frontDoor, frontDoor.port, {
      proxyAgent: await withPassword(proxy.port, 'other'),
    });
    expect(await firstEnd(agent)).toMatchObject({ reason: 'unreachable' });
    expect(frontDoor.seen).toEqual([]);
  });

  test('does not excuse a certificate that is not trusted', async () => {
    await using frontDoor = await startFrontDoor();
    await using proxy = await startConnectProxy({});
    const strangers = await createCertificateAuthority('Another CA');
    await using agent = await startAgent(frontDoor, frontDoor.port, {
      authoritiesPem: strangers.certificatePem,
      proxyAgent: await createProxyAgent({ url: `http://127.0.0.1:${proxy.port}`, credentials: undefined }),
    });
    expect(await firstEnd(agent)).toMatchObject({ reason: 'unreachable' });
    expect(frontDoor.seen).toEqual([]);
  });
});

describe('a stranger at the agents’ address', () => {
  const dial = (port: number, path = LINK_PATH, headers: Record<string, string> = {}) =>
    new WebSocket(`wss://localhost:${port}${path}`, { ca: authority.certificatePem, headers });
  const statusOf = async (socket: WebSocket): Promise<number> => {
    const [request, response] = await once(socket, 'unexpected-response');
    request.destroy();
    return response.statusCode;
  };
  const closeOf = async (socket: WebSocket): Promise<number> => (await once(socket, 'close'))[0];

  test('is refused from a browser, and at any other path', async () => {
    await using frontDoor = await startFrontDoor();
    expect(await statusOf(dial(frontDoor.port, LINK_PATH, { origin: 'https://evil.example' }))).toBe(403);
    expect(await statusOf(dial(frontDoor.port, '/'))).toBe(404);
    expect(await statusOf(dial(frontDoor.port, `${LINK_PATH}?a=1`))).toBe(404);
    expect(frontDoor.refusals).toEqual([403, 404, 404]);
  });

  test.each<[string, (socket: WebSocket) => void, number]>([
    ['garbage', (socket) => socket.send(Buffer.from('garbage')), 4400],
    ['text', (socket) => socket.send('{"kind":"prove"}'), 4400],
    ['a message above the limit', (socket) => socket.send(Buffer.alloc(LIMITS.frameBytesMax + 4096)), 1009],
  ])('who sends %s is closed by code', async (_, send, code) => {
    await using frontDoor = await startFrontDoor();
    const socket = dial(frontDoor.port);
    await once(socket, 'message');
    send(socket);
    expect(await closeOf(socket)).toBe(code);
  });

  test('who proves nothing is closed at the handshake’s deadline', async () => {
    const clock = new FakeClock();
    await using frontDoor = await startFrontDoor({ clock });
    const socket = dial(frontDoor.port);
    await once(socket, 'message');
    const closed = closeOf(socket);
    await clock.advance(LIMITS.handshakeDeadlineMs);
    expect(await closed).toBe(4408);
  });

  test('who opens many takes only so many places, and gives them back when he goes', async () => {
    await using frontDoor = await startFrontDoor({ limits: { unprovenPerAddressMax: 2 } });
    const held = [dial(frontDoor.port), dial(frontDoor.port)];
    await Promise.all(held.map((socket) => once(socket, 'message')));
    expect(await statusOf(dial(frontDoor.port))).toBe(429);
    for (const socket of held) socket.terminate();
    await expect.poll(() => frontDoor.seen.filter(({ event }) => event === 'handshakeRefused').length).toBe(2);
    await using _agent = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor);
  });

  test('does not take the place of agents that have proven themselves', async () => {
    await using frontDoor = await startFrontDoor({ limits: { unprovenPerAddressMax: 1, unprovenMax: 1 } });
    await using _first = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor);
    await using _second = await startAgent(frontDoor, frontDoor.port);
    await isLive(frontDoor, 2);
  });
});

async function enrolledAt(frontDoor: TlsFrontDoor) {
  const agent = await startAgent(frontDoor, frontDoor.port);
  await agent[Symbol.asyncDispose]();
  return agent.identity;
}

/** Ends TLS as `localhost`, opens its own to the front door, and passes every message through `alter`. */
async function startMiddle(toPort: number, alter: (bytes: Buffer) => Buffer) {
  const server = createHttpsServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (agentSide) => {
    const frontDoorSide = new WebSocket(`wss://localhost:${toPort}${LINK_PATH}`, { ca: authority.certificatePem });
    for (const [from, to] of [
      [agentSide, frontDoorSide],
      [frontDoorSide, agentSide],
    ] as const) {
      from.on('message', (data) => to.send(alter(Buffer.isBuffer(data) ? data : Buffer.alloc(0))));
      from.on('close', (code) => (code >= 4000 || code === 1001 ? to.close(code) : to.terminate()));
      from.on('error', () => to.terminate());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
