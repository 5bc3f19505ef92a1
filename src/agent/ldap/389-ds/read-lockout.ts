// What a wrong password would do to an account: the server keeps a count on the entry, and the time at which it starts anew.

import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { LockoutFacts } from '../../directory/ports.js';
import type { Held } from '../dialect.js';
import { generalizedTimeMs } from '../generalized-time.js';
import type { DirectoryServer389 } from './directory-server.js';
import { readEffectiveRules } from './read-policy.js';

/** Where the rules may not be read, one attempt at most. */
const THRESHOLD_UNKNOWN = 1;

export async function readLockout(
  held: Held<DirectoryServer389>,
  { account, nowMs }: { readonly account: DirectoryAccount; readonly nowMs: number },
  signal: AbortSignal,
): Promise<LockoutFacts> {
  const besides = ['passwordRetryCount', 'retryCountResetTime'];
  const { rules, person } = await readEffectiveRules(held, { account, besides }, signal);
  const { failuresMax: threshold = THRESHOLD_UNKNOWN, failureWindowMs: windowMs = 0 } = rules ?? {};
  const count = Number(person.integer('passwordRetryCount') ?? 0n);
  const startsAnewAtMs = generalizedTimeMs(person.text('retryCountResetTime'));
  const isOver = startsAnewAtMs !== undefined && startsAnewAtMs <= nowMs;
  return {
    failures: isOver ? 0 : count,
    threshold,
    // The time itself is not kept. Without the rules it is not known how long before the new start it was.
    lastFailureAtMs:
      count === 0 || startsAnewAtMs === undefined || rules === undefined ? undefined : startsAnewAtMs - windowMs,
    windowMs,
  };
}
