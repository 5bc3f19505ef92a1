// Holds one password to every rule there is: the text itself, the directory's rules, banned words, stolen passwords.
// Pure: what the breach list said comes in. One verdict for each rule, always all of them, always in the same order.

import type { PolicyRule } from '../../protocol/outcomes.js';
import {
  opensWithScheme,
  PASSWORD_UNITS_MAX,
  type PasswordText,
  type PasswordTextFault,
  RULE_OF_FAULT,
} from '../../protocol/password-text.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { BannedWords } from './banned-words.js';
import { type DirectoryRuleFacts, judgeByDirectoryRules } from './directory-rules.js';
import {
  CHECKED_RULES,
  type CheckedRule,
  cannotTell,
  type FailDetail,
  type Finding,
  fail,
  PASS,
  type RuleMode,
  type RuleModes,
  type RuleVerdict,
} from './rule-verdicts.js';

/** The names of a person that the rules look for. */
export type AccountNames = Pick<
  DirectoryAccount,
  'samAccountName' | 'displayName' | 'givenName' | 'surname' | 'userPrincipalName'
>;

/** `unusable`: there is a list, and it could not answer. */
export type BreachAnswer =
  | { readonly kind: 'answered'; readonly timesSeen: number }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'no-list' };

export interface PasswordCheck extends Omit<DirectoryRuleFacts, 'password'> {
  /** As `admitPassword` or `admitPasswordBytes` left it. */
  readonly text: PasswordText;
  readonly account: AccountNames;
  /** What the organisation is called, as people would write it into a password. */
  readonly organisationNames: readonly string[];
  /** Directories that keep hashes as `{SCHEME}…` may take such a password for one; Active Directory takes it as text. */
  readonly schemePrefix: 'refused' | 'taken-as-text';
  readonly bannedWords: BannedWords;
  readonly breach: BreachAnswer;
  readonly modes: RuleModes;
}

/** The text is a string, which cannot be zeroed: the caller lets it go with the answer, which holds nothing of it. */
export function checkPassword(check: PasswordCheck): RuleVerdict[] {
  const { text, schemePrefix } = check;
  if (text.kind === 'refused') return refusedAsText(check, RULE_OF_FAULT[text.fault], detailOfFault(text.fault));
  if (schemePrefix === 'refused' && opensWithScheme(text.password)) {
    return refusedAsText(check, 'inadmissible-characters', { kind: 'text', fault: 'storage-scheme' });
  }
  const findings = judge(check, text.password);
  return CHECKED_RULES.map((rule) => {
    const mode = modeOf(rule, check.modes);
    return { rule, mode, ...(mode === 'off' ? cannotTell('switched-off') : findings[rule]) };
  });
}

/** What can be no password is refused in every mode, and nothing else of it is looked at. */
function refusedAsText(check: PasswordCheck, broken: PolicyRule, detail: FailDetail): RuleVerdict[] {
  return CHECKED_RULES.map((rule) =>
    rule === broken
      ? { rule, mode: 'enforce', ...fail(detail) }
      : { rule, mode: modeOf(rule, check.modes), ...cannotTell('text-not-admitted') },
  );
}

function detailOfFault(fault: PasswordTextFault): FailDetail {
  switch (fault) {
    case 'empty':
      return { kind: 'length-at-least', units: 1 };
    case 'too-long':
      return { kind: 'length-at-most', units: PASSWORD_UNITS_MAX };
    default:
      return { kind: 'text', fault };
  }
}

export function modeOf(rule: CheckedRule, modes: RuleModes): RuleMode {
  return rule === 'inadmissible-characters' || rule === 'too-long' ? 'enforce' : modes[rule];
}

function judge(check: PasswordCheck, password: string): Readonly<Record<CheckedRule, Finding>> {
  return {
    'inadmissible-characters': PASS,
    'too-long': PASS,
    ...judgeByDirectoryRules({ ...check, password }),
    'banned-word': judgeWords(check, password),
    breached: judgeBreach(check.breach),
  };
}

function judgeWords({ account, organisationNames, bannedWords }: PasswordCheck, password: string): Finding {
  const { givenName, surname, samAccountName, userPrincipalName } = account;
  const userName = userPrincipalName?.split('@')[0];
  const names = [givenName, surname, samAccountName, userName, ...organisationNames].filter(
    (name) => name !== undefined,
  );
  const verdict = bannedWords.judge(password, names);
  return verdict.kind === 'accepted' ? PASS : fail({ kind: 'guessable', why: verdict.why });
}

function judgeBreach(breach: BreachAnswer): Finding {
  switch (breach.kind) {
    case 'answered':
      return breach.timesSeen === 0 ? PASS : fail({ kind: 'seen-elsewhere', times: breach.timesSeen });
    case 'unusable':
      return cannotTell('breach-list-unusable');
    case 'no-list':
      return cannotTell('no-breach-list');
  }
}
