// Resets a cloud-only account: opens the sealed password, holds it to our own rules, keeps its hash. One id, one effect.
// The one place where the front door sees a password, of an account that no directory manages.

import { Failure } from '../../failure/failure.js';
import type { ResetRequest } from '../../protocol/frames.js';
import type { TenantId } from '../../protocol/identifiers.js';
import type { PolicyRule, ResetOutcome } from '../../protocol/outcomes.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import { admitPasswordBytes, RULE_OF_FAULT } from '../../protocol/password-text.js';
import { openSealedPassword } from '../../protocol/unsealing.js';
import type { Clock } from '../../timing/clock.js';
import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';
import type { CloudAccount, CloudAccounts, PasswordHasher } from './cloud-accounts.js';

/** NIST SP 800-63B-4 §3.1.1.2: length, and no rules of composition. */
export const CLOUD_PASSWORD_POLICY: PasswordPolicy = {
  source: 'domain',
  lengthMin: 12,
  mustBeComplex: false,
  historyLength: 0,
  historyOnReset: 'not-enforced',
  ageMinMs: 0,
};

export interface SetCloudPasswordDeps {
  readonly cloudAccounts: CloudAccounts;
  readonly hasher: PasswordHasher;
  readonly ownKey: OwnSealingKey;
  readonly clock: Clock;
}

export async function setCloudPassword(
  deps: SetCloudPasswordDeps,
  tenantId: TenantId,
  request: ResetRequest,
): Promise<ResetOutcome> {
  const { cloudAccounts, hasher, ownKey, clock } = deps;
  const { anchor, resetId, flags, notAfterMs, sealed } = request;
  if (clock.nowMs() > notAfterMs) return { kind: 'expired' };
  const account = await cloudAccounts.read(tenantId, anchor);
  if (account === undefined) return { kind: 'no-such-account' };
  const password = open();
  if (password === undefined) return { kind: 'unsealing-failed' };
  try {
    const rule = brokenRule(password, account);
    if (rule !== undefined) return { kind: 'refused-by-policy', rules: [rule] };
    const passwordHash = await hasher.hash(password);
    const change = { tenantId, anchor, resetId, passwordHash, atMs: clock.nowMs() };
    const result = await cloudAccounts.setPasswordHash(change);
    if (result === 'reset-id-reused' || result === 'no-such-account') return { kind: result };
    return { kind: 'done', settledBy: 'answer' };
  } finally {
    password.fill(0);
  }

  function open(): Uint8Array | undefined {
    if (sealed.keyId !== ownKey.keyId) return undefined;
    const context = { tenantId, resetId, anchor, operation: 'reset', flags, notAfterMs } as const;
    try {
      return openSealedPassword({ sealed, keyPair: ownKey.pair, context });
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }
}

function brokenRule(password: Uint8Array, account: CloudAccount): PolicyRule | undefined {
  const admitted = admitPasswordBytes(password);
  if (admitted.kind === 'refused') return RULE_OF_FAULT[admitted.fault];
  // @NOTE A string cannot be zeroed: this one lives for the length of this check and is never stored or passed on.
  const text = admitted.password;
  if (text.length < CLOUD_PASSWORD_POLICY.lengthMin) return 'too-short';
  const folded = text.toLowerCase();
  return account.userIds.some((userId) => folded.includes(userId)) ? 'contains-name' : undefined;
}
