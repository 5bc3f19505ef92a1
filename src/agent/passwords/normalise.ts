// What passwords and banned terms are compared in: lower case, then the substitutions Microsoft publishes, and no others.
// Pure. A normalised password is a second copy of it that cannot be zeroed: callers let it go when they have judged it.

/**
 * The characters of `text` as code points, lower-cased, with 0 as o, 1 as l, $ as s, @ as a
 * (learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad). Character by character: one stays one.
 */
export function normalise(text: string): number[] {
  return Array.from(text, (character) => SUBSTITUTIONS.get(character) ?? codePointOf(inOneCase(character)));
}

const SUBSTITUTIONS: ReadonlyMap<string, number> = new Map(
  Object.entries({ '0': 'o', '1': 'l', $: 's', '@': 'a' }).map(([written, meant]) => [written, codePointOf(meant)]),
);

// By way of upper case, so that letters with two small forms (σ and ς) are one; what would become longer (ß, İ) stays as it is.
function inOneCase(character: string): string {
  const upper = ofOneLength(character, character.toUpperCase());
  return ofOneLength(upper, upper.toLowerCase());
}

function ofOneLength(character: string, changed: string): string {
  return changed.length === character.length ? changed : character;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
