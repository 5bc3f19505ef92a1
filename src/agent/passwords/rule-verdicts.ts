// What our rules say of one password: one verdict for every rule, and from them what refuses it and what is only told.
// Pure. NOTHING of a `detail` is for logs, journals, the ledger or the front door: each says something of what the password holds or
// lacks, and is for the person who typed it; what `explanationOf` makes of one leaves here sealed for them. `rule`, `mode`, `kind` and `why`
// are public.

import type { PolicyRule } from '../../protocol/outcomes.js';
import type { CharacterKind } from '../../protocol/password-complexity.js';
import type { PasswordTextFault } from '../../protocol/password-text.js';
import type { PasswordExplanation } from '../../protocol/sealed-explanation.js';
import type { GuessableWhy } from './banned-words.js';

/** Every rule a password is held to, in the order they are told: PolicyRule without "some rule of the directory". */
export const CHECKED_RULES = [
  'inadmissible-characters',
  'too-short',
  'too-long',
  'not-complex',
  'contains-name',
  'banned-word',
  'breached',
  'too-young',
  'in-history',
] as const satisfies readonly PolicyRule[];

export type CheckedRule = (typeof CHECKED_RULES)[number];

/** `audit`: told, and nothing is refused for it. `off`: not even looked at. */
export type RuleMode = 'off' | 'audit' | 'enforce';

/** Whether a text can be a password at all is no matter of choice: on Samba a NUL locks its owner out. */
export type RuleModes = Readonly<Record<Exclude<CheckedRule, 'inadmissible-characters' | 'too-long'>, RuleMode>>;

/** Our own rules refuse; the directory's are told, since it refuses by itself and may know better (Samba looks for no names). */
export const DEFAULT_RULE_MODES: RuleModes = {
  'too-short': 'audit',
  'not-complex': 'audit',
  'contains-name': 'audit',
  'banned-word': 'enforce',
  breached: 'enforce',
  'too-young': 'audit',
  'in-history': 'audit',
};

/** What exactly is wrong. Never a part of the password but a list's term or a name that it contains. For the person's eyes only. */
export type FailDetail =
  | { readonly kind: 'text'; readonly fault: PasswordTextFault | 'storage-scheme' }
  | { readonly kind: 'length-at-least'; readonly units: number }
  | { readonly kind: 'length-at-most'; readonly units: number }
  | { readonly kind: 'more-kinds'; readonly atLeast: number; readonly missing: readonly CharacterKind[] }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'guessable'; readonly why: GuessableWhy }
  | { readonly kind: 'seen-elsewhere'; readonly times: number }
  | { readonly kind: 'wait'; readonly waitMs: number };

/** Why nobody but the directory, or nobody at all, can tell beforehand. Public. */
export const CANNOT_TELL_WHYS = [
  /** Old passwords never leave the directory. */
  'only-the-directory-knows',
  /** The domain controller does not hold a reset to it. */
  'not-enforced-on-reset',
  /** It holds a reset to history; documents disagree whether also to this. */
  'unclear-on-reset',
  /** A policy counts that the service account may not read, or none could be read. */
  'policy-unreadable',
  /** When the password was last set is not known. */
  'age-unknown',
  /** The text can be no password; nothing else was looked at. */
  'text-not-admitted',
  'no-breach-list',
  'breach-list-unusable',
  'switched-off',
] as const;

export type CannotTellWhy = (typeof CANNOT_TELL_WHYS)[number];

export type Finding =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly detail: FailDetail }
  | { readonly kind: 'cannot-tell'; readonly why: CannotTellWhy };

export type RuleVerdict = { readonly rule: CheckedRule; readonly mode: RuleMode } & Finding;
export type FailedRule = Extract<RuleVerdict, { kind: 'fail' }>;

export const PASS: Finding = { kind: 'pass' };
export const fail = (detail: FailDetail): Finding => ({ kind: 'fail', detail });
export const cannotTell = (why: CannotTellWhy): Finding => ({ kind: 'cannot-tell', why });

/** What cannot be told never refuses: a list that is away must not keep everybody from a new password. */
export function decidePassword(verdicts: readonly RuleVerdict[]): {
  readonly refusedFor: readonly FailedRule[];
  readonly told: readonly FailedRule[];
} {
  const failed = verdicts.filter((verdict) => verdict.kind === 'fail');
  return {
    refusedFor: failed.filter(({ mode }) => mode === 'enforce'),
    told: failed.filter(({ mode }) => mode === 'audit'),
  };
}

/** The rules as an outcome names them, each once. A name found by the rule on banned words is told as a name. */
export function policyRulesOf(failed: readonly FailedRule[]): PolicyRule[] {
  return [...new Set(failed.map(({ rule, detail }) => (isNameIn(detail) ? 'contains-name' : rule)))];
}

/** As many words as a sentence bears. */
const EXPLAINED_WORDS_MAX = 5;

/** Which word it was, for the person; undefined where the rule says it all. */
export function explanationOf(failed: readonly FailedRule[]): PasswordExplanation | undefined {
  const [why] = failed.flatMap(({ detail }) => (detail.kind === 'guessable' ? [detail.why] : []));
  if (why === undefined) return undefined;
  if (why.kind === 'name') return { kind: 'name', words: [why.name] };
  const terms = why.kind === 'nearly-a-term' ? [why.term] : why.terms;
  if (terms.length === 0) return { kind: 'short', words: [] };
  const isOwn = terms.some(({ list }) => list === 'custom');
  return { kind: isOwn ? 'banned' : 'common', words: terms.slice(0, EXPLAINED_WORDS_MAX).map(({ term }) => term) };
}

function isNameIn(detail: FailDetail): boolean {
  return detail.kind === 'guessable' && detail.why.kind === 'name';
}
