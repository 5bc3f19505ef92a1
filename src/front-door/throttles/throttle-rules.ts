// Every limit on attempts, in one table: how many within how long, and how long it is shut then.
// The numbers for accounts are those of the field's best-known system; those for addresses leave room for an office behind one.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface ThrottleRule {
  /** The attempt that makes it this many within `windowMs` is the last for `blockMs`. */
  readonly attemptsMax: number;
  readonly windowMs: number;
  readonly blockMs: number;
}

export const THROTTLE_RULES = {
  /** Wrong codes of one account, whatever the method. */
  'failed-proofs': { attemptsMax: 5, windowMs: DAY_MS, blockMs: DAY_MS },
  /** Codes tried with one method of one account; a right one clears it. */
  'proof-attempts': { attemptsMax: 5, windowMs: HOUR_MS, blockMs: DAY_MS },
  /** E-mails with a code to one account. */
  'code-mails': { attemptsMax: 10, windowMs: 10 * MINUTE_MS, blockMs: DAY_MS },
  /** The same over a day: whoever asks just slowly enough must not fill somebody's mailbox either. */
  'code-mails-of-day': { attemptsMax: 30, windowMs: DAY_MS, blockMs: DAY_MS },
  /** Text messages with a code to one account. */
  'code-texts': { attemptsMax: 10, windowMs: DAY_MS, blockMs: HOUR_MS },
  /** The same to one phone, whoever has it, and to one range of numbers, which whoever is paid for messages may own whole. */
  'texts-to-number': { attemptsMax: 5, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'texts-to-range': { attemptsMax: 30, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** The same from one organisation to one country (its calling code): one that is dear must not take all that the others may have. */
  'texts-to-country': { attemptsMax: 500, windowMs: HOUR_MS, blockMs: 10 * MINUTE_MS },
  /** And of one organisation; shut for a short while only, since everybody waits for it to open. */
  'texts-of-tenant': { attemptsMax: 1000, windowMs: HOUR_MS, blockMs: 10 * MINUTE_MS },
  /** Resets and unlocks of one account; one that certainly changed nothing is given back. */
  resets: { attemptsMax: 5, windowMs: HOUR_MS, blockMs: DAY_MS },
  /**
   * The person said of something done to their account that it was not them: one is enough. An administrator lifts it once they have
   * looked; where nobody does, it lapses only when the person must have come to ask.
   */
  disowned: { attemptsMax: 1, windowMs: DAY_MS, blockMs: 30 * DAY_MS },
  /** Flows one asker began for one user ID as typed, known or not, or for one account by whichever of its names. */
  starts: { attemptsMax: 30, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** The same from everywhere: so many that no single stranger can shut a known user ID to its owner. */
  'starts-from-everywhere': { attemptsMax: 300, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'starts-from-address': { attemptsMax: 300, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'failed-proofs-from-address': { attemptsMax: 50, windowMs: DAY_MS, blockMs: DAY_MS },
  'challenges-from-address': { attemptsMax: 600, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'contacts-from-address': { attemptsMax: 5, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** Contact messages to one organisation's administrators. */
  'contacts-of-tenant': { attemptsMax: 60, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'sign-ins-from-address': { attemptsMax: 120, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** Wrong passwords of one asker for one user ID as typed, known or not. The agent spares a directory's accounts besides. */
  'failed-sign-ins': { attemptsMax: 5, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** The same from everywhere: so many that no single stranger can shut a known user ID to its owner. */
  'failed-sign-ins-from-everywhere': { attemptsMax: 30, windowMs: HOUR_MS, blockMs: HOUR_MS },
  /** One password tried with many names; for an hour only, since an office may be behind one address. */
  'failed-sign-ins-from-address': { attemptsMax: 50, windowMs: HOUR_MS, blockMs: HOUR_MS },
  'enrolments-from-address': { attemptsMax: 20, windowMs: HOUR_MS, blockMs: HOUR_MS },
} as const satisfies Record<string, ThrottleRule>;

export type ThrottleName = keyof typeof THROTTLE_RULES;

/**
 * The rules that stop a person wherever they come from. A reset that was done clears them, but for `resets`, which counts it, and
 * `disowned`, which only an administrator lifts before its time.
 */
export const ACCOUNT_THROTTLES = [
  'failed-proofs',
  'proof-attempts',
  'code-mails',
  'code-mails-of-day',
  'code-texts',
  'resets',
  'disowned',
] as const;

/** What a reset that was done clears: it shows that the person was there. */
export const CLEARED_BY_DONE = ['failed-proofs', 'proof-attempts', 'code-mails', 'code-texts'] as const;
