// What a write that was answered means to whoever asked: the directory's answer as an outcome, with the rule that refused it named
// where that can be known. Asks the password rules again only for a refusal that names none.

import { assertNever } from '../../failure/assert.js';
import type { DirectoryEvidence, PolicyRule, ResetOutcome } from '../../protocol/outcomes.js';
import type { Clock } from '../../timing/clock.js';
import { startDeadline } from '../../timing/waits.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { AccountChange, WriteIntent, WriteResult } from '../directory/ports.js';
import type { PasswordRules } from './password-rules.js';

/** Reading the policy again must not make anybody wait for an answer that is known but for its reason. */
const NAMING_MS = 5_000;
/** As many rules as an outcome carries. */
const RULES_MAX = 8;

export interface NamingDeps {
  readonly clock: Clock;
  readonly passwordRules: PasswordRules;
}

export async function outcomeOfWrite(
  deps: NamingDeps,
  { account, historyOnReset }: Pick<WriteIntent, 'account' | 'historyOnReset'>,
  change: AccountChange,
  result: Exclude<WriteResult, { kind: 'answer-lost' }>,
): Promise<ResetOutcome> {
  switch (result.kind) {
    case 'applied':
      return isReset(change) && historyOnReset === 'not-enforced'
        ? { kind: 'done', settledBy: 'answer', history: historyOnReset }
        : { kind: 'done', settledBy: 'answer' };
    case 'refused-by-policy':
      return refused(await namedRules(deps, account, change, result.rules), result.evidence);
    case 'refused-after-throw-away':
      return {
        ...refused(await namedRules(deps, account, change, result.rules), result.evidence),
        hasReplacedOldPassword: true,
      };
    case 'wrong-password':
    case 'account-locked':
    case 'not-permitted':
      return { kind: result.kind, evidence: result.evidence };
    case 'contact-administrator':
      return { kind: result.kind, reason: result.reason };
    case 'agent-fault':
      return result;
    case 'no-such-account':
      return { kind: 'no-such-account' };
    case 'not-sent':
      return { kind: 'try-later', reason: 'directory-unreachable' };
    default:
      return assertNever(result);
  }
}

function isReset({ kind }: AccountChange): boolean {
  return kind === 'reset' || kind === 'reset-after-compromise';
}

async function namedRules(
  { clock, passwordRules }: NamingDeps,
  account: DirectoryAccount,
  change: AccountChange,
  said: readonly PolicyRule[],
): Promise<readonly PolicyRule[]> {
  const named = said.filter((rule) => rule !== 'some-directory-rule');
  if (named.length > 0 || change.kind === 'unlock') return named;
  using deadline = startDeadline({ clock, deadlineMs: NAMING_MS, what: 'the rule that was meant', signal: NEVER });
  const operation = change.kind === 'change' ? 'change' : 'reset';
  return passwordRules.meantBy(said, { operation, account, password: change.password }, deadline.signal);
}

function refused(rules: readonly PolicyRule[], evidence: DirectoryEvidence | undefined) {
  const told: PolicyRule[] = rules.length === 0 ? ['some-directory-rule'] : rules.slice(0, RULES_MAX);
  return { kind: 'refused-by-policy' as const, rules: told, evidence };
}

// The answer is known by now: only the deadline ends the search for its reason.
const NEVER = new AbortController().signal;
