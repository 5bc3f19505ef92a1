// Signs in to an account of the front door's own, or changes its password by the one it has: opens what was sealed, compares it with the
// hash, keeps another hash. Knows no directory and no page.

import type { HpkeKeyPair } from '../../protocol/hpke.js';
import { anchorOfName } from '../../protocol/named-account.js';
import { NO_FLAGS } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import { type SealedPassword, type SealedTexts, UnsealingFailed } from '../../protocol/sealed-password.js';
import { openSealedPasswords } from '../../protocol/unsealing.js';
import type { Clock } from '../../timing/clock.js';
import { HasherBusy } from '../people/bounded-hasher.js';
import type { CloudAccount, CloudAccounts, PasswordHasher } from '../people/cloud-accounts.js';
import { brokenCloudRule } from '../people/cloud-password-rules.js';
import type { VisitCommand } from './visit.js';

export interface CloudPasswordDeps {
  readonly cloudAccounts: CloudAccounts;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
}

export interface CloudEntry {
  readonly operation: 'sign-in' | 'change';
  readonly account: Pick<CloudAccount, 'tenantId' | 'anchor'>;
  /** Canonical: what was sealed is sealed for this name. */
  readonly userId: string;
  readonly command: VisitCommand;
  readonly sealed: SealedPassword;
  readonly keyPair: HpkeKeyPair;
}

/** Never throws for what was sealed. */
export async function enterCloudAccount(deps: CloudPasswordDeps, entry: CloudEntry): Promise<ResetOutcome> {
  const { tenantId, anchor } = entry.account;
  if (deps.clock.nowMs() > entry.command.notAfterMs) return { kind: 'expired' };
  const account = await deps.cloudAccounts.read(tenantId, anchor);
  if (account === undefined) return { kind: 'no-such-account' };
  const opened = open(entry);
  if (opened === undefined) return { kind: 'unsealing-failed' };
  try {
    const current = opened.currentPassword ?? opened.password;
    const { passwordHash } = account;
    if (passwordHash === undefined || !(await deps.hasher.matches(passwordHash, current)))
      return { kind: 'wrong-password' };
    if (entry.operation === 'sign-in') return { kind: 'done', settledBy: 'answer' };
    return await keep(deps, entry, account, opened);
  } catch (error) {
    // Nothing was looked at, or nothing was written: the same may be tried again, as when a directory is away.
    if (error instanceof HasherBusy) return { kind: 'try-later', reason: 'directory-unreachable' };
    throw error;
  } finally {
    opened.password.fill(0);
    opened.currentPassword?.fill(0);
  }
}

async function keep(
  { cloudAccounts, hasher, clock }: CloudPasswordDeps,
  { command }: CloudEntry,
  { tenantId, anchor, userIds }: CloudAccount,
  { password, currentPassword }: SealedTexts<Uint8Array>,
): Promise<ResetOutcome> {
  const rule = brokenCloudRule(password, userIds);
  if (rule !== undefined) return { kind: 'refused-by-policy', rules: [rule] };
  if (currentPassword !== undefined && Buffer.compare(password, currentPassword) === 0)
    return { kind: 'refused-by-policy', rules: ['in-history'] };
  const passwordHash = await hasher.hash(password);
  const change = { tenantId, anchor, resetId: command.resetId, passwordHash, atMs: clock.nowMs() };
  const result = await cloudAccounts.setPasswordHash(change);
  return result === 'reset-id-reused' || result === 'no-such-account'
    ? { kind: result }
    : { kind: 'done', settledBy: 'answer' };
}

function open({
  operation,
  account,
  userId,
  command,
  sealed,
  keyPair,
}: CloudEntry): SealedTexts<Uint8Array> | undefined {
  const { tenantId } = account;
  const context = { tenantId, anchor: anchorOfName(userId), ...command, operation, flags: NO_FLAGS } as const;
  try {
    return openSealedPasswords({ sealed, keyPair, context });
  } catch (error) {
    if (error instanceof UnsealingFailed) return undefined;
    throw error;
  }
}
