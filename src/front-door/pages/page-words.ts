// The closed lists of what may be said on the pages: problems beside fields, reasons, steps. Codes only; their words are in texts/.
// Whoever fills view data picks from these; the catalogue must have a text for each, or the build breaks.

export type { Operation } from '../../protocol/operations.js';
/** Ways of proving who one is, as they are called on the pages: whichever the English words name. */
export type { MethodName } from './texts/signed-in/en.js';

/** Where in the flow the person is. */
export const PROGRESS = ['account', 'identity', 'finish'] as const;
export type Progress = (typeof PROGRESS)[number];

export type UserIdProblem = 'user-id-missing' | 'user-id-too-long';
export type ChallengeProblem =
  | 'challenge-missing'
  | 'challenge-answer-missing'
  | 'challenge-wrong'
  | 'challenge-answer-wrong'
  | 'challenge-expired';
export type StartProblem = UserIdProblem | ChallengeProblem;

export type CodeProblem = 'missing' | 'malformed' | 'wrong' | 'expired' | 'already-used' | 'too-many-sent' | 'not-now';

/** Why the form that sets security questions up was not taken. */
export type QuestionsSetupProblem =
  | 'missing'
  | 'malformed'
  | 'question-twice'
  | 'answer-too-short'
  | 'answer-too-long'
  | 'answer-in-question'
  | 'answer-is-name'
  | 'answers-alike'
  | 'not-now';

/** What somebody who knows their password came for. */
export type Purpose = 'security-info' | 'change-password';
/** Why another password has to be chosen before anything else. */
export type Must = 'must-change' | 'password-expired';
export type EntryProblem = 'missing' | 'wrong' | 'seal-expired' | 'not-sealed' | 'away';
export type SetupProblem =
  | 'missing'
  | 'malformed'
  | 'not-served'
  | 'wrong'
  | 'expired'
  | 'there-already'
  | 'not-private'
  | 'too-many'
  | 'not-now'
  | 'too-many-sent'
  | 'blocked';
/** `-untold`: there is no address of the person's that a mail could go to. */
export type SecurityNews = 'added' | 'added-untold' | 'removed' | 'removed-untold' | 'renamed' | 'confirmed' | 'works';
/** Why a proof that was begun from there ended without one. */
export type ProvingProblem = Extract<SetupProblem, 'not-now' | 'expired'>;
export type PasskeyProblem = 'missing' | 'malformed' | 'wrong' | 'expired' | 'counter-back';

/** Nothing is sent to set one up. */
export type PasskeySetupProblem = Exclude<
  SetupProblem,
  'not-now' | 'too-many-sent' | 'blocked' | 'not-served' | 'not-private'
>;

/** Why somebody is at "Contact your administrator", as far as it may be said: general, and nothing of the account. */
export type WhyContact =
  | 'reset-not-turned-on'
  | 'person-not-enabled'
  | 'managed-on-premises'
  | 'not-permitted'
  | 'cannot-use-methods'
  | 'not-verified'
  | 'blocked';

/** What was done to an account, and may be disowned; and what became of its password then. */
export type Disownable = 'reset' | 'unlock' | 'method-added' | 'method-removed';
export type PasswordFate = 'kept' | 'invalidated' | 'not-invalidated' | 'unknown';

export type ContactProblem =
  | 'account-missing'
  | 'account-too-long'
  /** The message has nobody to go to. */
  | 'account-of-nobody'
  | 'reply-missing'
  | 'reply-too-long'
  | 'message-too-long'
  | 'not-sent';
