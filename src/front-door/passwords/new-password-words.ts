// The shape of `<script id="new-password-words">`: how the page lends its catalogue's words to its script. Types only,
// and here because the page and the script both know this subject, and must not know each other.

import type { PasswordRule, RuleMark } from './password-hints.js';
import type { PasswordProblem } from './password-problem.js';

/** The words the script says, from the same catalogue, so that it needs none of its own. */
export interface NewPasswordWords {
  readonly rules: readonly PasswordRule[];
  readonly marks: Readonly<Record<RuleMark, string>>;
  /** `announce[n]`: n rules met. */
  readonly announce: readonly string[];
  readonly errorPrefix: string;
  readonly sending: string;
  readonly problems: Readonly<Record<PasswordProblem, string>>;
}
