// The port for a list of passwords that were stolen elsewhere, asked by hash. Whoever fulfils it never sees the password itself.
// SHA-1, since that is what Have I Been Pwned publishes and any machine can compute; here it only names an entry of a list.

import { createHash } from 'node:crypto';
import { OperatorMistake } from '../../failure/failure.js';

/** The list is not there, not such a list, or did not answer: it says nothing of any password. The message says what to do. */
export class BreachListUnusable extends OperatorMistake {
  readonly code = 'breach-list-unusable';
  readonly retry = { mayRetry: true, why: 'the file may have been replaced by a good one since' };
}

export interface BreachedPasswords {
  /**
   * How many times the password with this SHA-1 was seen; 0 when the list does not have it, never when the list is unusable.
   * Has a deadline of its own. Throws BreachListUnusable, or the signal's reason.
   */
  timesSeen(sha1: string, signal: AbortSignal): Promise<number>;
}

/**
 * The SHA-1 of a password's UTF-8 bytes, in 40 upper-case hexadecimal digits.
 * @NOTE Nearly as good as the password to somebody with a fast machine, and a string that cannot be zeroed: ask and let it go.
 */
export function sha1Of(password: Uint8Array): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase();
}
