// Proof by an authenticator app (RFC 6238, SHA-1, six digits, 30 s): one step of drift either way, no code twice.
// Secrets leave this file only once, as the address the app is set up with.

import { Secret as OtpSecret, TOTP } from 'otpauth';
import type { Clock } from '../../../timing/clock.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import type { DataBox } from '../data-box.js';
import { type AccountRef, keptOfKind, type MethodStore, type NewMethod } from '../method-store.js';
import { type ProofMethod, typedCode } from '../proof-method.js';

const KIND = 'authenticator-code';
const PERIOD_S = 30;
const DRIFT_STEPS = 1;
/** RFC 4226 §4 asks for 128 bits at least and recommends 160. */
export const SECRET_BYTES = 20;
const ANSWER_WITHIN_MS = 5 * 60_000;
const TRIES_MAX = 5;

export interface AuthenticatorDeps {
  readonly store: Pick<MethodStore, 'list' | 'add' | 'advance'>;
  readonly box: DataBox;
  readonly clock: Clock;
}

export function authenticatorCode({ store, box, clock }: AuthenticatorDeps): ProofMethod {
  return {
    kind: KIND,
    typed: typedCode,
    async registered(owner) {
      const registered = await keptOfKind(store, owner, KIND);
      // One entry for all of a person's apps: which of them they hold in their hand need not be asked.
      return registered.length === 0 ? [] : [{ id: 'authenticator', kind: KIND, address: '' }];
    },
    async start() {
      const nowMs = clock.nowMs();
      return { digest: '', prompt: '', issuedAtMs: nowMs, expiresAtMs: nowMs + ANSWER_WITHIN_MS, triesLeft: TRIES_MAX };
    },
    async verify({ account }, { keptId }, open, code) {
      const nowMs = clock.nowMs();
      if (open !== undefined && open.triesLeft <= 0) return 'expired';
      let wasUsed = false;
      for (const { id, data } of await keptOfKind(store, account, KIND, keptId)) {
        const secret = box.open(ownerOf(account, id), data);
        const step = stepOfCode(secret, code, nowMs);
        secret.fill(0);
        if (step === undefined) continue;
        if (await store.advance(id, step, nowMs)) return 'right';
        wasUsed = true;
      }
      return wasUsed ? 'already-used' : 'wrong';
    },
  };
}

/** Registers a new app for an account; resolves to the `otpauth://` address to set it up with, or undefined at the limit. */
export async function registerAuthenticator(
  deps: AuthenticatorDeps & { readonly random: RandomBytes; readonly randomUuid: () => string },
  request: { readonly account: AccountRef; readonly organisationName: string; readonly userId: string },
): Promise<string | undefined> {
  const { account, organisationName, userId } = request;
  const secret = deps.random(SECRET_BYTES);
  const isAdded =
    (await deps.store.add(account, sealedRow(deps, account, { id: deps.randomUuid(), secret }))) === 'added';
  return isAdded ? totpOf(secret, { issuer: organisationName, label: userId }).toString() : undefined;
}

/** The app as it is kept. */
export function sealedRow(
  { box, clock }: Pick<AuthenticatorDeps, 'box' | 'clock'>,
  account: AccountRef,
  { id, secret }: { readonly id: string; readonly secret: Uint8Array },
): NewMethod {
  const data = box.seal(ownerOf(account, id), secret);
  return { id, kind: KIND, name: '', address: '', data, setUpAtMs: clock.nowMs() };
}

/** The step of time, counted from 1970, that the code is of; undefined: of none that is near enough. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: nowMs, window: DRIFT_STEPS });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / PERIOD_S) + delta;
}

function ownerOf(account: AccountRef, id: string): string {
  return `${account.tenantId}/${account.anchor}/${id}`;
}

export function totpOf(
  secret: Uint8Array,
  names: { readonly issuer: string; readonly label: string } | undefined = undefined,
) {
  const buffer = Uint8Array.from(secret).buffer;
  const otpSecret = new OtpSecret({ buffer });
  return new TOTP({ ...names, secret: otpSecret, algorithm: 'SHA1', digits: 6, period: PERIOD_S });
}
