// Active Directory's "must meet complexity requirements" (MS-SAMR 3.1.1.7.2), the same for hints in the browser and for the agent.
// Pure. Counts what the directory counts: three of five kinds of characters, and no name of the person in the password.

/** `other-letter`: alphabetic and neither upper nor lower case, such as 漢. */
export type CharacterKind = 'capital' | 'small' | 'digit' | 'symbol' | 'other-letter';

/** So many of the five kinds have to occur. */
export const CHARACTER_KINDS_MIN = 3;

/**
 * The kinds that occur, in a fixed order. Judged in NFC, as a password is set: a typed ; that is the Greek question mark becomes
 * the sign, and = with a stroke over it stops to be one.
 */
export function characterKinds(text: string): CharacterKind[] {
  const composed = text.normalize('NFC');
  return KINDS.filter(([, pattern]) => pattern.test(composed)).map(([kind]) => kind);
}

/** The kinds that do not occur, in a fixed order. */
export function missingKinds(text: string): CharacterKind[] {
  const present = characterKinds(text);
  return KINDS.map(([kind]) => kind).filter((kind) => !present.includes(kind));
}

/** What a password must not contain of a person's names: sAMAccountName whole, displayName cut into its words; none shorter than 3. */
export function nameParts(names: { readonly samAccountName: string; readonly displayName: string }): string[] {
  const words = names.displayName.split(/[,.\-_ #\t]+/);
  return [...new Set([names.samAccountName, ...words].filter((word) => word.length >= NAME_UNITS_MIN))];
}

/** Which of the names the password contains, in any case; those shorter than 3 units are never looked for. */
export function containedNames(password: string, names: readonly string[]): string[] {
  const folded = upperCased(password);
  return names.filter((name) => name.length >= NAME_UNITS_MIN && folded.includes(upperCased(name)));
}

const NAME_UNITS_MIN = 3;

// @NOTE Documents disagree beyond ASCII: MS-SAMR speaks of English letters, the text of the Windows setting of European and Asian
// ones, and Samba counts every other character beyond ASCII as the fifth kind. This is the Windows setting.
const KINDS: readonly (readonly [CharacterKind, RegExp])[] = [
  ['capital', /\p{Lu}/u],
  ['small', /\p{Ll}/u],
  ['digit', /[0-9]/],
  ['symbol', /[~!@#$%^&*_\-+=`|\\(){}[\]:;"'<>,.?/]/],
  ['other-letter', /[\p{Lo}\p{Lm}\p{Lt}]/u],
];

// Windows compares names character by character in upper case; what would become longer (ß) stays as it is.
function upperCased(text: string): string {
  return Array.from(text, (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  }).join('');
}
