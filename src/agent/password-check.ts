// `drawbridge agent password-check`: every rule for one person's next password, with pass, fail or cannot tell. Wiring and words.
// Reads only. The report is for whoever typed the password: it says what is in it, so it is printed and never logged.

import type { PasswordPolicy } from '../protocol/password-policy.js';
import type { DirectoryAccount } from './directory/directory-account.js';
import type { OwnPasswordRules } from './own-password-rules.js';
import { decidePassword, policyRulesOf, type RuleVerdict } from './passwords/rule-verdicts.js';
import { sayVerdict } from './passwords/say-verdict.js';

export interface PasswordReport {
  /** `refused`: by a rule of ours that is enforced. The directory has the last word on what is accepted here. */
  readonly verdict: 'accepted' | 'refused';
  readonly refusedFor: readonly string[];
  readonly policy: PasswordPolicy | undefined;
  readonly rules: readonly (RuleVerdict & { readonly says: string })[];
}

export async function reportOnPassword(
  rules: OwnPasswordRules,
  account: DirectoryAccount,
  password: Uint8Array,
  signal: AbortSignal,
): Promise<PasswordReport> {
  const policy = await rules.readPolicy(account, signal);
  const verdicts = await rules.check({ operation: 'reset', account, password }, policy, signal);
  const refusedFor = policyRulesOf(decidePassword(verdicts).refusedFor);
  return {
    verdict: refusedFor.length === 0 ? 'accepted' : 'refused',
    refusedFor,
    policy,
    rules: verdicts.map((verdict) => ({ ...verdict, says: sayVerdict(verdict) })),
  };
}

/** Lines for a terminal: a rule a line, then what follows. */
export function renderPasswordReport({ verdict, refusedFor, rules }: PasswordReport): string[] {
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  const lines = rules.map(({ rule, kind, mode, says }) => {
    const line = `${MARKS[kind].padEnd(11)}  ${mode.padEnd(7)}  ${rule.padEnd(width)}  ${says}`;
    return line.trimEnd();
  });
  return [
    ...lines,
    '',
    verdict === 'accepted'
      ? 'No rule that is enforced here refuses it. The directory has the last word.'
      : `Refused here, before the directory is asked: ${refusedFor.join(', ')}.`,
  ];
}

const MARKS: Readonly<Record<RuleVerdict['kind'], string>> = {
  pass: 'pass',
  fail: 'FAIL',
  'cannot-tell': 'cannot tell',
};
