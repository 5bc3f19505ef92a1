// What 389 Directory Server's refusal of a change means: the rows that are its own, before those that hold everywhere. Each with
// where it is known from (docs/directories.md); what is in no row is the agent's fault. A referral (10) is in none on purpose: the
// server is a consumer, and the settings have to name a supplier. Pure.

import type { PolicyRule } from '../../../protocol/outcomes.js';
import type { WriteResult } from '../../directory/ports.js';
import type { Refused } from '../connection.js';
import { LDAP_CODES } from '../ldap-errors.js';
import { COMMON_MEANINGS, type Meaning, POLICY_ERRORS, type RefusedStep, writeResultOf } from '../policy-refusals.js';

export function resultOf(step: RefusedStep, refused: Refused): WriteResult {
  return writeResultOf(MEANINGS, step, refused);
}

const SEEN = 'seen on 389 Directory Server 2.3.1';
const { constraintViolation, invalidCredentials, noSuchAttribute, unwillingToPerform } = LDAP_CODES;

/** One error for every rule of the syntax; a modify says in words which it was, RFC 3062 does not. */
const SYNTAX: readonly Meaning[] = (
  [
    [/at least \d+ characters long/i, 'too-short'],
    [/character categories/i, 'not-complex'],
    [/based off of user entry/i, 'contains-name'],
    [/./s, 'some-directory-rule'],
  ] satisfies [RegExp, PolicyRule][]
).map(([words, rule]) => ({
  of: ['reset', 'change'],
  resultCode: constraintViolation,
  policyError: POLICY_ERRORS.insufficientPasswordQuality,
  words,
  meaning: { rule },
  source: SEEN,
}));

export const MEANINGS: readonly Meaning[] = [
  ...SYNTAX,
  {
    of: ['reset', 'change'],
    resultCode: constraintViolation,
    policyError: 'none',
    words: /password in history/i,
    meaning: { rule: 'in-history' },
    source: `${SEEN}: the very password that is set now, without an error in the control`,
  },
  {
    of: ['sign-in'],
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: 'account-locked',
    source: SEEN,
  },
  {
    of: ['sign-in'],
    resultCode: unwillingToPerform,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: 'account-locked',
    source: `${SEEN}: disabled (nsAccountLock)`,
  },
  {
    of: ['change'],
    resultCode: noSuchAttribute,
    meaning: 'wrong-password',
    source: `${SEEN}; the person is bound by that password, so only if it was changed in between`,
  },
  {
    of: ['change'],
    resultCode: invalidCredentials,
    meaning: 'wrong-password',
    source: `${SEEN}, RFC 3062; as above`,
  },
  ...COMMON_MEANINGS,
];
