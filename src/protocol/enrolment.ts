// The contract of enrolment: a one-time code becomes an agent identity. One HTTPS request and one answer; no I/O here.
// TLS is believed by neither side: the request is bound to the code's key, which is not in it, and the answer is signed with
// the front door's key, for this code and this agent's key only. Who reads or alters them in between gains nothing.

import { createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './base64url.js';
import { canonicalBytes } from './canonical-bytes.js';
import { ed25519PublicKey } from './handshake.js';
import { identifierSchemas } from './managed-accounts.js';

/** Where the agent posts its enrolment, and where it opens its link. */
export const ENROLMENT_PATH = '/agent/v1/enrolments';
export const LINK_PATH = '/agent/v1/link';

const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

export const enrolmentRequestSchema = z.strictObject({
  /** Which code: 16 bytes, base64url. Public. */
  codeId: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** Ed25519 public key made on the agent, 32 bytes. */
  identityPublicKey: bytes32,
  /** The name the administrator will see it by: usually the machine's. */
  agentName: z.string().min(1).max(64),
  /** HMAC-SHA-256 under the code's key: the holder of the code means this identity key. */
  codeProof: bytes32,
  /** Signature of the identity key: the sender holds its private half. */
  proof: signature,
});

export const enrolmentAnswerSchema = z.strictObject({
  tenantId: identifierSchemas.tenantId,
  agentId: identifierSchemas.agentId,
  /** Ed25519 public key of the front door: must match the code's fingerprint, and is pinned from then on. */
  frontDoorPublicKey: bytes32,
  /** Of the front door's key: it enrolled this very identity key, with this code, under these ids. */
  signature,
});

export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;

/** What an agent asks for, before its proofs. */
export type EnrolmentClaim = Omit<EnrolmentRequest, 'codeProof' | 'proof'>;
/** What the front door grants to the holder of an identity key. */
export type EnrolmentGrant = Pick<EnrolmentClaim, 'codeId' | 'identityPublicKey'> &
  Pick<EnrolmentAnswer, 'tenantId' | 'agentId'>;

export function proveCode(claim: EnrolmentClaim, codeKey: Uint8Array): string {
  return toBase64Url(codeMac(claim, codeKey));
}

/** `codeProof` is decoded already, so that a malformed one costs no code. Takes the same time whatever differs. */
export function isCodeProven(claim: EnrolmentClaim, codeProof: Uint8Array, codeKey: Uint8Array): boolean {
  const expected = codeMac(claim, codeKey);
  return expected.length === codeProof.length && timingSafeEqual(expected, codeProof);
}

export function proveIdentityKey(claim: EnrolmentClaim, privateKey: KeyObject): string {
  return toBase64Url(sign(null, claimBytes(claim), privateKey));
}

/** Throws when the key is no key or the proof not base64url. */
export function isIdentityKeyProven(claim: EnrolmentClaim, proof: string): boolean {
  const key = ed25519PublicKey(fromBase64Url(claim.identityPublicKey));
  return verify(null, claimBytes(claim), key, fromBase64Url(proof));
}

export function signGrant(grant: EnrolmentGrant, frontDoorPrivateKey: KeyObject): string {
  return toBase64Url(sign(null, grantBytes(grant), frontDoorPrivateKey));
}

/** Throws when the key is no key or the signature not base64url. */
export function isGrantSigned(grant: EnrolmentGrant, signatureText: string, frontDoorPublicKey: Uint8Array): boolean {
  return verify(null, grantBytes(grant), ed25519PublicKey(frontDoorPublicKey), fromBase64Url(signatureText));
}

function codeMac(claim: EnrolmentClaim, codeKey: Uint8Array): Buffer {
  return createHmac('sha256', codeKey).update(claimBytes(claim)).digest();
}

function claimBytes({ codeId, identityPublicKey, agentName }: EnrolmentClaim): Uint8Array {
  return canonicalBytes('drawbridge/enrolment/1/request', [codeId, identityPublicKey, agentName]);
}

function grantBytes({ codeId, identityPublicKey, tenantId, agentId }: EnrolmentGrant): Uint8Array {
  return canonicalBytes('drawbridge/enrolment/1/answer', [codeId, identityPublicKey, tenantId, agentId]);
}
