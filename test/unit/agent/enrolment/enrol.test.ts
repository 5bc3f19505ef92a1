// Enrolment, both ends without a network: what is stored, what is refused, and what a man in the middle gets.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type EnrolOptions, enrol } from '../../../../src/agent/enrolment/enrol.js';
import { type IdentityKey, makeIdentityKey } from '../../../../src/agent/enrolment/identity.js';
import { type HttpsAnswer, PostFailed, type PostJson } from '../../../../src/agent/enrolment/post-json.js';
import { acceptEnrolment, ENROLMENT_STATUS } from '../../../../src/front-door/enrolment/accept-enrolment.js';
import {
  type FrontDoorKey,
  generateFrontDoorKey,
  readFrontDoorKey,
} from '../../../../src/front-door/enrolment/front-door-key.js';
import { issueEnrolmentCode } from '../../../../src/front-door/enrolment/issue-code.js';
import { fromBase64Url, toBase64Url } from '../../../../src/protocol/base64url.js';
import {
  type EnrolmentAnswer,
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  proveCode,
  proveIdentityKey,
  signGrant,
} from '../../../../src/protocol/enrolment.js';
import {
  deriveCodeKeys,
  ENROLMENT_CODE_LIFETIME_MS,
  parseEnrolmentCode,
} from '../../../../src/protocol/enrolment-code.js';
import { type AgentId, parseAgentId, parseTenantId, type TenantId } from '../../../../src/protocol/identifiers.js';
import { Secret } from '../../../../src/secret/secret.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { frontDoorKey, random, type Seen, TENANT } from '../../../support/link-parties.js';
import { memoryAgentRegistry } from '../../../support/memory-agent-registry.js';

function aFrontDoor() {
  const clock = new FakeClock();
  const registry = memoryAgentRegistry();
  const seen: Seen[] = [];
  const options = {
    registry,
    frontDoorKey,
    clock,
    random,
    randomUuid: () => randomUUID(),
    events: {
      agentEnrolled: (event: object) => void seen.push({ ...event, event: 'agentEnrolled' }),
      enrolmentRefused: (event: object) => void seen.push({ ...event, event: 'enrolmentRefused' }),
    },
  };
  const post: PostJson = async (_, body): Promise<HttpsAnswer> => {
    const result = await acceptEnrolment(options, JSON.parse(body));
    return result.kind === 'enrolled'
      ? { status: ENROLMENT_STATUS.enrolled, body: JSON.stringify(result.answer) }
      : { status: ENROLMENT_STATUS[result.reason], body: '{}' };
  };
  return { clock, registry, seen, options, post, issue: () => issueEnrolmentCode(options, TENANT) };
}

const stranger = makeIdentityKey();
const other = readFrontDoorKey(generateFrontDoorKey());
const codeIdOf = (body: string) => fromBase64Url(enrolmentRequestSchema.parse(JSON.parse(body)).codeId);

/** Puts another public key into a request, and leaves its proofs. */
function withKeyOf({ publicKey }: IdentityKey): (body: string) => string {
  return (body) => JSON.stringify({ ...JSON.parse(body), identityPublicKey: toBase64Url(publicKey) });
}

/** The request as a man in the middle makes it for his own key: proven with it, and with a key for the code if he has one. */
function reclaimed(body: string, key: IdentityKey, codeKey?: Uint8Array): string {
  const { codeId, agentName, codeProof } = enrolmentRequestSchema.parse(JSON.parse(body));
  const claim = { codeId, identityPublicKey: toBase64Url(key.publicKey), agentName };
  const proof = proveIdentityKey(claim, key.privateKey);
  return JSON.stringify({ ...claim, proof, codeProof: codeKey === undefined ? codeProof : proveCode(claim, codeKey) });
}

/** What the holder of `key` answers to a request. */
function signedBy(key: FrontDoorKey, tenantId: TenantId, agentId: AgentId, body: string) {
  const { codeId, identityPublicKey } = enrolmentRequestSchema.parse(JSON.parse(body));
  const signature = signGrant({ codeId, identityPublicKey, tenantId, agentId }, key.privateKey);
  return { frontDoorPublicKey: toBase64Url(key.publicKey), signature };
}

const enrolment = (changes: Pick<EnrolOptions, 'code' | 'post'> & Partial<EnrolOptions>): EnrolOptions => ({
  frontDoorUrl: 'https://reset.example.com',
  agentName: 'dc1',
  makeIdentityKey,
  signal: new AbortController().signal,
  ...changes,
});

