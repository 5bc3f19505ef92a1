// The agent's own rules on passwords, as its settings have them: wiring between the settings, agent/passwords, the breach list and the
// port that write-back asks. Also for `password-check`, which prints what write-back only obeys.

import { readFile } from 'node:fs/promises';
import { OperatorMistake } from '../failure/failure.js';
import type { PolicyRule } from '../protocol/outcomes.js';
import type { PasswordPolicy } from '../protocol/password-policy.js';
import { admitPasswordBytes } from '../protocol/password-text.js';
import type { Clock } from '../timing/clock.js';
import { BreachFile } from './breach-list/breach-file.js';
import type { AgentConfig } from './config.js';
import type { DirectoryAccount } from './directory/directory-account.js';
import { DirectoryMisconfigured, type DirectoryReader, DirectoryUnreachable } from './directory/ports.js';
import { createBannedWords } from './passwords/banned-words.js';
import type { PasswordAge } from './passwords/directory-rules.js';
import { GLOBAL_TERMS } from './passwords/global-terms.js';
import { nameFailingRules, rulesToTell } from './passwords/name-failing-rules.js';
import {
  checkPasswordBytes,
  type PasswordCheckEvents,
  type PasswordCheckerDeps,
} from './passwords/password-checker.js';
import { readBannedTerms } from './passwords/read-banned-terms.js';
import {
  DEFAULT_RULE_MODES,
  decidePassword,
  explanationOf,
  policyRulesOf,
  type RuleVerdict,
} from './passwords/rule-verdicts.js';
import type { PasswordInQuestion, PasswordRules, RefusingRules } from './write-back/password-rules.js';

/** The file with the organisation's own terms cannot be read. */
export class BannedTermsUnreadable extends OperatorMistake {
  readonly code = 'banned-terms-unreadable';
  readonly retry = { mayRetry: false, why: 'somebody has to put the file in place first' };
}

export interface OwnPasswordRulesEvents extends PasswordCheckEvents {
  /** A rule in audit mode would have refused a password. Never which word, name or number. */
  passwordAudited(event: { readonly anchor: string; readonly rules: readonly PolicyRule[] }): void;
}

export interface OwnPasswordRulesDeps {
  readonly reader: Pick<DirectoryReader, 'readPolicy'>;
  readonly clock: Clock;
  readonly events: OwnPasswordRulesEvents;
}

/** Reads the organisation's list once. Throws BannedTermsUnreadable or BannedTermsRefused. */
export async function openOwnPasswordRules(
  { passwords }: Pick<AgentConfig, 'passwords'>,
  deps: OwnPasswordRulesDeps,
): Promise<OwnPasswordRules> {
  const { bannedTermsFile, breachListFile, organisationNames } = passwords;
  const custom = bannedTermsFile === undefined ? [] : readBannedTerms(bannedTermsFile, await termsIn(bannedTermsFile));
  return new OwnPasswordRules(deps, {
    bannedWords: createBannedWords({ global: GLOBAL_TERMS, custom }),
    breachedPasswords:
      breachListFile === undefined ? undefined : new BreachFile({ file: breachListFile, clock: deps.clock }),
    organisationNames,
    // Directories that would take it for a stored hash refuse it in their own dialect; Active Directory takes it as text.
    schemePrefix: 'taken-as-text',
    modes: { ...DEFAULT_RULE_MODES, 'banned-word': passwords.bannedWords, breached: passwords.breached },
    events: deps.events,
  });
}

export class OwnPasswordRules implements PasswordRules {
  readonly #deps: OwnPasswordRulesDeps;
  readonly #checker: PasswordCheckerDeps;

  constructor(deps: OwnPasswordRulesDeps, checker: PasswordCheckerDeps) {
    this.#deps = deps;
    this.#checker = checker;
  }

  async refusing(question: PasswordInQuestion, signal: AbortSignal): Promise<RefusingRules> {
    // Without the policy: the directory judges by that itself, and reading it would cost every reset another round trip.
    const { refusedFor, told } = decidePassword(await this.check(question, undefined, signal));
    if (told.length > 0) {
      this.#deps.events.passwordAudited({ anchor: question.account.anchor, rules: policyRulesOf(told) });
    }
    return { rules: policyRulesOf(refusedFor), explanation: explanationOf(refusedFor) };
  }

  async meantBy(
    said: readonly PolicyRule[],
    question: PasswordInQuestion,
    signal: AbortSignal,
  ): Promise<readonly PolicyRule[]> {
    const { account, operation, password } = question;
    const text = admitPasswordBytes(password);
    if (text.kind !== 'admitted') return said;
    const policy = await this.readPolicy(account, signal);
    const passwordAge = this.#ageOf(account);
    return rulesToTell(nameFailingRules({ said, password: text.password, operation, account, policy, passwordAge }));
  }

  /** Every rule with its verdict. `policy` undefined: the directory's own rules cannot be told. */
  check(
    { operation, account, password }: PasswordInQuestion,
    policy: PasswordPolicy | undefined,
    signal: AbortSignal,
  ): Promise<RuleVerdict[]> {
    const passwordAge = this.#ageOf(account);
    return checkPasswordBytes(this.#checker, { password, operation, account, policy, passwordAge }, signal);
  }

  /** Undefined where it cannot be read just now. */
  async readPolicy(account: DirectoryAccount, signal: AbortSignal): Promise<PasswordPolicy | undefined> {
    try {
      return await this.#deps.reader.readPolicy(account, signal);
    } catch (error) {
      // The refusal stands without its reason; what is wrong with the directory is told by whoever reads it next.
      if (error instanceof DirectoryUnreachable || error instanceof DirectoryMisconfigured || signal.aborted) {
        return undefined;
      }
      throw error;
    }
  }

  #ageOf({ state }: DirectoryAccount): PasswordAge {
    if (state.mustChange) return { kind: 'must-change' };
    const { passwordLastSetMs } = state;
    if (passwordLastSetMs === undefined) return { kind: 'unknown' };
    return { kind: 'set', ageMs: this.#deps.clock.nowMs() - passwordLastSetMs };
  }
}

async function termsIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BannedTermsUnreadable(`cannot read passwords.bannedTermsFile ${file}: put the list there`, { cause });
  }
}
