// The directory's own rules, judged beforehand by the effective policy of the account: length, complexity, names, age, history.
// Pure. Says "cannot tell" wherever the directory alone knows, or where it is not known that it applies the rule at all.

import {
  CHARACTER_KINDS_MIN,
  characterKinds,
  containedNames,
  missingKinds,
  nameParts,
} from '../../protocol/password-complexity.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import { type CheckedRule, cannotTell, type Finding, fail, PASS } from './rule-verdicts.js';

export const DIRECTORY_RULES = [
  'too-short',
  'not-complex',
  'contains-name',
  'too-young',
  'in-history',
] as const satisfies readonly CheckedRule[];

export type DirectoryRule = (typeof DIRECTORY_RULES)[number];

/** `must-change`: pwdLastSet is 0, and a minimum age means nothing. */
export type PasswordAge =
  | { readonly kind: 'set'; readonly ageMs: number }
  | { readonly kind: 'must-change' }
  | { readonly kind: 'unknown' };

export interface DirectoryRuleFacts {
  /** In NFC, admitted. */
  readonly password: string;
  /** Administrative replacement, or the person's own with the old one. */
  readonly operation: 'reset' | 'change';
  readonly account: { readonly samAccountName: string; readonly displayName: string };
  /** The policy that counts for this account; undefined when none could be read. */
  readonly policy: PasswordPolicy | undefined;
  readonly passwordAge: PasswordAge;
}

export function judgeByDirectoryRules(facts: DirectoryRuleFacts): Readonly<Record<DirectoryRule, Finding>> {
  const { password, account, policy } = facts;
  // A fine-grained policy that may not be read can be stricter or looser than the domain's: the domain's says nothing then.
  if (policy === undefined || policy.source === 'fine-grained-unreadable') return ALL_UNREADABLE;
  return {
    'too-short': judgeLength(password, policy),
    'not-complex': policy.mustBeComplex ? judgeKinds(password) : PASS,
    'contains-name': policy.mustBeComplex ? judgeNames(password, nameParts(account)) : PASS,
    'too-young': judgeAge(facts, policy),
    'in-history': judgeHistory(facts, policy),
  };
}

const UNREADABLE = cannotTell('policy-unreadable');
const ALL_UNREADABLE: Readonly<Record<DirectoryRule, Finding>> = {
  'too-short': UNREADABLE,
  'not-complex': UNREADABLE,
  'contains-name': UNREADABLE,
  'too-young': UNREADABLE,
  'in-history': UNREADABLE,
};

/** In UTF-16 code units, as MS-SAMR 3.1.1.7.2 counts characters. */
function judgeLength(password: string, { lengthMin }: PasswordPolicy): Finding {
  return password.length >= lengthMin ? PASS : fail({ kind: 'length-at-least', units: lengthMin });
}

function judgeKinds(password: string): Finding {
  if (characterKinds(password).length >= CHARACTER_KINDS_MIN) return PASS;
  return fail({ kind: 'more-kinds', atLeast: CHARACTER_KINDS_MIN, missing: missingKinds(password) });
}

// @NOTE Samba 4.17 looks for no names: there a password that fails here is accepted all the same. Hence audit by default.
function judgeNames(password: string, parts: readonly string[]): Finding {
  const names = containedNames(password, parts);
  return names.length === 0 ? PASS : fail({ kind: 'names', names });
}

function judgeAge({ operation, passwordAge }: DirectoryRuleFacts, policy: PasswordPolicy): Finding {
  const { ageMinMs, historyOnReset } = policy;
  if (ageMinMs === 0) return PASS;
  if (operation === 'reset' && historyOnReset === 'not-enforced') return cannotTell('not-enforced-on-reset');
  if (passwordAge.kind === 'must-change') return PASS;
  if (passwordAge.kind === 'unknown') return cannotTell('age-unknown');
  const waitMs = ageMinMs - passwordAge.ageMs;
  if (waitMs <= 0) return PASS;
  // MS-ADTS 3.1.1.3.4.1.27 speaks of history only; Samba's tests and administrators' reports have age held to as well.
  return operation === 'reset' ? cannotTell('unclear-on-reset') : fail({ kind: 'wait', waitMs });
}

function judgeHistory({ operation }: DirectoryRuleFacts, { historyLength, historyOnReset }: PasswordPolicy): Finding {
  if (historyLength === 0) return PASS;
  const isApplied = operation === 'change' || historyOnReset === 'enforced';
  return cannotTell(isApplied ? 'only-the-directory-knows' : 'not-enforced-on-reset');
}
