// The one-time enrolment code that an administrator carries to the agent: as text, and what is derived from its secret.
// It carries the fingerprint of the front door's signing key, so the agent knows on first contact who must answer.
// The secret itself is never sent and never kept: the front door finds a code by its id and checks with its key. No I/O.

import { createHash, hkdfSync } from 'node:crypto';
import { Failure } from '../failure/failure.js';
import { canonicalBytes } from './canonical-bytes.js';

/** How long a code may be used: once, and not later. */
export const ENROLMENT_CODE_LIFETIME_MS = 30 * 60_000;

export const CODE_SECRET_BYTES = 16;
const CODE_ID_BYTES = 16;
const CODE_KEY_BYTES = 32;
const FINGERPRINT_BYTES = 10;
const PREFIX = 'DB1';
// Crockford's base32: no I, L, O, U, so that it can be read out and typed.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface EnrolmentCode {
  /** 128 random bits, known to who holds the code and to nobody else. */
  readonly secret: Uint8Array;
  /** The first 80 bits of the SHA-256 of the front door's Ed25519 public key. */
  readonly frontDoorFingerprint: Uint8Array;
}

export interface CodeKeys {
  /** 16 bytes. Public: what the front door looks the code up by. */
  readonly codeId: Uint8Array;
  /** 32 bytes. Secret: who holds it may enrol one agent. */
  readonly codeKey: Uint8Array;
}

/** The text is no enrolment code: mistyped, cut, or of another version. */
export class MalformedEnrolmentCode extends Failure {
  readonly code = 'malformed-enrolment-code';
  readonly retry = { mayRetry: false, why: 'the same text stays malformed' };
}

export function fingerprintOf(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey).digest().subarray(0, FINGERPRINT_BYTES);
}

/** HKDF-SHA256 (RFC 5869) under two labels: neither value tells the other, nor the secret. */
export function deriveCodeKeys(secret: Uint8Array): CodeKeys {
  const derive = (use: string, bytes: number) =>
    new Uint8Array(
      hkdfSync('sha256', secret, new Uint8Array(0), canonicalBytes(`drawbridge/enrolment/1/${use}`, []), bytes),
    );
  return { codeId: derive('code-id', CODE_ID_BYTES), codeKey: derive('code-key', CODE_KEY_BYTES) };
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
  if (bytes?.length !== CODE_SECRET_BYTES + FINGERPRINT_BYTES) {
    throw new MalformedEnrolmentCode(
      'not an enrolment code: it starts with DB1-, and no character of it may be missing or another',
    );
  }
  return { secret: bytes.subarray(0, CODE_SECRET_BYTES), frontDoorFingerprint: bytes.subarray(CODE_SECRET_BYTES) };
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
