// What a wrong password would do to an account, on one domain controller: badPwdCount is kept by each for itself.

import type { DirectoryAccount } from '../../directory/directory-account.js';
import { DirectoryUnreachable, type LockoutFacts } from '../../directory/ports.js';
import { refusedTo } from '../connection-failures.js';
import type { Held } from '../dialect.js';
import type { DomainController } from './domain-controller.js';
import { filetimeMs, intervalMs } from './filetime.js';
import { guidName } from './object-guid.js';
import { readEffectiveRules } from './read-policy.js';

/** Where a fine-grained policy may not be read, its threshold is not known either: nobody is tried. */
const THRESHOLD_UNKNOWN = 1;

/** Failures outside the window are not counted any more (MS-SAMR 3.1.1.7.1: badPwdCount starts anew then). */
export async function readLockout(
  held: Held<DomainController>,
  account: DirectoryAccount,
  signal: AbortSignal,
): Promise<LockoutFacts> {
  const [person] = await held.connection
    .search({ base: guidName(account.identity), scope: 'base', attributes: ['badPwdCount', 'badPasswordTime'] }, signal)
    .catch(refusedTo('show failed attempts'));
  if (person === undefined) throw new DirectoryUnreachable('the account is gone');
  const { source, entry } = await readEffectiveRules(held, account, LOCKOUT_ATTRIBUTES, signal);
  const isFineGrained = source === 'fine-grained';
  return {
    failures: Number(person.integer('badPwdCount') ?? 0n),
    lastFailureAtMs: filetimeMs(person.integer('badPasswordTime')),
    threshold:
      source === 'fine-grained-unreadable'
        ? THRESHOLD_UNKNOWN
        : Number(entry.integer(isFineGrained ? 'msDS-LockoutThreshold' : 'lockoutThreshold') ?? 0n),
    windowMs: intervalMs(entry.integer(isFineGrained ? 'msDS-LockoutObservationWindow' : 'lockOutObservationWindow')),
  };
}

const LOCKOUT_ATTRIBUTES = {
  fineGrained: ['msDS-LockoutThreshold', 'msDS-LockoutObservationWindow'],
  domain: ['lockoutThreshold', 'lockOutObservationWindow'],
};
