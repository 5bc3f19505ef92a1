// Resets a cloud-only account: opens the sealed password, holds it to our own rules, keeps its hash. One id, one effect.
// The one place where the front door sees a password, of an account that no directory manages.

import { Failure } from '../../failure/failure.js';
import type { ResetRequest } from '../../protocol/frames.js';
import type { TenantId } from '../../protocol/identifiers.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { openSealedPassword } from '../../protocol/unsealing.js';
import type { Clock } from '../../timing/clock.js';
import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';
import { HasherBusy } from './bounded-hasher.js';
import type { CloudAccounts, PasswordHasher } from './cloud-accounts.js';
import { brokenCloudRule } from './cloud-password-rules.js';

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
    const rule = brokenCloudRule(password, account.userIds);
    if (rule !== undefined) return { kind: 'refused-by-policy', rules: [rule] };
    const passwordHash = await hasher.hash(password).catch((error: unknown) => {
      if (error instanceof HasherBusy) return undefined;
      throw error;
    });
    // Nothing was written: the same may be tried again, as when a directory is away.
    if (passwordHash === undefined) return { kind: 'try-later', reason: 'directory-unreachable' };
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
