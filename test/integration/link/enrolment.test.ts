// Enrolment over real HTTPS: straight, through a proxy, and against servers that are no front door.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { describe, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { enrol } from '../../../src/agent/enrolment/enrol.js';
import { makeIdentityKey } from '../../../src/agent/enrolment/identity.js';
import { type HttpsPostOptions, httpsPoster } from '../../../src/agent/https/https-post.js';
import { createProxyAgent } from '../../../src/agent/https/proxy-agent.js';
import { acceptEnrolment, ENROLMENT_STATUS } from '../../../src/front-door/enrolment/accept-enrolment.js';
import { issueEnrolmentCode } from '../../../src/front-door/enrolment/issue-code.js';
import { toBase64Url } from '../../../src/protocol/base64url.js';
import {
  ENROLMENT_PATH,
  enrolmentRequestSchema,
  proveIdentityKey,
  signGrant,
} from '../../../src/protocol/enrolment.js';
import { parseAgentId } from '../../../src/protocol/identifiers.js';
import { systemClock } from '../../../src/timing/clock.js';
import { FakeClock } from '../../support/fake-clock.js';
import { frontDoorKey, random, TENANT } from '../../support/link-parties.js';
import { memoryAgentRegistry } from '../../support/memory-agent-registry.js';
import { portOf, startConnectProxy } from '../../support/tcp-relay.js';
import { authority, certificate } from './tls-front-door.js';

