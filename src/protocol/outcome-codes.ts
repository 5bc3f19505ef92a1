// Every way an operation can end as a stable code with an event number, and what it means for the help desk and for whoever runs
// the directory and the agent. What the person is told is the pages' (front-door/pages/outcome-words). docs/outcomes.md is written
// from this catalogue; a code or a number that was given out is never given to anything else. Pure. Long because it is one catalogue:
// split, it could not be read through.

import type { ContactReason, TryLaterReason } from './dispositions.js';
import type { AgentFaultReason, PolicyRule, ResetOutcome, ResetOutcomeKind } from './outcomes.js';

/** How much attention an event deserves: nothing to do; worth knowing; somebody has to act. */
export type OutcomeSeverity = 'information' | 'warning' | 'error';

export interface OutcomeMeaning {
  /** As event logs and monitoring know it: 1… done, 2… the new password, 3… the person's side, 4… left to the administrator, 5… the set-up, 6… the command, 7… not known. */
  readonly eventNumber: number;
  readonly severity: OutcomeSeverity;
  readonly helpDesk: string;
  readonly administrator: string;
}

const event = (eventNumber: number, severity: OutcomeSeverity, helpDesk: string, administrator: string) => ({
  eventNumber,
  severity,
  helpDesk,
  administrator,
});

