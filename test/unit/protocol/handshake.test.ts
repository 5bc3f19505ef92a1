// The transcript that both sides sign: every field counts, and no signature stands for another's.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64url.js';
import {
  type Challenge,
  challengeSchema,
  isSignedBy,
  type Prove,
  rawPublicKey,
  signAs,
  transcriptOf,
} from '../../../src/protocol/handshake.js';
import { parseAgentId, parseTenantId } from '../../../src/protocol/identifiers.js';
import { agreeOnVersion, LINK_VERSIONS } from '../../../src/protocol/version.js';

const bytes32 = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill));
const challenge: Challenge = {
  kind: 'challenge',
  versionMin: 1,
  versionMax: 1,
  frontDoor: 'reset.example.com',
  nonce: bytes32(1),
  ephemeral: bytes32(2),
  timeMs: 1_000,
};
const prove: Omit<Prove, 'signature'> = {
  kind: 'prove',
  version: 1,
  tenantId: parseTenantId('example'),
  agentId: parseAgentId(randomUUID()),
  instanceId: randomUUID(),
  nonce: bytes32(3),
  ephemeral: bytes32(4),
  timeMs: 1_001,
};
const key = generateKeyPairSync('ed25519');
const publicKey = rawPublicKey(key.publicKey);

describe('the handshake', () => {
  test('a signature is the signer’s, for this exchange and in this role', () => {
    const transcript = transcriptOf(challenge, prove);
    const signature = signAs('agent', transcript, key.privateKey);
    expect(isSignedBy('agent', transcript, signature, publicKey)).toBe(true);
    expect(isSignedBy('front-door', transcript, signature, publicKey)).toBe(false);
    const other = rawPublicKey(generateKeyPairSync('ed25519').publicKey);
    expect(isSignedBy('agent', transcript, signature, other)).toBe(false);
  });

  test.each([
    ['the lowest version', { ...challenge, versionMin: 2 }, prove],
    ['the highest version', { ...challenge, versionMax: 2 }, prove],
    ['the host name', { ...challenge, frontDoor: 'reset.example.net' }, prove],
    ['the challenge’s nonce', { ...challenge, nonce: bytes32(9) }, prove],
    ['the front door’s ephemeral key', { ...challenge, ephemeral: bytes32(9) }, prove],
    ['the front door’s time', { ...challenge, timeMs: 1_002 }, prove],
    ['the version chosen', challenge, { ...prove, version: 2 }],
    ['the tenant', challenge, { ...prove, tenantId: parseTenantId('elsewhere') }],
    ['the agent', challenge, { ...prove, agentId: parseAgentId(randomUUID()) }],
    ['the instance', challenge, { ...prove, instanceId: randomUUID() }],
    ['the agent’s nonce', challenge, { ...prove, nonce: bytes32(9) }],
    ['the agent’s ephemeral key', challenge, { ...prove, ephemeral: bytes32(9) }],
    ['the agent’s time', challenge, { ...prove, timeMs: 1_002 }],
  ])('altering %s breaks both signatures', (_, alteredChallenge, alteredProve) => {
    const signature = signAs('agent', transcriptOf(challenge, prove), key.privateKey);
    expect(isSignedBy('agent', transcriptOf(alteredChallenge, alteredProve), signature, publicKey)).toBe(false);
  });

  test('a challenge with a field nobody knows is refused', () => {
    expect(challengeSchema.safeParse({ ...challenge, downgrade: true }).success).toBe(false);
  });
});

describe('versions', () => {
  test('the highest that both speak is taken, and none when there is none', () => {
    expect(agreeOnVersion({ min: 1, max: 3 }, { min: 2, max: 5 })).toBe(3);
    expect(agreeOnVersion({ min: 1, max: 1 }, { min: 2, max: 2 })).toBeUndefined();
    expect(agreeOnVersion(LINK_VERSIONS, LINK_VERSIONS)).toBe(LINK_VERSIONS.max);
  });
});
