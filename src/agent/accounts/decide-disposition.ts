// Decides what may be done to an account: the directory's facts against the agent's own rules. Pure: same inputs, same answer.
// The front door may narrow this, never widen it. Knows nothing of LDAP, sockets or what the front door asked for.

import type { ContactReason, Disposition, OperationAllowance } from '../../protocol/dispositions.js';
import { isoInstant } from '../../timing/clock.js';
import type { AccountAnchor, DirectoryAccount } from '../directory/directory-account.js';
import { isTextWithin } from '../directory/distinguished-name.js';
import { judgeManaged, type ManagedRules } from './judge-managed.js';
import { signsInAs } from './signs-in-as.js';

/** What the agent's administrator allows. The defaults of the settings allow nothing. */
export interface WriteBackRules {
  /** Whom all else is about. */
  readonly managed: ManagedRules;
  readonly isOn: boolean;
  readonly operations: {
    readonly reset: boolean;
    readonly unlock: boolean;
    readonly change: boolean;
    readonly signIn: boolean;
  };
  /** Accounts at or below one of these may be written to. None: nobody. */
  readonly scopeBases: readonly string[];
  /** At or below one of these they may not, although they are in scope. */
  readonly excludedBases: readonly string[];
  /** Accounts that are never written to, wherever they are: the agent's own service account first of all. */
  readonly excludedIdentities: readonly AccountAnchor[];
  /** The same by the names that service accounts sign in with: a DN, a UPN or DOMAIN\\name. */
  readonly excludedSignInNames: readonly string[];
}

/** One thing that closes an account to write-back, and what it rests on. */
export interface DispositionCheck {
  readonly fact: string;
  readonly value: string;
  /** What follows if the check holds; undefined when it does not. */
  readonly reason: ContactReason | undefined;
}

/** The first check that holds decides, in the order of CONTACT_REASONS. Throws MalformedDistinguishedName on a bad rule. */
export function decideDisposition(account: DirectoryAccount, rules: WriteBackRules, nowMs: number): Disposition {
  if (judgeManaged(account, rules.managed).kind === 'left-out') return { kind: 'not-managed-here' };
  const reason = checkAccount(account, rules, nowMs).find((check) => check.reason !== undefined)?.reason;
  if (reason !== undefined) return { kind: 'contact-administrator', reason };
  return {
    kind: 'write-back',
    reset: allowedIf(rules.operations.reset),
    change: allowedIf(rules.operations.change),
    unlock:
      rules.operations.unlock && !account.state.isLocked ? closed('not-locked') : allowedIf(rules.operations.unlock),
    signIn: allowedIf(rules.operations.signIn),
  };
}

/** Every check with what it saw, in the order in which they decide. */
export function checkAccount(account: DirectoryAccount, rules: WriteBackRules, nowMs: number): DispositionCheck[] {
  const { state } = account;
  const scope = baseAround(account.distinguishedName, rules.scopeBases);
  const excluded = baseAround(account.distinguishedName, rules.excludedBases);
  const isExcluded =
    rules.excludedIdentities.includes(account.identity) ||
    rules.excludedSignInNames.some((name) => signsInAs(account, name));
  const expiresAtMs = state.accountExpiresAtMs;
  const hasExpired = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  return [
    check('write-back is turned on', rules.isOn, !rules.isOn && 'write-back-off'),
    check('within the write-back scope', scope ?? false, scope === undefined && 'outside-write-back-scope'),
    check('excluded from the scope', excluded ?? false, excluded !== undefined && 'outside-write-back-scope'),
    check('an account the agent never writes to', isExcluded, isExcluded && 'protected-account'),
    check('protected by the directory', state.isProtected, state.isProtected && 'protected-account'),
    check('disabled', state.isDisabled, state.isDisabled && 'disabled'),
    check('account expires', instantOr('never', expiresAtMs), hasExpired && 'account-expired'),
    check('cannot change password', state.cannotChangePassword, state.cannotChangePassword && 'cannot-change-password'),
    check('smart card required', state.isSmartcardRequired, state.isSmartcardRequired && 'smartcard-required'),
    check('a service or trust account', state.isServiceOrTrust, state.isServiceOrTrust && 'service-or-trust-account'),
  ];
}

function check(fact: string, value: boolean | string, reason: ContactReason | false): DispositionCheck {
  return { fact, value: typeof value === 'string' ? value : yesOrNo(value), reason: reason || undefined };
}

/** The first base that holds the name, as it was configured. */
function baseAround(name: string, bases: readonly string[]): string | undefined {
  return bases.find((base) => isTextWithin(name, base));
}

function allowedIf(isEnabled: boolean): OperationAllowance {
  return isEnabled ? { kind: 'allowed' } : closed('not-enabled');
}

function closed(reason: Extract<OperationAllowance, { kind: 'closed' }>['reason']): OperationAllowance {
  return { kind: 'closed', reason };
}

export function yesOrNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

function instantOr(otherwise: string, epochMs: number | undefined): string {
  return epochMs === undefined ? otherwise : isoInstant(epochMs);
}
