// Says why an account's disposition is what it is: every fact it rests on, in the order in which they decide, and what
// followed from each. For `drawbridge agent explain`. Pure; a value first, its rendering to lines after.

import { assertNever } from '../../failure/assert.js';
import type { Disposition, OperationAllowance } from '../../protocol/dispositions.js';
import { phoneNumberIn } from '../../protocol/phone-number.js';
import type { ToldGroups } from '../../protocol/told-groups.js';
import { printable } from '../../terminal/printable.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import { checkAccount, decideDisposition, type WriteBackRules, yesOrNo } from './decide-disposition.js';
import { judgeManaged, type ManagedVerdict } from './judge-managed.js';
import { type ToldGroup, toldGroupsOf } from './told-groups.js';

export interface ExplainedFact {
  readonly fact: string;
  readonly value: string;
  /** What follows from it; undefined when it changes nothing. */
  readonly consequence: string | undefined;
}

export interface Explanation {
  readonly disposition: Disposition;
  readonly facts: readonly ExplainedFact[];
}

/** Every fact the disposition rests on. Only the first consequence counts; later ones would follow if it were gone. */
export function explainDisposition(
  account: DirectoryAccount,
  rules: WriteBackRules & { readonly told?: readonly ToldGroup[] },
  nowMs: number,
): Explanation {
  const { state } = account;
  const disposition = decideDisposition(account, rules, nowMs);
  const managed = judgeManaged(account, rules.managed);
  const checks = checkAccount(account, rules, nowMs);
  // Of whoever is not managed here nothing else decides.
  const decisive = managed.kind === 'left-out' ? undefined : checks.findIndex((check) => check.reason !== undefined);
  return {
    disposition,
    facts: [
      fact('directory', account.directoryId),
      fact('account', account.distinguishedName),
      fact('anchor', account.anchor),
      fact('signs in as', `${account.domainName}\\${account.samAccountName}`),
      fact('user principal name', account.userPrincipalName ?? 'none'),
      fact('addresses', listed(account.mail)),
      fact('addresses for codes', listed(account.resetMail)),
      fact('phones for codes', phonesInWords(account.resetPhones)),
      ...toldFacts(toldGroupsOf(account, rules.told ?? [])),
      managedFact(managed),
      ...checks.map(({ fact: name, value, reason }, at) =>
        fact(name, value, reason && consequenceOf(reason, at === decisive)),
      ),
      fact('resetting is turned on', yesOrNo(rules.operations.reset)),
      fact('unlocking is turned on', yesOrNo(rules.operations.unlock)),
      fact('changing by the current password is turned on', yesOrNo(rules.operations.change)),
      fact('signing in here is turned on', yesOrNo(rules.operations.signIn)),
      fact('locked', yesOrNo(state.isLocked)),
      fact('must change password at next sign-in', yesOrNo(state.mustChange)),
      fact('password has expired', yesOrNo(state.isPasswordExpired)),
    ],
  };
}

/** Lines for a terminal: the facts in two columns, then the answer. Control characters of the directory are shown escaped. */
export function renderExplanation({ disposition, facts }: Explanation): string[] {
  const width = Math.max(...facts.map(({ fact: name }) => name.length));
  const lines = facts.map(({ fact: name, value, consequence }) => {
    const line = `${name.padEnd(width)}  ${printable(value)}`;
    return consequence === undefined ? line : `${line}  → ${consequence}`;
  });
  return [...lines, '', ...dispositionLines(disposition)];
}

function dispositionLines(disposition: Disposition): string[] {
  switch (disposition.kind) {
    case 'write-back':
      return [
        'write-back',
        `  reset    ${allowanceText(disposition.reset)}`,
        `  change   ${allowanceText(disposition.change)}`,
        `  unlock   ${allowanceText(disposition.unlock)}`,
        `  sign-in  ${allowanceText(disposition.signIn)}`,
      ];
    case 'contact-administrator':
    case 'try-later':
      return [`${disposition.kind}: ${disposition.reason}`];
    case 'not-managed-here':
      return [disposition.kind];
    default:
      return assertNever(disposition);
  }
}

function managedFact({ kind, because }: ManagedVerdict): ExplainedFact {
  const value = `${yesOrNo(kind === 'managed')}, since ${because}`;
  return fact('managed here', value, kind === 'left-out' ? 'not-managed-here' : undefined);
}

/** Of whom nothing is told, nothing is said. */
function toldFacts(told: ToldGroups | undefined): ExplainedFact[] {
  if (told === undefined) return [];
  return [fact('told to be in', listed(told.in)), fact('told not to be in', listed(told.notIn))];
}

function allowanceText(allowance: OperationAllowance): string {
  return allowance.kind === 'allowed' ? 'allowed' : `closed: ${allowance.reason}`;
}

function consequenceOf(reason: string, isDecisive: boolean): string {
  return isDecisive ? reason : `${reason} (would follow)`;
}

function fact(name: string, value: string, consequence?: string): ExplainedFact {
  return { fact: name, value, consequence };
}

/** What is left out is the one thing an administrator cannot see on the page. */
function phonesInWords(texts: readonly string[]): string {
  return listed(texts.map((text) => phoneNumberIn(text) ?? `${text} (left out: no + and country code)`));
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}
