// Proof by a recovery code: printed beforehand, for whoever has neither phone nor private mailbox at hand. Eighty random bits, good once.
// A code is told when it is made, and never again: what is kept is a keyed hash, for this account alone.

import { createHmac } from 'node:crypto';
import { canonicalBytes } from '../../../protocol/canonical-bytes.js';
import type { Clock } from '../../../timing/clock.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import type { AccountRef, MethodStore } from '../method-store.js';
import { compactCode, type ProofMethod } from '../proof-method.js';

/** So many are made at once, in place of all there were. */
export const RECOVERY_CODES_MADE = 10;
/** Crockford's: no letter that is taken for a digit or for another. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_SYMBOLS = 16;
const ANSWER_WITHIN_MS = 15 * 60_000;
const TRIES_MAX = 5;

export interface RecoveryCodeDeps {
  readonly store: Pick<MethodStore, 'recoveryCodesLeft' | 'useRecoveryCode'>;
  readonly clock: Clock;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
}

export function recoveryCode({ store, clock, digestKey }: RecoveryCodeDeps): ProofMethod {
  return {
    kind: 'recovery-code',
    forgivesUsed: true,
    typed: ([typed = '']) => typedRecoveryCode(typed),
    async registered(owner) {
      const left = await store.recoveryCodesLeft(owner);
      return left === 0 ? [] : [{ id: 'recovery', kind: 'recovery-code', address: '' }];
    },
    async start() {
      const nowMs = clock.nowMs();
      return { digest: '', prompt: '', issuedAtMs: nowMs, expiresAtMs: nowMs + ANSWER_WITHIN_MS, triesLeft: TRIES_MAX };
    },
    async verify({ account }, _method, open, code) {
      if (open !== undefined && open.triesLeft <= 0) return 'expired';
      const used = await store.useRecoveryCode(account, digestOf(digestKey, account, code), clock.nowMs());
      if (used === 'unknown') return 'wrong';
      return used === 'now' ? 'right' : 'already-used';
    },
  };
}

/** Makes new codes for an account in place of all there were; each is told here, as in `7KQ2-M9XD-4TVB-HW83`, and nowhere else. */
export async function makeRecoveryCodes(
  deps: {
    readonly store: Pick<MethodStore, 'setRecoveryCodes'>;
    readonly clock: Clock;
    readonly random: RandomBytes;
    readonly digestKey: Uint8Array;
  },
  account: AccountRef,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES_MADE }, () => drawCode(deps.random));
  const digests = codes.map((code) => digestOf(deps.digestKey, account, code));
  await deps.store.setRecoveryCodes(account, digests, deps.clock.nowMs());
  return codes.map((code) => code.replaceAll(/.{4}(?=.)/g, '$&-'));
}

/** Five bits of each byte: every symbol is as likely. */
function drawCode(random: RandomBytes): string {
  return [...random(CODE_SYMBOLS)].map((byte) => SYMBOLS.charAt(byte & 31)).join('');
}

/** Small letters, spaces and hyphens are forgiven, and what is easily mistaken: O for 0, I and L for 1. Undefined: no code at all. */
export function typedRecoveryCode(typed: string): string | undefined {
  const code = compactCode(typed).toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === CODE_SYMBOLS && [...code].every((symbol) => SYMBOLS.includes(symbol)) ? code : undefined;
}

function digestOf(key: Uint8Array, { tenantId, anchor }: AccountRef, code: string): Uint8Array {
  const bound = canonicalBytes('drawbridge/recovery-code/1', [tenantId, anchor, code]);
  return createHmac('sha256', key).update(bound).digest();
}