type Answer = (body: string, request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

async function serve(answer: Answer) {
  const server = createServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  let requests = 0;
  server.on('request', async (request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    await answer(Buffer.concat(chunks).toString('utf8'), request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${portOf(server)}`,
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function aFrontDoor() {
  const registry = memoryAgentRegistry();
  const events = { agentEnrolled: () => undefined, enrolmentRefused: () => undefined };
  const options = { registry, frontDoorKey, clock: systemClock, random, randomUuid: () => randomUUID(), events };
  const answer: Answer = async (body, request, response) => {
    expect([request.method, request.url, request.headers['content-type']]).toEqual([
      'POST',
      ENROLMENT_PATH,
      'application/json',
    ]);
    const result = await acceptEnrolment(options, JSON.parse(body));
    const status = ENROLMENT_STATUS[result.kind === 'enrolled' ? 'enrolled' : result.reason];
    response.writeHead(status).end(JSON.stringify(result.kind === 'enrolled' ? result.answer : {}));
  };
  return { registry, answer, issue: async () => (await issueEnrolmentCode(options, TENANT)).code };
}

const trusting = { authoritiesPem: authority.certificatePem, proxyAgent: undefined, clock: systemClock };

function postTo(url: string, body: string) {
  return httpsPoster(trusting)(new URL(ENROLMENT_PATH, url), body, new AbortController().signal);
}

async function enrolAt(url: string, changes: Partial<HttpsPostOptions> = {}, code = aFrontDoor().issue()) {
  return enrol({
    code: await code,
    frontDoorUrl: url,
    agentName: 'dc1',
    post: httpsPoster({ ...trusting, ...changes }),
    makeIdentityKey,
    signal: new AbortController().signal,
  });
}

describe('enrolment over HTTPS', () => {
  test('makes an identity, once per code', async () => {
    const frontDoor = aFrontDoor();
    await using server = await serve(frontDoor.answer);
    const code = frontDoor.issue();
    const identity = await enrolAt(server.url, {}, code);
    expect(identity.frontDoorUrl).toBe(server.url);
    expect((await frontDoor.registry.find(identity.agentId))?.name).toBe('dc1');
    await expect(enrolAt(server.url, {}, code)).rejects.toMatchObject({ code: 'enrolment-code-refused' });
  });

  test('works through a proxy', async () => {
    const frontDoor = aFrontDoor();
    await using server = await serve(frontDoor.answer);
    await using proxy = await startConnectProxy({});
    const proxyAgent = await createProxyAgent({ url: `http://127.0.0.1:${proxy.port}`, credentials: undefined });
    expect((await enrolAt(server.url, { proxyAgent }, frontDoor.issue())).tenantId).toBe(TENANT);
    expect(proxy.targets.length).toBe(1);
  });

  test('sends nothing to a server whose certificate is not trusted', async () => {
    await using server = await serve((_, __, response) => void response.end());
    const authoritiesPem = (await createCertificateAuthority('Another CA')).certificatePem;
    await expect(enrolAt(server.url, { authoritiesPem })).rejects.toMatchObject({ code: 'front-door-unreachable' });
    await expect(enrolAt(server.url.replace('localhost', '127.0.0.1'))).rejects.toMatchObject({
      code: 'front-door-unreachable',
    });
    expect(server.requests()).toBe(0);
  });

  test('follows no redirect with the code in hand', async () => {
    await using elsewhere = await serve((_, __, response) => void response.end());
    await using server = await serve(
      (_, __, response) => void response.writeHead(307, { location: `${elsewhere.url}${ENROLMENT_PATH}` }).end(),
    );
    await expect(enrolAt(server.url)).rejects.toMatchObject({ code: 'enrolment-answer-unusable' });
    expect(elsewhere.requests()).toBe(0);
  });

  test('reads no endless answer, and takes no answer that is cut for one', async () => {
    await using endless = await serve((_, __, response) => void response.end('x'.repeat(1_000_000)));
    await expect(enrolAt(endless.url)).rejects.toMatchObject({ code: 'front-door-unreachable' });
    await using cut = await serve((_, __, response) => {
      response.writeHead(201, { 'content-length': 500 });
      response.write('{');
      response.socket?.end();
    });
    await expect(enrolAt(cut.url)).rejects.toMatchObject({ code: 'front-door-unreachable' });
  });

  test('a man in the middle with a trusted certificate does not enrol a key of his own', async () => {
    const frontDoor = aFrontDoor();
    await using genuine = await serve(frontDoor.answer);
    const own = makeIdentityKey();
    const refusals: number[] = [];
    await using between = await serve(async (body, _, response) => {
      const { codeId, agentName, codeProof } = enrolmentRequestSchema.parse(JSON.parse(body));
      const claim = { codeId, agentName, identityPublicKey: toBase64Url(own.publicKey) };
      const request = { ...claim, codeProof, proof: proveIdentityKey(claim, own.privateKey) };
      const answer = await postTo(genuine.url, JSON.stringify(request));
      refusals.push(answer.status);
      response.writeHead(answer.status).end(answer.body);
    });
    await expect(enrolAt(between.url, {}, frontDoor.issue())).rejects.toMatchObject({ code: 'enrolment-code-refused' });
    expect(refusals).toEqual([ENROLMENT_STATUS['proof-refused']]);
    expect(await frontDoor.registry.list(TENANT)).toEqual([]);
  });

  test('a man in the middle who answers himself, under the genuine public key, is not believed', async () => {
    const frontDoor = aFrontDoor();
    const own = makeIdentityKey();
    await using between = await serve((body, _, response) => {
      const { codeId, identityPublicKey } = enrolmentRequestSchema.parse(JSON.parse(body));
      const ids = { tenantId: TENANT, agentId: parseAgentId(randomUUID()) };
      const signature = signGrant({ codeId, identityPublicKey, ...ids }, own.privateKey);
      const frontDoorPublicKey = toBase64Url(frontDoorKey.publicKey);
      response.writeHead(201).end(JSON.stringify({ ...ids, frontDoorPublicKey, signature }));
    });
    await expect(enrolAt(between.url, {}, frontDoor.issue())).rejects.toMatchObject({ code: 'wrong-front-door' });
    expect(await frontDoor.registry.list(TENANT)).toEqual([]);
  });

  test('waits no longer than thirty seconds for an answer', async () => {
    const clock = new FakeClock();
    const asked = Promise.withResolvers<void>();
    await using server = await serve(() => asked.resolve());
    const enrolled = enrolAt(server.url, { clock });
    enrolled.catch(() => undefined);
    await asked.promise;
    await clock.advance(30_000);
    await expect(enrolled).rejects.toMatchObject({ code: 'deadline-exceeded' });
  });
});
