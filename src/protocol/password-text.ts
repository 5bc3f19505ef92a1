// Which texts may be a password at all, decided the same way in browser, front door and agent, before any directory's rules.
// Pure. The browser normalises once, here; the agent admits only what is already normal, since directories compare raw.

import type { PolicyRule } from './outcomes.js';

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

/**
 * Admits UTF-8 bytes, as they come out of a seal. What is not UTF-8 was made by no sender of ours: a broken character.
 * @NOTE The admitted text is a string and cannot be zeroed: let it go out of reach soon, and store it nowhere.
 */
export function admitPasswordBytes(password: Uint8Array): PasswordText {
  try {
    // ignoreBOM keeps a leading U+FEFF in the text, so that it is refused instead of silently dropped.
    return admitPassword(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(password));
  } catch {
    // The decoder's message says nothing that this fault does not.
    return refused('broken-character');
  }
}

/** The rule each fault breaks, so that one password has one answer wherever it is judged. */
export const RULE_OF_FAULT: Readonly<Record<PasswordTextFault, PolicyRule>> = {
  empty: 'too-short',
  'too-long': 'too-long',
  'control-character': 'inadmissible-characters',
  'invisible-character': 'inadmissible-characters',
  'broken-character': 'inadmissible-characters',
  'not-normalised': 'inadmissible-characters',
};

/**
 * Whether the text opens with what RFC 2307 calls a scheme, such as `{SSHA}`. A directory that stores hashes in that form may take
 * the whole for a hash that was made elsewhere, and the password would never fit. Active Directory takes it as plain text.
 */
export function opensWithScheme(text: string): boolean {
  return /^\{[^{}\s]+\}/.test(text);
}

function refused(fault: PasswordTextFault): PasswordText {
  return { kind: 'refused', fault };
}

// A NUL locks the person out on Samba (neither the whole nor the cut value binds); the rest cannot be typed at a logon screen.
const CONTROL = /\p{Cc}|[\u2028\u2029]/u;
// Zero-width and direction marks, soft hyphen, tags, fillers, variation selectors: nobody sees them, and a second keyboard may not
// send them again. An emoji that carries one (❤ as most phones send it) is refused with it. The Braille blank is a symbol to Unicode.
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
// Unassigned code points and noncharacters: what a later Unicode makes of them is not known. A browser may know a newer Unicode
// than the agent; then the agent refuses what the page let pass, never the other way round unnoticed.
const BROKEN = /\p{Cn}|\p{Cs}/u;
