// Turns what directory and agent enforce for one account into the rules that person is shown. Pure.
// Nothing is shown that would not be enforced: a reset is held to history and minimum age only where the domain controller can do that,
// a change by the current password always.

import { CHARACTER_KINDS_MIN, nameParts } from '../../protocol/password-complexity.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import type { PasswordRule } from './password-hints.js';

const HOUR_MS = 3_600_000;

export interface NewPasswordFor {
  /** `due-change`: by the current password as well, of somebody who must. The directory asks for no minimum age then. */
  readonly operation: 'reset' | 'change' | 'due-change';
  /** `undefined`: they are not to be sent to this browser, and the directory alone checks them. */
  readonly names: { readonly samAccountName: string; readonly displayName: string } | undefined;
}

export function rulesOfPolicy(policy: PasswordPolicy, { operation, names }: NewPasswordFor): PasswordRule[] {
  // The rules are others than those that could be read, or none could: better no rule than a wrong one, and than a list that is not whole.
  if (policy.source === 'fine-grained-unreadable' || policy.source === 'unreadable') return [];
  const rules: PasswordRule[] = [];
  if (policy.lengthMin > 0) rules.push({ kind: 'length-at-least', units: policy.lengthMin });
  if (policy.mustBeComplex) {
    rules.push({ kind: 'categories', atLeast: CHARACTER_KINDS_MIN });
    rules.push({ kind: 'without-name', names: names === undefined ? [] : nameParts(names) });
  }
  if (policy.bannedWords === 'enforced') rules.push({ kind: 'not-guessable' });
  if (operation === 'reset' && policy.historyOnReset === 'not-enforced') return rules;
  if (policy.historyLength > 0) rules.push({ kind: 'not-recent', remembered: policy.historyLength });
  if (policy.ageMinMs > 0 && operation !== 'due-change') {
    rules.push({ kind: 'age-at-least', hours: Math.ceil(policy.ageMinMs / HOUR_MS) });
  }
  return rules;
}
