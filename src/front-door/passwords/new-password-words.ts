// The shapes of `<script id="new-password-words">` and `<script id="form-words">`: how the pages lend their catalogue's words to their
// scripts. Types only, and here because pages and scripts both know this subject, and must not know each other.

import type { PasswordNotice } from '../../protocol/password-notices.js';
import type { ExplanationWords } from './explanation-sentence.js';
import type { PasswordRule, RuleMark } from './password-hints.js';
import type { PasswordProblem } from './password-problem.js';
import type { PasswordStrength } from './password-strength.js';

/** The words the script says, from the same catalogue, so that it needs none of its own. */
export interface NewPasswordWords {
  readonly rules: readonly PasswordRule[];
  readonly marks: Readonly<Record<RuleMark, string>>;
  /** `announce[n]`: n rules met. */
  readonly announce: readonly string[];
  /** What the account and the organisation are called: in a password worth nearly nothing. All of it stands on the page anyway. */
  readonly about: readonly string[];
  readonly strength: Readonly<Record<PasswordStrength, string>>;
  /** Said of a weak one. */
  readonly strengthAdvice: string;
  /** What somebody should know of a password that is taken all the same. */
  readonly notices: Readonly<Record<PasswordNotice, string>>;
  readonly errorPrefix: string;
  readonly sending: string;
  readonly problems: Readonly<Record<PasswordProblem, string>>;
  readonly explained: ExplanationWords;
  /** Where the password that is in force is asked for and was not given. */
  readonly currentMissing: string;
}

/** The same for the page that asks for the password somebody has. */
export interface EntryWords {
  readonly errorPrefix: string;
  readonly sending: string;
  readonly problems: { readonly missing: string; readonly 'not-sealed': string };
}
