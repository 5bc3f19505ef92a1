// The port for the agent's own rules on a new password: what refuses it before the directory sees it, and which rules a refusal
// of the directory meant. Implemented by the wiring over agent/passwords. Codes of rules come back, and of the password nothing but what its
// person alone may read.

import type { PolicyRule } from '../../protocol/outcomes.js';
import type { PasswordExplanation } from '../../protocol/sealed-explanation.js';
import type { DirectoryAccount } from '../directory/directory-account.js';

/** One new password for one account. */
export interface PasswordInQuestion {
  readonly operation: 'reset' | 'change';
  readonly account: DirectoryAccount;
  /** UTF-8, admitted text. The caller zeroes it. */
  readonly password: Uint8Array;
}

export interface RefusingRules {
  readonly rules: readonly PolicyRule[];
  /** Which word it is: to be sealed for whoever typed the password, before it goes anywhere. */
  readonly explanation: PasswordExplanation | undefined;
}

export interface PasswordRules {
  /** The rules of ours that refuse it; none: the directory may judge. Throws the signal's reason alone. */
  refusing(question: PasswordInQuestion, signal: AbortSignal): Promise<RefusingRules>;
  /**
   * Which rules the directory meant, at least one: those it named; else those of its effective policy that the password is
   * known to fail; else `some-directory-rule`. Never rejects.
   */
  meantBy(
    said: readonly PolicyRule[],
    question: PasswordInQuestion,
    signal: AbortSignal,
  ): Promise<readonly PolicyRule[]>;
}
