// The password rules for one account, the directory's own and what the agent holds to besides, in a form that can be shown to the person
// before they type. Says what is enforced, not what we would like to be. No I/O.

import { z } from 'zod';

export const passwordPolicySchema = z.strictObject({
  /**
   * Where the rules were read: the directory's own, a policy of the account's (fine-grained), or nowhere: one of the account's
   * may not be read, or not even the directory's may. What stands below then says nothing, or at most what the directory's own are.
   */
  source: z.enum(['domain', 'fine-grained', 'fine-grained-unreadable', 'unreadable']),
  /** In UTF-16 code units, as the directory counts. */
  lengthMin: z.int().min(0).max(256),
  /** Three of: upper case, lower case, digits, symbols, other letters; and no part of the person's names (MS-SAMR 3.1.1.7.2). */
  mustBeComplex: z.boolean(),
  /** How many earlier passwords the directory remembers. */
  historyLength: z.int().min(0).max(1024),
  /** Whether the directory applies history and minimum age to a reset, which only some domain controllers can. */
  historyOnReset: z.enum(['enforced', 'not-enforced']),
  /** Minimum age in milliseconds; 0 when a password may be changed at once. */
  ageMinMs: z.int().min(0),
  /** The agent's own rule on words that are easily guessed, which no directory knows. Absent: it refuses nothing, or is not told of. */
  bannedWords: z.literal('enforced').optional(),
});

export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;
