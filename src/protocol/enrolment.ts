// The contract of enrolment: a one-time code becomes an agent identity. The code carries the fingerprint of the front door's
// signing key, so the agent knows on first contact that it speaks to the front door whose administrator gave it the code.
// One HTTPS request and answer; no I/O here.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../failure/failure.js';
import { canonicalBytes } from './canonical-bytes.js';
import { identifierSchemas } from './managed-accounts.js';

/** Where the agent posts its enrolment, and where it opens its link. */
export const ENROLMENT_PATH = '/agent/v1/enrolments';
export const LINK_PATH = '/agent/v1/link';

/** How long a code may be used: once, and not later. */
export const ENROLMENT_CODE_LIFETIME_MS = 30 * 60_000;

const SECRET_BYTES = 16;
const FINGERPRINT_BYTES = 10;
const PREFIX = 'DB1';
// Crockford's base32: no I, L, O, U, so that it can be read out and typed.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface EnrolmentCode {
  /** 128 random bits; the front door keeps their SHA-256 only. */
  readonly secret: Uint8Array;
  /** The first 80 bits of the SHA-256 of the front door's Ed25519 public key. */
  readonly frontDoorFingerprint: Uint8Array;
}

/** The text is no enrolment code: mistyped, cut, or of another version. */
export class MalformedEnrolmentCode extends Failure {
  readonly code = 'malformed-enrolment-code';
  readonly retry = { mayRetry: false, why: 'the same text stays malformed' };
}

export function fingerprintOf(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey).digest().subarray(0, FINGERPRINT_BYTES);
}

/** `DB1-` and 42 characters of Crockford's base32 in groups of six. */
export function formatEnrolmentCode(code: EnrolmentCode): string {
  const text = encodeBase32(Buffer.concat([code.secret, code.frontDoorFingerprint]));
  return [PREFIX, ...(text.match(/.{1,6}/g) ?? [])].join('-');
}

/** Forgives case, spaces and O for 0, I and L for 1. Throws MalformedEnrolmentCode. */
export function parseEnrolmentCode(text: string): EnrolmentCode {
  const compact = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const body = compact.slice(PREFIX.length).replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const bytes = compact.startsWith(PREFIX) ? decodeBase32(body) : undefined;
  if (bytes?.length !== SECRET_BYTES + FINGERPRINT_BYTES) {
    throw new MalformedEnrolmentCode('not an enrolment code: copy it whole, it starts with DB1-');
  }
  return { secret: bytes.subarray(0, SECRET_BYTES), frontDoorFingerprint: bytes.subarray(SECRET_BYTES) };
}

export const enrolmentRequestSchema = z.strictObject({
  /** The code's secret, base64url: 16 bytes. */
  secret: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** Ed25519 public key made on the agent, 32 bytes. */
  identityPublicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** The name the administrator will see it by: usually the machine's. */
  agentName: z.string().min(1).max(64),
  /** Signature of the identity key over `enrolmentProofBytes`: the sender holds the private half. */
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

export const enrolmentAnswerSchema = z.strictObject({
  tenantId: identifierSchemas.tenantId,
  agentId: identifierSchemas.agentId,
  /** Ed25519 public key of the front door: must match the code's fingerprint, and is pinned from then on. */
  frontDoorPublicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;

export function enrolmentProofBytes(request: Omit<EnrolmentRequest, 'proof'>): Uint8Array {
  return canonicalBytes('drawbridge/enrolment/1', [request.secret, request.identityPublicKey, request.agentName]);
}

function encodeBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

function decodeBase32(text: string): Uint8Array | undefined {
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return undefined;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const whole = bits.match(/.{8}/g) ?? [];
  return bits.slice(whole.length * 8).includes('1')
    ? undefined
    : Uint8Array.from(whole, (byte) => Number.parseInt(byte, 2));
}
