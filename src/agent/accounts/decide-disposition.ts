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
  if (judgeManaged(account, rules.managed).kind === 'left-out') return NOT_MANAGED_HERE;
  const looked: Looked = { account, rules, nowMs };
  for (const { holds, reason } of CHECKS) if (holds(looked)) return contactFor(reason);
  return openFor(account, rules.operations);
}

/** Every check with what it saw, in the order in which they decide. */
export function checkAccount(account: DirectoryAccount, rules: WriteBackRules, nowMs: number): DispositionCheck[] {
  const looked: Looked = { account, rules, nowMs };
  return CHECKS.map(({ fact, saw, holds, reason }) => {
    const value = saw(looked);
    const told = typeof value === 'string' ? value : yesOrNo(value ?? false);
    return { fact, value: told, reason: holds(looked) ? reason : undefined };
  });
}

interface Looked {
  readonly account: DirectoryAccount;
  readonly rules: WriteBackRules;
  readonly nowMs: number;
}

interface Check {
  readonly fact: string;
  readonly saw: (looked: Looked) => boolean | string | undefined;
  /** Whether it closes the account. */
  readonly holds: (looked: Looked) => boolean;
  readonly reason: ContactReason;
}

const CHECKS: readonly Check[] = [
  {
    fact: 'write-back is turned on',
    saw: ({ rules }) => rules.isOn,
    holds: ({ rules }) => !rules.isOn,
    reason: 'write-back-off',
  },
  {
    fact: 'within the write-back scope',
    saw: ({ account, rules }) => baseAround(account.distinguishedName, rules.scopeBases),
    holds: ({ account, rules }) => baseAround(account.distinguishedName, rules.scopeBases) === undefined,
    reason: 'outside-write-back-scope',
  },
  {
    fact: 'excluded from the scope',
    saw: ({ account, rules }) => baseAround(account.distinguishedName, rules.excludedBases),
    holds: ({ account, rules }) => baseAround(account.distinguishedName, rules.excludedBases) !== undefined,
    reason: 'outside-write-back-scope',
  },
  { fact: 'an account the agent never writes to', saw: isExcluded, holds: isExcluded, reason: 'protected-account' },
  standing('protected by the directory', 'isProtected', 'protected-account'),
  standing('a critical system object', 'isSystemObject', 'protected-account'),
  standing('disabled', 'isDisabled', 'disabled'),
  {
    fact: 'account expires',
    saw: ({ account }) => instantOr('never', account.state.accountExpiresAtMs),
    holds: ({ account: { state }, nowMs }) =>
      state.accountExpiresAtMs !== undefined && state.accountExpiresAtMs <= nowMs,
    reason: 'account-expired',
  },
  standing('cannot change password', 'cannotChangePassword', 'cannot-change-password'),
  standing('smart card required', 'isSmartcardRequired', 'smartcard-required'),
  standing('a service or trust account', 'isServiceOrTrust', 'service-or-trust-account'),
];

type Standing =
  | 'isProtected'
  | 'isSystemObject'
  | 'isDisabled'
  | 'cannotChangePassword'
  | 'isSmartcardRequired'
  | 'isServiceOrTrust';

/** What the directory itself says of the account. */
function standing(fact: string, state: Standing, reason: ContactReason): Check {
  const isSo = ({ account }: Looked) => account.state[state];
  return { fact, saw: isSo, holds: isSo, reason };
}

function isExcluded({ account, rules }: Looked): boolean {
  return (
    rules.excludedIdentities.includes(account.identity) ||
    rules.excludedSignInNames.some((name) => signsInAs(account, name))
  );
}

/** The first base that holds the name, as it was configured. */
function baseAround(name: string, bases: readonly string[]): string | undefined {
  return bases.find((base) => isTextWithin(name, base));
}

// Made once and frozen: a pass decides a million accounts, and they share these few.

const NOT_MANAGED_HERE: Disposition = Object.freeze({ kind: 'not-managed-here' });
const ALLOWED: OperationAllowance = Object.freeze({ kind: 'allowed' });
const NOT_ENABLED: OperationAllowance = Object.freeze({ kind: 'closed', reason: 'not-enabled' });
const NOT_LOCKED: OperationAllowance = Object.freeze({ kind: 'closed', reason: 'not-locked' });

const contacts = new Map<ContactReason, Disposition>();

function contactFor(reason: ContactReason): Disposition {
  return once(contacts, reason, () => ({ kind: 'contact-administrator', reason }));
}

const open = new Map<number, Disposition>();

function openFor(
  { state }: DirectoryAccount,
  { reset, change, unlock, signIn }: WriteBackRules['operations'],
): Disposition {
  const which = [reset, change, unlock, signIn, state.isLocked].reduce((bits, isSo) => bits * 2 + (isSo ? 1 : 0), 0);
  return once(open, which, () => ({
    kind: 'write-back',
    reset: allowedIf(reset),
    change: allowedIf(change),
    unlock: unlock && !state.isLocked ? NOT_LOCKED : allowedIf(unlock),
    signIn: allowedIf(signIn),
  }));
}

/** Of as many as there are reasons, or combinations of what is allowed. */
function once<Key>(made: Map<Key, Disposition>, key: Key, make: () => Disposition): Disposition {
  const known = made.get(key) ?? Object.freeze(make());
  made.set(key, known);
  return known;
}

function allowedIf(isEnabled: boolean): OperationAllowance {
  return isEnabled ? ALLOWED : NOT_ENABLED;
}

export function yesOrNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

function instantOr(otherwise: string, epochMs: number | undefined): string {
  return epochMs === undefined ? otherwise : isoInstant(epochMs);
}
