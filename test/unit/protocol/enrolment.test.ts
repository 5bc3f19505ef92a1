// The proofs of an enrolment: each stands for exactly what it was made over, and for no other's.

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64url.js';
import {
  type EnrolmentClaim,
  type EnrolmentGrant,
  isCodeProven,
  isGrantSigned,
  isIdentityKeyProven,
  proveCode,
  proveIdentityKey,
  signGrant,
} from '../../../src/protocol/enrolment.js';
import { deriveCodeKeys } from '../../../src/protocol/enrolment-code.js';
import { rawPublicKey } from '../../../src/protocol/handshake.js';
import { parseAgentId, parseTenantId } from '../../../src/protocol/identifiers.js';

const { codeId, codeKey } = deriveCodeKeys(Uint8Array.from({ length: 16 }, (_, index) => index));
const identity = generateKeyPairSync('ed25519');
const frontDoor = generateKeyPairSync('ed25519');
const another = generateKeyPairSync('ed25519');
const textOf = (publicKey: typeof identity.publicKey) => toBase64Url(rawPublicKey(publicKey));

const claim: EnrolmentClaim = {
  codeId: toBase64Url(codeId),
  identityPublicKey: textOf(identity.publicKey),
  agentName: 'dc1',
};
const otherClaims: readonly [string, EnrolmentClaim][] = [
  ['code', { ...claim, codeId: 'A'.repeat(22) }],
  ['identity key', { ...claim, identityPublicKey: textOf(another.publicKey) }],
  ['name', { ...claim, agentName: 'dc2' }],
];
const grant: EnrolmentGrant = {
  codeId: claim.codeId,
  identityPublicKey: claim.identityPublicKey,
  tenantId: parseTenantId('example'),
  agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1'),
};

describe('the proof of a code', () => {
  const proof = fromBase64Url(proveCode(claim, codeKey));

  test('is the HMAC-SHA-256 that others compute too', () => {
    const known = { ...claim, identityPublicKey: toBase64Url(new Uint8Array(32).fill(9)) };
    // Made with Python's hmac and hashlib.
    expect(proveCode(known, codeKey)).toBe('uaofqlS2YrnZX2VKoqN2jAsiWnPU3bpiEBpgGzNf8W4');
  });

  test('is good for its claim', () => {
    expect(isCodeProven(claim, proof, codeKey)).toBe(true);
  });

  test.each(otherClaims)('is good for no other %s', (_, other) => {
    expect(isCodeProven(other, proof, codeKey)).toBe(false);
  });

  test('is not made without the code’s key, nor cut short', () => {
    expect(isCodeProven(claim, fromBase64Url(proveCode(claim, codeId)), codeKey)).toBe(false);
    expect(isCodeProven(claim, proof.subarray(0, 31), codeKey)).toBe(false);
    expect(isCodeProven(claim, new Uint8Array(0), codeKey)).toBe(false);
  });
});

describe('the proof of an identity key', () => {
  const proof = proveIdentityKey(claim, identity.privateKey);

  test('is good for its claim', () => {
    expect(isIdentityKeyProven(claim, proof)).toBe(true);
  });

  test.each(otherClaims)('is good for no other %s', (_, other) => {
    expect(isIdentityKeyProven(other, proof)).toBe(false);
  });
});

describe('the front door’s signature', () => {
  const signature = signGrant(grant, frontDoor.privateKey);
  const publicKey = rawPublicKey(frontDoor.publicKey);

  test('is good for what it granted', () => {
    expect(isGrantSigned(grant, signature, publicKey)).toBe(true);
  });

  test.each<[string, EnrolmentGrant]>([
    ['code', { ...grant, codeId: 'A'.repeat(22) }],
    ['identity key', { ...grant, identityPublicKey: textOf(another.publicKey) }],
    ['tenant', { ...grant, tenantId: parseTenantId('elsewhere') }],
    ['agent id', { ...grant, agentId: parseAgentId('00000000-0000-4000-8000-0000000000a2') }],
  ])('is good for no other %s', (_, other) => {
    expect(isGrantSigned(other, signature, publicKey)).toBe(false);
  });

  test('is nobody else’s', () => {
    expect(isGrantSigned(grant, signature, rawPublicKey(another.publicKey))).toBe(false);
    expect(isGrantSigned(grant, signGrant(grant, another.privateKey), publicKey)).toBe(false);
    expect(isGrantSigned(grant, proveIdentityKey(claim, frontDoor.privateKey), publicKey)).toBe(false);
  });
});
