// Turns what the directory enforces for one account into the rules that person is shown. Pure.
// Nothing is shown that would not be enforced: history and minimum age only where the domain controller applies them to a reset.

import { CHARACTER_KINDS_MIN, nameParts } from '../../protocol/password-complexity.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import type { PasswordRule } from './password-hints.js';

const HOUR_MS = 3_600_000;

/** `names` undefined: they are not to be sent to this browser, and the directory alone checks them. */
export function rulesOfPolicy(
  policy: PasswordPolicy,
  names: { readonly samAccountName: string; readonly displayName: string } | undefined,
): PasswordRule[] {
  // The rules are others than those that could be read, or none could: better no rule than a wrong one.
  if (policy.source === 'fine-grained-unreadable' || policy.source === 'unreadable') return [];
  const rules: PasswordRule[] = [];
  if (policy.lengthMin > 0) rules.push({ kind: 'length-at-least', units: policy.lengthMin });
  if (policy.mustBeComplex) {
    rules.push({ kind: 'categories', atLeast: CHARACTER_KINDS_MIN });
    rules.push({ kind: 'without-name', names: names === undefined ? [] : nameParts(names) });
  }
  if (policy.historyOnReset === 'enforced') {
    if (policy.historyLength > 0) rules.push({ kind: 'not-recent', remembered: policy.historyLength });
    if (policy.ageMinMs > 0) rules.push({ kind: 'age-at-least', hours: Math.ceil(policy.ageMinMs / HOUR_MS) });
  }
  return rules;
}
