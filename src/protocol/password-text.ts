// Which texts may be a password at all, decided the same way in the browser and in the agent, before any directory's rules.
// Pure. The browser normalises once, here; the agent admits only what is already normal, since directories compare raw.

/** Length limit of a password in UTF-16 code units, as directories count: Windows' own screens stop at 127. */
export const PASSWORD_UNITS_MAX = 127;

export type PasswordTextFault =
  | 'empty'
  | 'too-long'
  | 'control-character'
  | 'invisible-character'
  | 'broken-character'
  | 'not-normalised';

export type PasswordText =
  | { readonly kind: 'admitted'; readonly password: string }
  | { readonly kind: 'refused'; readonly fault: PasswordTextFault };

/** Applies NFC and admits or refuses the text. What was typed differently on two keyboards becomes one password. */
export function admitTypedPassword(typed: string): PasswordText {
  // Lone surrogates first: normalising text that is not well-formed would hide them.
  return typed.isWellFormed() ? admitPassword(typed.normalize('NFC')) : refused('broken-character');
}

/** Admits a text that is already in NFC. Length is counted in UTF-16 code units. */
export function admitPassword(text: string): PasswordText {
  if (text === '') return refused('empty');
  if (!text.isWellFormed() || BROKEN.test(text)) return refused('broken-character');
  if (CONTROL.test(text)) return refused('control-character');
  if (INVISIBLE.test(text)) return refused('invisible-character');
  if (text.normalize('NFC') !== text) return refused('not-normalised');
  if (text.length > PASSWORD_UNITS_MAX) return refused('too-long');
  return { kind: 'admitted', password: text };
}

function refused(fault: PasswordTextFault): PasswordText {
  return { kind: 'refused', fault };
}

// A NUL locks the person out on Samba (neither the whole nor the cut value binds); the rest cannot be typed at a logon screen.
const CONTROL = /\p{Cc}|[\u2028\u2029]/u;
// Zero-width and direction marks, soft hyphen, tags: nobody can type them again.
const INVISIBLE = /\p{Cf}/u;
// Unassigned code points and noncharacters: what a later Unicode makes of them is not known.
const BROKEN = /\p{Cn}|\p{Cs}/u;
