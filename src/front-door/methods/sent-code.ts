// A code that we send and the person types: six digits, five minutes, five tries. The code exists in what is sent alone; what is kept is
// a keyed hash, bound to whatever the code is for. Knows no way of sending.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import { drawBelow, type RandomBytes } from '../captcha/random-draws.js';

export const CODE_LIFETIME_MS = 5 * 60_000;
export const CODE_LIFETIME_MINUTES = CODE_LIFETIME_MS / 60_000;
export const CODE_TRIES_MAX = 5;
const CODES = 1_000_000;

export function drawSentCode(random: RandomBytes): string {
  return String(drawBelow(random, CODES)).padStart(6, '0');
}

/** `digestKey`: 32 bytes. `bound`: what the code is good for, and for nothing else. */
export function digestOfCode(digestKey: Uint8Array, bound: Parameters<typeof canonicalBytes>[1], code: string): string {
  const bytes = canonicalBytes('drawbridge/sent-code/1', [...bound, code]);
  return createHmac('sha256', digestKey).update(bytes).digest('base64url');
}

/** Whether two digests are the same, told in the same time whichever they are. */
export function isSameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
