// What a wrong password would do to an account: the overlay keeps the time of every failed attempt on the entry.

import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { LockoutFacts } from '../../directory/ports.js';
import type { Held } from '../dialect.js';
import { generalizedTimeMs } from '../generalized-time.js';
import type { OpenLdapServer } from './openldap-server.js';
import { readEffectiveRules } from './read-policy.js';

/** Where the rules may not be read, one attempt at most. */
const THRESHOLD_UNKNOWN = 1;

/** Attempts outside the window stay on the entry until one succeeds, and do not count. */
export async function readLockout(
  held: Held<OpenLdapServer>,
  { account, nowMs }: { readonly account: DirectoryAccount; readonly nowMs: number },
  signal: AbortSignal,
): Promise<LockoutFacts> {
  const { rules, person } = await readEffectiveRules(held, { account, besides: ['pwdFailureTime'] }, signal);
  const { failuresMax: threshold = THRESHOLD_UNKNOWN, failureWindowMs: windowMs = 0 } = rules ?? {};
  const attemptsMs = person.texts('pwdFailureTime').flatMap((text) => generalizedTimeMs(text) ?? []);
  const counting = windowMs === 0 ? attemptsMs : attemptsMs.filter((atMs) => atMs > nowMs - windowMs);
  return {
    failures: counting.length,
    threshold,
    lastFailureAtMs: attemptsMs.length === 0 ? undefined : Math.max(...attemptsMs),
    windowMs,
  };
}
