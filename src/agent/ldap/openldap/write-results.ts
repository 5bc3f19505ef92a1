// What OpenLDAP's refusal of a change means: the rows that are its own, before those that hold everywhere. Each with where it is
// known from (docs/directories.md); what is in no row is the agent's fault. A referral (10) is in none on purpose: the server is
// a consumer, and the settings have to name the provider. Pure.

import type { WriteResult } from '../../directory/ports.js';
import type { Refused } from '../connection.js';
import { LDAP_CODES } from '../ldap-errors.js';
import { COMMON_MEANINGS, type Meaning, POLICY_ERRORS, type RefusedStep, writeResultOf } from '../policy-refusals.js';

export function resultOf(step: RefusedStep, refused: Refused): WriteResult {
  return writeResultOf(MEANINGS, step, refused);
}

export const MEANINGS: readonly Meaning[] = [
  {
    of: ['reset', 'change'],
    resultCode: LDAP_CODES.constraintViolation,
    policyError: POLICY_ERRORS.insufficientPasswordQuality,
    // A module of the server's own says what it wants (pwdCheckModule), in words that nobody else knows.
    meaning: { rule: 'some-directory-rule' },
    source:
      'slapo-ppolicy(5), pwdCheckQuality and pwdCheckModule; seen on OpenLDAP 2.5.13 for a password in stored form',
  },
  {
    of: ['sign-in'],
    resultCode: LDAP_CODES.invalidCredentials,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: 'account-locked',
    source: 'seen on OpenLDAP 2.5.13 with ppolicy_use_lockout; without it a lock is told as a wrong password',
  },
  {
    of: ['change'],
    resultCode: LDAP_CODES.unwillingToPerform,
    policyError: 'none',
    words: /^unwilling to verify old password/i,
    meaning: 'wrong-password',
    source: 'seen on OpenLDAP 2.5.13; the person is bound by that password, so only if it was changed in between',
  },
  ...COMMON_MEANINGS,
];
