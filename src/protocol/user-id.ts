// The one canonical form of what a person typed as their user ID, used for looking up, throttling and auditing alike.
// Directories ignore case and blanks at the ends, so limits that did not would be walked around. Pure.

import { LIMITS } from './limits.js';

const PRINTABLE_ASCII = /^[!-~]+$/;

/** NFC, trimmed, inner blanks folded, lower case. Undefined when it is empty, too long or holds control characters. */
export function canonicalUserId(typed: string): string | undefined {
  // Nearly every name there is: nothing to be folded but case.
  if (typed.length <= LIMITS.userIdUnitsMax && PRINTABLE_ASCII.test(typed)) return typed.toLowerCase();
  if (typed.length > LIMITS.userIdUnitsMax * 2 || !typed.isWellFormed()) return undefined;
  const canonical = typed.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
  if (canonical === '' || canonical.length > LIMITS.userIdUnitsMax || /\p{Cc}|\p{Cf}/u.test(canonical))
    return undefined;
  return canonical;
}