export const OUTCOME_MEANINGS = {
  done: event(
    1001,
    'information',
    'The directory took it. Nothing else is needed; a computer that is away may ask for the old password once more.',
    'The directory answered that the write was applied; of a sign-in, that the password is right.',
  ),
  'done-found-by-reading-back': event(
    1002,
    'information',
    'It was done. The answer got lost on its way, so the account was looked at afterwards.',
    'The connection broke between request and answer; the account, read back on the same server, shows the write. If this happens often, look at the network and the load between agent and directory.',
  ),
  'done-without-history': event(
    1003,
    'information',
    'The directory took it. The person may have chosen a password they had before: this directory does not check that on a reset.',
    'The write was applied. History is not enforced on this domain controller: it offers no policy hints control (1.2.840.113556.1.4.2239 or …2066), so a reset may repeat an earlier password.',
  ),
  'done-must-change': event(
    1004,
    'information',
    'Their password is right and was given to them to be used once: they have to choose one of their own first.',
    'Of a sign-in: the directory told that the password is right and must be changed (773, or changeAfterReset of the password policy control).',
  ),
  'done-password-expired': event(
    1005,
    'information',
    'Their password is right and has expired: they have to choose another one first.',
    'Of a sign-in: the directory told that the password is right and its time over (532, or passwordExpired of the password policy control). Where it has grace logins, one may have been used.',
  ),

  'password-too-short': event(
    2001,
    'information',
    'Their new password was too short. They may try another at once.',
    'The password is shorter than the policy that applies to the account demands.',
  ),
  'password-too-long': event(
    2002,
    'information',
    'Their new password was too long. They may try another at once.',
    'The password is longer than the directory or this product takes (127 UTF-16 units).',
  ),
  'password-not-complex': event(
    2003,
    'information',
    'Their new password has too few kinds of characters. They may try another at once.',
    'The password meets too few character categories (MS-SAMR 3.1.1.7.2, or the server’s own syntax rules).',
  ),
  'password-contains-name': event(
    2004,
    'information',
    'Their new password contains their name or username. They may try another at once.',
    'The password contains the account’s name or a part of the display name.',
  ),
  'password-in-history': event(
    2005,
    'information',
    'They have had this password before. They may try another at once.',
    'The password is among those that the directory remembers for the account.',
  ),
  'password-too-young': event(
    2006,
    'warning',
    'Their password was changed too short a while ago to be changed again. An administrator can reset it in the directory itself.',
    'The minimum password age has not passed for this account. It gets in the way of every second reset: consider 0 for people who reset here.',
  ),
  'password-inadmissible-characters': event(
    2007,
    'information',
    'Their new password contains a character that the directory cannot take. They should type it on an ordinary keyboard.',
    'A control character, a lone surrogate, an invisible character, or text that could be taken for a stored hash.',
  ),
  'password-banned-word': event(
    2008,
    'information',
    'Their new password is too easily guessed: it is built on a common word, a pattern, or their organisation’s words.',
    'Refused by this product’s own rule on banned words (docs/password-rules.md), by the shipped list or the tenant’s own.',
  ),
  'password-breached': event(
    2009,
    'information',
    'Their new password is known from breaches elsewhere. They must not use it anywhere.',
    'Refused by the offline list of breached passwords (docs/password-rules.md).',
  ),
  'password-refused-by-some-rule': event(
    2010,
    'information',
    'The directory refused the new password and does not say why: one they had before, a part of their name, or a rule of its own. Something quite different usually works.',
    'The directory named no rule, and what can be checked from here passes: history, or a password filter on the server, remains.',
  ),
  'password-refused-by-several-rules': event(
    2011,
    'information',
    'Their new password breaks several rules, which the page lists. They may try another at once.',
    'More than one rule, named in the outcome.',
  ),
  'password-refused-after-replacing': event(
    2012,
    'error',
    'Nobody knows the password in force now: the old one was replaced and the new one refused. Have them try again with another password straight away.',
    'A reset after a compromise is two writes; the throw-away one was applied, the chosen one refused. The earlier password may go on working for up to an hour (OldPasswordAllowedPeriod) until another reset succeeds.',
  ),

  'wrong-current-password': event(
    3001,
    'information',
    'The current password they typed is not right. If they have forgotten it, they need a reset, not a change.',
    'The directory refused the current password of a change, or the password of a sign-in, and counted a failed attempt.',
  ),
  'account-locked': event(
    3002,
    'information',
    'The account is locked, so its password cannot be changed, and nobody can sign in with it. Unlock it, or let them reset it.',
    'The directory takes neither a change nor a sign-in from a locked account; where the lock is known beforehand, neither is tried.',
  ),
  'no-such-account': event(
    3003,
    'warning',
    'The account is not there any more, or was moved out of what is managed here.',
    'No object with this anchor below the base DN. If it was moved, the next sync corrects the mirror.',
  ),

  'write-back-off': event(
    4001,
    'warning',
    'Passwords of this organisation’s directory are not changed from here.',
    'directories[].writeBack.isOn is false for this directory.',
  ),
  'outside-write-back-scope': event(
    4002,
    'information',
    'This account is not among those that may be reset here: an administrator does it by hand.',
    'The account lies outside directories[].writeBack.scope. `drawbridge agent explain` shows which rule took it out.',
  ),
  'protected-account': event(
    4003,
    'information',
    'A privileged account. It is never reset from outside: an administrator does it by hand.',
    'adminCount=1 or member of a protected group, nested or not. Left alone on purpose.',
  ),
  'account-disabled': event(
    4004,
    'information',
    'The account is disabled. A new password would not let them in.',
    'Disabled in the directory (userAccountControl, nsAccountLock, or a lock for good).',
  ),
  'account-expired': event(
    4005,
    'information',
    'The account has reached its end date. A new password would not let them in.',
    'accountExpires (or pwdEndTime) has passed.',
  ),
  'cannot-change-password': event(
    4006,
    'information',
    'This account is set so that its password is not changed by its person.',
    '“User cannot change password” is set: by permissions on Active Directory, by the policy elsewhere.',
  ),
  'smartcard-required': event(
    4007,
    'information',
    'They sign in with a smart card; a password would not help.',
    'SMARTCARD_REQUIRED is set; the directory keeps a random password.',
  ),
  'service-or-trust-account': event(
    4008,
    'information',
    'Not a person’s account.',
    'A computer, trust, managed service account or krbtgt, or the agent’s own account.',
  ),
  'agent-not-permitted': event(
    4009,
    'error',
    'Not the person’s fault, and trying again will not help: the product lacks a right. Pass it on.',
    'A check found that the service account lacks a right for this account: run `drawbridge agent check`, then the commands of `drawbridge agent delegation --print`.',
  ),
  'sign-in-restricted': event(
    4010,
    'information',
    'Their account may not sign in at this hour, or not from here. A new password would not help.',
    'Of a sign-in: logon hours, the workstation list or another restriction of the account (530, 531, 52f). The workstation is the agent’s machine.',
  ),

  'not-permitted': event(
    5001,
    'error',
    'Not the person’s fault, and trying again will not help: the product lacks a right. Pass it on.',
    'The directory answered insufficient access rights. Run `drawbridge agent check`; on Active Directory look at inheritance and adminCount of the account.',
  ),
  'directory-takes-no-writes': event(
    5002,
    'error',
    'Not the person’s fault. The product is connected to a copy of the directory that cannot be written to. Pass it on.',
    'The server only follows another (a referral, or a consumer): name a provider or supplier in directories[].urls. Referrals are never followed.',
  ),
  'directory-unreachable': event(
    5003,
    'warning',
    'Nothing was changed: the directory could not be reached just now. They may try again in a few minutes.',
    'No domain controller answered in time. See the agent’s warnings and `drawbridge agent check`.',
  ),
  'agent-draining': event(
    5004,
    'information',
    'Nothing was changed: the product is being restarted. They may try again in a minute.',
    'The agent was stopping and took no new work.',
  ),
  'writes-held': event(
    5005,
    'warning',
    'Nothing was changed: an administrator has stopped all changes for now.',
    'Writes are held on the agent’s machine (`drawbridge agent hold`).',
  ),
  'over-limit': event(
    5006,
    'warning',
    'Nothing was changed: too many changes were asked for, or one more wrong password could lock the account. They may try again when the time given has passed.',
    'A guardrail of the agent (perAccountPerHour, perMinute; of sign-ins signInsPerAccountPerHour, signInsPerMinute), its queue, or the lockout arithmetic of a change or a sign-in.',
  ),
  'control-refused': event(
    5007,
    'error',
    'Nothing was changed, and it is not the person’s fault. Pass it on.',
    'The domain controller lists the policy hints control and refuses it as critical. Nothing was written; look at its version and patches.',
  ),
  'must-change-has-no-effect': event(
    5008,
    'error',
    'Nothing was changed: the directory cannot be made to ask for another password at the next sign-in.',
    'The policy that applies does not enforce must-change (pwdMustChange on OpenLDAP, passwordMustChange on 389): turn it on, or reset without.',
  ),
  'agent-fault': event(
    5009,
    'error',
    'Nothing is known to have been changed, and it is not the person’s fault. Pass it on with the support id.',
    'The directory answered something that the table of refusals does not know. The codes are in the log and the audit: please report them.',
  ),

  'command-expired': event(
    6001,
    'information',
    'It took too long from the page to the directory. Nothing was changed; they may start again.',
    'The command’s notAfterMs had passed when the agent took it. If it happens often, compare the clocks of both machines.',
  ),
  'unsealing-failed': event(
    6002,
    'warning',
    'The page had been open for too long, or an old copy of it was used. Nothing was changed; they may start again.',
    'The password was sealed to a key that this agent does not hold any more, or for another account, tenant or request. Many of these at once deserve a look: somebody may be replaying.',
  ),
  'reset-id-reused': event(
    6003,
    'error',
    'A mistake of the calling program. Nothing was changed.',
    'One reset id came with two different commands: the caller has to make a new one for each intent.',
  ),

  'not-known': event(
    7001,
    'warning',
    'Nobody knows whether it was applied. Let them try the new password, then the old one, before anything else.',
    'The write left, no answer came, and the account could not be read back on the same server in time. The agent goes on trying for a quarter of an hour.',
  ),
} as const satisfies Readonly<Record<string, OutcomeMeaning>>;