describe('enrolment', () => {
  test('turns a code into an identity that the front door knows', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const identity = await enrol(enrolment({ code, post: frontDoor.post }));
    expect(identity).toMatchObject({ tenantId: TENANT, frontDoorUrl: 'https://reset.example.com' });
    expect(Buffer.from(identity.frontDoorPublicKey).equals(frontDoorKey.publicKey)).toBe(true);
    const known = await frontDoor.registry.find(identity.agentId);
    expect(known).toMatchObject({ tenantId: TENANT, name: 'dc1', isRevoked: false, lastSeenAtMs: undefined });
    expect(Buffer.from(known?.identityPublicKey ?? []).equals(identity.publicKey)).toBe(true);
  });

  test('takes a code as it is read out: lower case, spaces, O for 0', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const spoken = code.expose().toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    const typed = Secret.fromText(spoken.replace('dbl', 'DB1'));
    expect((await enrol(enrolment({ code: typed, post: frontDoor.post }))).tenantId).toBe(TENANT);
  });

  test('is refused with a code used before', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    await enrol(enrolment({ code, post: frontDoor.post }));
    await expect(enrol(enrolment({ code, post: frontDoor.post }))).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    });
    expect((await frontDoor.registry.list(TENANT)).length).toBe(1);
  });

  test('is refused at the end of a code’s thirty minutes, and not a moment earlier', async () => {
    const frontDoor = aFrontDoor();
    const [early, late] = [await frontDoor.issue(), await frontDoor.issue()];
    await frontDoor.clock.advance(ENROLMENT_CODE_LIFETIME_MS - 1);
    await enrol(enrolment({ code: early.code, post: frontDoor.post }));
    await frontDoor.clock.advance(1);
    await expect(enrol(enrolment({ code: late.code, post: frontDoor.post }))).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    });
  });

  test.each<[string, (body: string) => string, string]>([
    ['another key', withKeyOf(stranger), 'proof-refused'],
    ['another key, proven', (body) => reclaimed(body, stranger), 'proof-refused'],
    ['another name', (body) => JSON.stringify({ ...JSON.parse(body), agentName: 'dc2' }), 'proof-refused'],
    ['a guess at the code’s key', (body) => reclaimed(body, stranger, random(32)), 'proof-refused'],
    ['the code’s id for its key', (body) => reclaimed(body, stranger, codeIdOf(body)), 'proof-refused'],
  ])('enrols nobody when %s is put in on the way, and the code is spent', async (_, alter, reason) => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const post: PostJson = (url, body, signal) => frontDoor.post(url, alter(body), signal);
    await expect(enrol(enrolment({ code, post }))).rejects.toMatchObject({ code: 'enrolment-code-refused' });
    expect(frontDoor.seen).toMatchObject([{ event: 'enrolmentRefused', reason, tenantId: TENANT }]);
    // The code is gone all the same: one attempt, whatever came of it.
    await expect(enrol(enrolment({ code, post: frontDoor.post }))).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    });
    expect(await frontDoor.registry.list(TENANT)).toEqual([]);
  });

  test('posts nothing from which the code or its key can be told', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const bodies: string[] = [];
    const post: PostJson = (url, body, signal) => {
      bodies.push(body);
      return frontDoor.post(url, body, signal);
    };
    await enrol(enrolment({ code, post }));
    const { secret } = parseEnrolmentCode(code.expose());
    for (const bytes of [secret, deriveCodeKeys(secret).codeKey]) {
      expect(bodies.join()).not.toContain(toBase64Url(bytes));
      expect(bodies.join()).not.toContain(Buffer.from(bytes).toString('hex'));
    }
    expect(bodies.length).toBe(1);
  });

  test.each<[string, (answer: EnrolmentAnswer, body: string) => Partial<EnrolmentAnswer>]>([
    ['another front door’s key', () => ({ frontDoorPublicKey: toBase64Url(other.publicKey) })],
    [
      'another front door’s key and signature',
      ({ tenantId, agentId }, body) => signedBy(other, tenantId, agentId, body),
    ],
    [
      'the genuine key and a stranger’s signature',
      ({ tenantId, agentId }, body) => ({
        signature: signedBy(other, tenantId, agentId, body).signature,
      }),
    ],
    ['another tenant', () => ({ tenantId: parseTenantId('elsewhere') })],
    ['another agent’s id', () => ({ agentId: parseAgentId(randomUUID()) })],
    [
      'a signature over a stranger’s identity key',
      ({ tenantId, agentId }, body) => ({
        signature: signedBy(frontDoorKey, tenantId, agentId, withKeyOf(stranger)(body)).signature,
      }),
    ],
    ['a key in another spelling', () => ({ frontDoorPublicKey: `${'A'.repeat(42)}B` })],
    ['a signature in another spelling', () => ({ signature: `${'A'.repeat(85)}B` })],
  ])('gives no identity to be stored when the answer has %s', async (_, alter) => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const post: PostJson = async (url, body, signal) => {
      const answer = await frontDoor.post(url, body, signal);
      const genuine = enrolmentAnswerSchema.parse(JSON.parse(answer.body));
      return { ...answer, body: JSON.stringify({ ...genuine, ...alter(genuine, body) }) };
    };
    await expect(enrol(enrolment({ code, post }))).rejects.toMatchObject({ code: 'wrong-front-door' });
  });

  test('does not take the answer to an earlier enrolment for its own', async () => {
    const frontDoor = aFrontDoor();
    const [earlier, later] = [await frontDoor.issue(), await frontDoor.issue()];
    const answers: HttpsAnswer[] = [];
    const post: PostJson = async (url, body, signal) => {
      answers.push(await frontDoor.post(url, body, signal));
      return answers[0] ?? { status: 500, body: '' };
    };
    await enrol(enrolment({ code: earlier.code, post }));
    await expect(enrol(enrolment({ code: later.code, post }))).rejects.toMatchObject({ code: 'wrong-front-door' });
  });

  test('has nobody revoke an agent that the man in the middle named', async () => {
    const { code } = await aFrontDoor().issue();
    const victim = parseAgentId(randomUUID());
    const post: PostJson = async (_, body) => ({
      status: 201,
      body: JSON.stringify({ tenantId: TENANT, agentId: victim, ...signedBy(other, TENANT, victim, body) }),
    });
    const refused = await enrol(enrolment({ code, post })).catch((error: unknown) => error);
    expect(String(refused)).not.toContain(victim);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'code'],
    ['the secret of a code', { secret: 'A'.repeat(22) }],
    ['a request with a field too many', { isAdmin: true }],
    ['a request with its key in another spelling', { identityPublicKey: `${'A'.repeat(42)}B` }],
    ['a request with its code proof in another spelling', { codeProof: `${'A'.repeat(42)}B` }],
  ])('takes no code for a body that is %s', async (_, body) => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const post: PostJson = async (url, genuine, signal) => {
      const sent = typeof body === 'object' ? { ...JSON.parse(genuine), ...body } : body;
      expect(await acceptEnrolment(frontDoor.options, sent)).toEqual({ kind: 'refused', reason: 'malformed' });
      return frontDoor.post(url, genuine, signal);
    };
    expect((await enrol(enrolment({ code, post }))).tenantId).toBe(TENANT);
  });

  test.each<[string, Partial<EnrolOptions>, string]>([
    ['a code that was cut', { code: Secret.fromText('DB1-ABC') }, 'malformed-enrolment-code'],
    ['an address without TLS', { frontDoorUrl: 'http://reset.example.com' }, 'enrolment-input-invalid'],
    ['no address', { frontDoorUrl: 'reset' }, 'enrolment-input-invalid'],
    ['an address with a password', { frontDoorUrl: 'https://a:b@reset.example.com' }, 'enrolment-input-invalid'],
    ['no name', { agentName: '' }, 'enrolment-input-invalid'],
  ])('sends nothing with %s', async (_, changes, code) => {
    const frontDoor = aFrontDoor();
    let posts = 0;
    const post: PostJson = async () => {
      posts += 1;
      return { status: 500, body: '' };
    };
    const issued = await frontDoor.issue();
    await expect(enrol(enrolment({ code: issued.code, post, ...changes }))).rejects.toMatchObject({ code });
    expect(posts).toBe(0);
  });

  test.each<[HttpsAnswer]>([
    [{ status: 200, body: '<html>' }],
    [{ status: 200, body: '{"tenantId":"example"}' }],
    [{ status: 302, body: '' }],
    [{ status: 429, body: '' }],
    [{ status: 500, body: '' }],
  ])('does not take %j for an identity', async (answer) => {
    const { code } = await aFrontDoor().issue();
    await expect(enrol(enrolment({ code, post: async () => answer }))).rejects.toMatchObject({
      code: 'enrolment-answer-unusable',
    });
  });

  test('says so when the front door cannot be reached', async () => {
    const { code } = await aFrontDoor().issue();
    const post: PostJson = async () => {
      throw new PostFailed('no route');
    };
    await expect(enrol(enrolment({ code, post }))).rejects.toMatchObject({
      code: 'front-door-unreachable',
      retry: { mayRetry: true },
    });
  });

  test('issues codes that never repeat and that print as nothing', async () => {
    const frontDoor = aFrontDoor();
    const codes = await Promise.all(Array.from({ length: 50 }, () => frontDoor.issue()));
    expect(new Set(codes.map(({ code }) => code.expose())).size).toBe(50);
    expect(JSON.stringify(codes[0])).not.toContain(codes[0]?.code.expose());
  });
});
