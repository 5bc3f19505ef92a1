// Where a directory only answers "one of my rules" (0000052D on Windows): which rules of the effective policy this password fails,
// and, when it fails none that can be seen, which may have been it. Pure. Names no rule that is not known to fail.

import type { PolicyRule } from '../../protocol/outcomes.js';
import {
  DIRECTORY_RULES,
  type DirectoryRule,
  type DirectoryRuleFacts,
  judgeByDirectoryRules,
} from './directory-rules.js';
import { type CannotTellWhy, CHECKED_RULES } from './rule-verdicts.js';

/** A rule that may have been it. `password-filter`: a program on the domain controller that nobody outside can see into. */
export type Suspect =
  | { readonly rule: DirectoryRule; readonly why: CannotTellWhy }
  | { readonly rule: 'password-filter'; readonly why: 'only-the-directory-knows' };

export interface NamedRules {
  /** Known to fail, in the order they are told. */
  readonly failing: readonly PolicyRule[];
  /** Empty when something is known to fail: it is reason enough, and nobody is sent after what may be nothing. */
  readonly suspects: readonly Suspect[];
}

/** `said`: the rules the directory named by itself, as Samba does in words; they are believed, and nothing is judged again. */
export function nameFailingRules(facts: DirectoryRuleFacts & { readonly said: readonly PolicyRule[] }): NamedRules {
  const said = CHECKED_RULES.filter((rule) => facts.said.includes(rule));
  if (said.length > 0) return { failing: said, suspects: [] };
  const findings = judgeByDirectoryRules(facts);
  const failing = DIRECTORY_RULES.filter((rule) => findings[rule].kind === 'fail');
  if (failing.length > 0) return { failing, suspects: [] };
  const suspects = DIRECTORY_RULES.flatMap((rule): Suspect[] => {
    const finding = findings[rule];
    // What the domain controller does not hold a reset to cannot have refused it.
    if (finding.kind !== 'cannot-tell' || finding.why === 'not-enforced-on-reset') return [];
    return [{ rule, why: finding.why }];
  });
  return { failing, suspects: [...suspects, { rule: 'password-filter', why: 'only-the-directory-knows' }] };
}

/**
 * What to say: the rules known to fail; else "some rule of the directory". A password known to be younger than the minimum age is
 * told beside that, since then every password may be refused and trying others is no help.
 */
export function rulesToTell({ failing, suspects }: NamedRules): PolicyRule[] {
  if (failing.length > 0) return [...failing];
  const isYoung = suspects.some(({ rule, why }) => rule === 'too-young' && why === 'unclear-on-reset');
  return isYoung ? ['too-young', 'some-directory-rule'] : ['some-directory-rule'];
}