export type OutcomeCode = keyof typeof OUTCOME_MEANINGS;

export const OUTCOME_CODES = Object.keys(OUTCOME_MEANINGS).filter(isOutcomeCode);

/** The one code of an outcome, however it came about. */
export function outcomeCodeOf(outcome: ResetOutcome): OutcomeCode {
  switch (outcome.kind) {
    case 'done':
      if (outcome.next !== undefined) return `done-${outcome.next}`;
      if (outcome.settledBy === 'probe') return 'done-found-by-reading-back';
      return outcome.history === 'not-enforced' ? 'done-without-history' : 'done';
    case 'refused-by-policy':
      if (outcome.hasReplacedOldPassword) return 'password-refused-after-replacing';
      return outcome.rules.length > 1 ? 'password-refused-by-several-rules' : OF_RULE[outcome.rules[0] ?? UNNAMED];
    case 'contact-administrator':
      return OF_CONTACT[outcome.reason];
    case 'try-later':
      return OF_TRY_LATER[outcome.reason];
    case 'agent-fault':
      return outcome.reason === undefined ? 'agent-fault' : OF_FAULT[outcome.reason];
    default:
      return OF_KIND[outcome.kind];
  }
}

const UNNAMED = 'some-directory-rule';

const OF_RULE: Readonly<Record<PolicyRule, OutcomeCode>> = {
  'too-short': 'password-too-short',
  'too-long': 'password-too-long',
  'not-complex': 'password-not-complex',
  'contains-name': 'password-contains-name',
  'in-history': 'password-in-history',
  'too-young': 'password-too-young',
  'inadmissible-characters': 'password-inadmissible-characters',
  'banned-word': 'password-banned-word',
  breached: 'password-breached',
  'some-directory-rule': 'password-refused-by-some-rule',
};

const OF_CONTACT: Readonly<Record<ContactReason, OutcomeCode>> = {
  'write-back-off': 'write-back-off',
  'outside-write-back-scope': 'outside-write-back-scope',
  'protected-account': 'protected-account',
  disabled: 'account-disabled',
  'account-expired': 'account-expired',
  'cannot-change-password': 'cannot-change-password',
  'smartcard-required': 'smartcard-required',
  'service-or-trust-account': 'service-or-trust-account',
  'agent-not-permitted': 'agent-not-permitted',
  'sign-in-restricted': 'sign-in-restricted',
};

const OF_TRY_LATER: Readonly<Record<TryLaterReason, OutcomeCode>> = {
  'directory-unreachable': 'directory-unreachable',
  draining: 'agent-draining',
  held: 'writes-held',
};

const OF_FAULT: Readonly<Record<AgentFaultReason, OutcomeCode>> = {
  'takes-no-writes': 'directory-takes-no-writes',
  'control-refused': 'control-refused',
  'must-change-has-no-effect': 'must-change-has-no-effect',
};

type WithReason = 'done' | 'refused-by-policy' | 'contact-administrator' | 'try-later' | 'agent-fault';
const OF_KIND: Readonly<Record<Exclude<ResetOutcomeKind, WithReason>, OutcomeCode>> = {
  'wrong-password': 'wrong-current-password',
  'account-locked': 'account-locked',
  'no-such-account': 'no-such-account',
  'not-permitted': 'not-permitted',
  'over-limit': 'over-limit',
  expired: 'command-expired',
  'unsealing-failed': 'unsealing-failed',
  'reset-id-reused': 'reset-id-reused',
  unknown: 'not-known',
};

function isOutcomeCode(name: string): name is OutcomeCode {
  return name in OUTCOME_MEANINGS;
}
