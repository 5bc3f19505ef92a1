// The rules a new password must meet, as they are shown, and which of them can be seen to be met while it is typed. Pure.
// A hint, not a judgement: only the directory's answer counts. Runs in the browser too, so it knows no library.

/** Lengths are counted in UTF-16 code units, as Active Directory counts (MS-SAMR 3.1.1.7.2). */
export type PasswordRule =
  | { readonly kind: 'length-at-least'; readonly units: number }
  | { readonly kind: 'length-at-most'; readonly units: number }
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
    case 'length-at-most':
      return met(password !== '' && password.length <= rule.units);
    case 'categories':
      return met(countCategories(password) >= rule.atLeast);
    case 'without-name':
      return rule.names.length === 0 ? 'checked-later' : met(password !== '' && !containsName(password, rule.names));
    case 'not-recent':
    case 'age-at-least':
    case 'not-guessable':
      return 'checked-later';
  }
}

/** How many of the five kinds of characters occur: capitals, small letters, digits, symbols, other letters. */
export function countCategories(password: string): number {
  return CATEGORIES.filter((category) => category.test(password)).length;
}

/** The words of a name that a password must not contain: those of three characters and more, split as MS-SAMR 3.1.1.7.2 says. */
export function nameFragments(options: { samAccountName: string; displayName: string }): string[] {
  const words = options.displayName.split(/[,.\-_ #\t]+/);
  return [...new Set([options.samAccountName, ...words].filter((word) => word.length >= NAME_UNITS_MIN))];
}

const NAME_UNITS_MIN = 3;

// Windows counts these ASCII signs as symbols; a letter that has no case is of the fifth kind.
const CATEGORIES = [
  /\p{Lu}/u,
  /\p{Ll}/u,
  /[0-9]/,
  /[~!@#$%^&*_\-+=`|\\(){}[\]:;"'<>,.?/]/,
  /[\p{Lo}\p{Lm}\p{Lt}]/u,
] as const;

function containsName(password: string, names: readonly string[]): boolean {
  const folded = password.toLowerCase();
  return names.some((name) => name.length >= NAME_UNITS_MIN && folded.includes(name.toLowerCase()));
}

function met(holds: boolean): RuleMark {
  return holds ? 'met' : 'not-yet';
}
