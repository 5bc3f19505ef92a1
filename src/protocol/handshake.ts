// How agent and front door prove themselves to each other on every link, and what they agree on. Pure but for the curve.
// Three messages: challenge (front door), prove (agent, signed), welcome (front door, signed). Both signatures cover the whole
// exchange with both ephemeral keys, so nobody in between – not even a proxy that opens TLS – can alter, replay or read on.

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { canonicalBytes } from './canonical-bytes.js';
import { identifierSchemas } from './managed-accounts.js';

const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
const versionNumber = z.int().min(1).max(1000);

/** First message of the front door. `nonce` and `ephemeral` (X25519) are 32 bytes, base64url. */
export const challengeSchema = z.strictObject({
  kind: z.literal('challenge'),
  versionMin: versionNumber,
  versionMax: versionNumber,
  /** The host name the front door believes it is reached by; the agent compares it with its own configuration. */
  frontDoor: z.string().min(1).max(253),
  nonce: bytes32,
  ephemeral: bytes32,
  timeMs: z.int(),
});

/** The agent's answer, signed with its identity key (Ed25519). */
export const proveSchema = z.strictObject({
  kind: z.literal('prove'),
  version: versionNumber,
  tenantId: identifierSchemas.tenantId,
  agentId: identifierSchemas.agentId,
  /** New at every start of the process: two processes with one identity are told apart by it. */
  instanceId: z.uuid(),
  nonce: bytes32,
  ephemeral: bytes32,
  timeMs: z.int(),
  signature,
});

/** The front door's proof, signed with the key the agent pinned at enrolment. */
export const welcomeSchema = z.strictObject({ kind: z.literal('welcome'), signature });

export type Challenge = z.infer<typeof challengeSchema>;
export type Prove = z.infer<typeof proveSchema>;
export type Welcome = z.infer<typeof welcomeSchema>;
export type Side = 'agent' | 'front-door';

/** SHA-256 over everything both said before the signatures. */
export function transcriptOf(challenge: Challenge, prove: Omit<Prove, 'signature'>): Uint8Array {
  const whole = canonicalBytes('drawbridge/link/1', [
    BigInt(challenge.versionMin),
    BigInt(challenge.versionMax),
    challenge.frontDoor,
    challenge.nonce,
    challenge.ephemeral,
    BigInt(challenge.timeMs),
    BigInt(prove.version),
    prove.tenantId,
    prove.agentId,
    prove.instanceId,
    prove.nonce,
    prove.ephemeral,
    BigInt(prove.timeMs),
  ]);
  return createHash('sha256').update(whole).digest();
}

/** Signs as one side: a signature of one can never stand for the other's. */
export function signAs(side: Side, transcript: Uint8Array, privateKey: KeyObject): string {
  return toBase64Url(sign(null, signedBytes(side, transcript), privateKey));
}

export function isSignedBy(side: Side, transcript: Uint8Array, signatureText: string, publicKey: Uint8Array): boolean {
  return verify(null, signedBytes(side, transcript), ed25519PublicKey(publicKey), fromBase64Url(signatureText));
}

/** An Ed25519 public key from its 32 raw bytes (RFC 8032). */
export function ed25519PublicKey(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(raw) }, format: 'jwk' });
}

/** The 32 raw public bytes that belong to an Ed25519 private key. */
export function ed25519PublicKeyOf(privateKey: KeyObject): Uint8Array {
  return rawPublicKey(createPublicKey(privateKey));
}

/** The 32 raw bytes of an Ed25519 or X25519 public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { x } = key.export({ format: 'jwk' });
  return fromBase64Url(x ?? '');
}

function signedBytes(side: Side, transcript: Uint8Array): Uint8Array {
  return canonicalBytes(`drawbridge/link/1/${side}`, [transcript]);
}
