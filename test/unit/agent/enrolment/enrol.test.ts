// Enrolment, both ends without a network: what is stored, what is refused, and what a man in the middle gets.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type EnrolOptions, enrol } from '../../../../src/agent/enrolment/enrol.js';
import { makeIdentityKey } from '../../../../src/agent/enrolment/identity.js';
import { type HttpsAnswer, PostFailed, type PostJson } from '../../../../src/agent/enrolment/post-json.js';
import { acceptEnrolment, ENROLMENT_STATUS } from '../../../../src/front-door/enrolment/accept-enrolment.js';
import { generateFrontDoorKey, readFrontDoorKey } from '../../../../src/front-door/enrolment/front-door-key.js';
import { issueEnrolmentCode } from '../../../../src/front-door/enrolment/issue-code.js';
import { ENROLMENT_CODE_LIFETIME_MS } from '../../../../src/protocol/enrolment.js';
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

  test('stores nothing when the front door holds another key than the code says', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const other = readFrontDoorKey(generateFrontDoorKey());
    const post: PostJson = async (url, body, signal) => {
      const answer = await frontDoor.post(url, body, signal);
      const altered = {
        ...JSON.parse(answer.body),
        frontDoorPublicKey: Buffer.from(other.publicKey).toString('base64url'),
      };
      return { ...answer, body: JSON.stringify(altered) };
    };
    await expect(enrol(enrolment({ code, post }))).rejects.toMatchObject({ code: 'wrong-front-door' });
  });

  test('is refused when another key is put in on the way: the proof is not its own', async () => {
    const frontDoor = aFrontDoor();
    const { code } = await frontDoor.issue();
    const post: PostJson = (url, body, signal) => {
      const identityPublicKey = Buffer.from(makeIdentityKey().publicKey).toString('base64url');
      return frontDoor.post(url, JSON.stringify({ ...JSON.parse(body), identityPublicKey }), signal);
    };
    await expect(enrol(enrolment({ code, post }))).rejects.toMatchObject({ code: 'enrolment-code-refused' });
    expect(frontDoor.seen).toMatchObject([{ event: 'enrolmentRefused', reason: 'proof-refused', tenantId: TENANT }]);
    expect(await frontDoor.registry.list(TENANT)).toEqual([]);
    // The code is gone all the same: one attempt, whatever came of it.
    await expect(enrol(enrolment({ code, post: frontDoor.post }))).rejects.toMatchObject({
      code: 'enrolment-code-refused',
    });
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', 'code'],
    ['a field too many', { secret: 'A'.repeat(22), isAdmin: true }],
    [
      'a key in another spelling',
      {
        secret: 'A'.repeat(22),
        identityPublicKey: `${'A'.repeat(42)}B`,
        agentName: 'dc1',
        proof: 'A'.repeat(86),
      },
    ],
  ])('takes no code for a body that is %s', async (_, body) => {
    const frontDoor = aFrontDoor();
    expect(await acceptEnrolment(frontDoor.options, body)).toEqual({ kind: 'refused', reason: 'malformed' });
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
