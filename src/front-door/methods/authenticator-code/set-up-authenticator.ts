// Sets an authenticator app up: a secret is shown, as a picture to scan and as text, and counts once a code of it was typed.

import type { Clock } from '../../../timing/clock.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import type { DataBox } from '../data-box.js';
import type { MethodSetup } from '../method-setup.js';
import { keptOfKind, METHODS_PER_KIND_MAX, type MethodStore } from '../method-store.js';
import { typedCode } from '../proof-method.js';
import { SECRET_BYTES, sealedRow, stepOfCode, totpOf } from './authenticator-code.js';

const KIND = 'authenticator-code';
/** To find the phone, install an app and scan. */
const CONFIRM_WITHIN_MS = 15 * 60_000;
const TRIES_MAX = 10;

export interface AuthenticatorSetupDeps {
  readonly store: Pick<MethodStore, 'list' | 'add' | 'advance'>;
  readonly box: DataBox;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly randomUuid: () => string;
}

/** The prompt is the `otpauth://` address. */
export function authenticatorSetup(deps: AuthenticatorSetupDeps): MethodSetup {
  const { store, clock, random, randomUuid } = deps;
  return {
    kind: KIND,
    opensWithStep: true,
    async begin({ account, organisationName, userId }) {
      if ((await keptOfKind(store, account, KIND)).length >= METHODS_PER_KIND_MAX)
        return { kind: 'refused', problem: 'too-many' };
      const secret = random(SECRET_BYTES);
      const nowMs = clock.nowMs();
      const prompt = totpOf(secret, { issuer: organisationName, label: userId }).toString();
      const data = Buffer.from(secret).toString('base64url');
      const expiresAtMs = nowMs + CONFIRM_WITHIN_MS;
      return { kind: 'pending', pending: { prompt, data, issuedAtMs: nowMs, expiresAtMs, triesLeft: TRIES_MAX } };
    },
    async confirm({ account }, pending, typed) {
      const nowMs = clock.nowMs();
      if (pending.triesLeft <= 0 || nowMs >= pending.expiresAtMs) return { kind: 'refused', problem: 'expired' };
      const code = typedCode(typed);
      if (code === undefined) return { kind: 'refused', problem: 'malformed' };
      const secret = Uint8Array.from(Buffer.from(pending.data, 'base64url'));
      const step = stepOfCode(secret, code, nowMs);
      if (step === undefined) return { kind: 'refused', problem: 'wrong' };
      const row = sealedRow(deps, account, { id: randomUuid(), secret });
      const added = await store.add(account, row);
      if (added !== 'added') return { kind: 'refused', problem: added };
      // Or the code that set it up would be good for a proof as well.
      await store.advance(row.id, step, nowMs);
      return { kind: 'done', id: row.id, shown: [] };
    },
  };
}
