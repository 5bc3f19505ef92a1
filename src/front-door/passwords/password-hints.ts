// The rules a new password must meet, as they are shown, and which of them can be seen to be met while it is typed. Pure.
// A hint, not a judgement: only the directory's answer counts. Runs in the browser too, so it knows no library.

import { characterKinds, containedNames } from '../../protocol/password-complexity.js';

/** Lengths are counted in UTF-16 code units, as Active Directory counts (MS-SAMR 3.1.1.7.2). */
export type PasswordRule =
  | { readonly kind: 'length-at-least'; readonly units: number }
  /** Of the five kinds of characters of MS-SAMR 3.1.1.7.2. */
  | { readonly kind: 'categories'; readonly atLeast: number }
  /** `names` as the directory has them: sAMAccountName whole, displayName cut into its words. Empty: not known here. */
  | { readonly kind: 'without-name'; readonly names: readonly string[] }
  | { readonly kind: 'not-recent'; readonly remembered: number }
  | { readonly kind: 'age-at-least'; readonly hours: number }
  | { readonly kind: 'not-guessable' };

/** `checked-later`: nobody but the directory can tell. */
export type RuleMark = 'met' | 'not-yet' | 'checked-later';

/** How far the typed password (in NFC) meets one rule. */
export function markRule(rule: PasswordRule, password: string): RuleMark {
  switch (rule.kind) {
    case 'length-at-least':
      return met(password.length >= rule.units);
    case 'categories':
      return met(characterKinds(password).length >= rule.atLeast);
    case 'without-name':
      return rule.names.length === 0
        ? 'checked-later'
        : met(password !== '' && containedNames(password, rule.names).length === 0);
    case 'not-recent':
    case 'age-at-least':
    case 'not-guessable':
      return 'checked-later';
  }
}

function met(holds: boolean): RuleMark {
  return holds ? 'met' : 'not-yet';
}
