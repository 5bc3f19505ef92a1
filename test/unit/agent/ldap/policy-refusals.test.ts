// What a refusal means where the password policy control tells why, row by row. Unknown stays a fault, never a wrong password.

import { describe, expect, test } from 'vitest';
import { resultOf as resultOf389 } from '../../../../src/agent/ldap/389-ds/write-results.js';
import type { Refused } from '../../../../src/agent/ldap/connection.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { resultOf as resultOfOpenLdap } from '../../../../src/agent/ldap/openldap/write-results.js';
import type { RefusedStep } from '../../../../src/agent/ldap/policy-refusals.js';

const DIALECTS = [
  ['OpenLDAP', resultOfOpenLdap],
  ['389 Directory Server', resultOf389],
] as const;

const refused = (code: number, passwordPolicyError?: number, words = ''): Refused => ({
  kind: 'refused',
  refusal: new LdapRefusal(code, words),
  passwordPolicyError,
});

describe.each(DIALECTS)('on %s', (_, resultOf) => {
  test.each<[RefusedStep, number, number | undefined, unknown]>([
    ['reset', 19, 6, { kind: 'refused-by-policy', rules: ['too-short'] }],
    ['reset', 19, 7, { kind: 'refused-by-policy', rules: ['too-young'] }],
    ['change', 19, 8, { kind: 'refused-by-policy', rules: ['in-history'] }],
    ['reset', 50, 3, { kind: 'not-permitted', evidence: { ldapResultCode: 50, passwordPolicyError: 3 } }],
    ['unlock', 50, undefined, { kind: 'not-permitted', evidence: { ldapResultCode: 50 } }],
    ['reset', 32, undefined, { kind: 'no-such-account' }],
    ['reset', 51, undefined, { kind: 'answer-lost' }],
    ['unlock', 52, undefined, { kind: 'answer-lost' }],
    ['sign-in', 49, undefined, { kind: 'wrong-password' }],
    ['sign-in', 49, 3, { kind: 'agent-fault' }],
    // A referral: the server only follows another.
    ['reset', 10, undefined, { kind: 'agent-fault', evidence: { ldapResultCode: 10 } }],
    ['reset', 19, undefined, { kind: 'agent-fault' }],
    ['reset', 53, undefined, { kind: 'agent-fault' }],
    ['reset', 49, undefined, { kind: 'agent-fault' }],
    // What nobody is told at a sign-in must not be taken for what it means elsewhere.
    ['sign-in', 50, undefined, { kind: 'agent-fault' }],
    ['sign-in', 32, undefined, { kind: 'agent-fault' }],
  ])('%s, %i +%s', (step, code, policyError, expected) => {
    expect(resultOf(step, refused(code, policyError))).toMatchObject(expected ?? {});
  });
});

test.each<[RefusedStep, number, number | undefined, string, unknown]>([
  ['reset', 19, 5, 'Password fails quality checking policy', { rules: ['some-directory-rule'] }],
  ['sign-in', 49, 1, '', { kind: 'account-locked' }],
  ['change', 53, undefined, 'unwilling to verify old password', { kind: 'wrong-password' }],
  ['reset', 53, undefined, 'unwilling to verify old password', { kind: 'agent-fault' }],
])('OpenLDAP: %s, %i +%s %j', (step, code, policyError, words, expected) => {
  expect(resultOfOpenLdap(step, refused(code, policyError, words))).toMatchObject(expected ?? {});
});

const SYNTAX = 'invalid password syntax - ';
test.each<[RefusedStep, number, number | undefined, string, unknown]>([
  ['reset', 19, 5, `${SYNTAX}password must be at least 8 characters long`, { rules: ['too-short'] }],
  [
    'reset',
    19,
    5,
    `${SYNTAX}password must contain at least 3 character categories (valid …)`,
    { rules: ['not-complex'] },
  ],
  ['reset', 19, 5, `${SYNTAX}password based off of user entry`, { rules: ['contains-name'] }],
  ['reset', 19, 5, 'Failed to update password', { rules: ['some-directory-rule'] }],
  ['change', 19, undefined, 'password in history', { rules: ['in-history'] }],
  ['sign-in', 19, 1, 'Exceed password retry limit.', { kind: 'account-locked' }],
  ['sign-in', 53, 1, 'Account inactivated.', { kind: 'account-locked' }],
  ['change', 16, undefined, '', { kind: 'wrong-password' }],
  ['reset', 16, undefined, '', { kind: 'agent-fault' }],
  ['change', 49, undefined, 'Invalid oldPasswd value.', { kind: 'wrong-password' }],
])('389 Directory Server: %s, %i +%s %j', (step, code, policyError, words, expected) => {
  expect(resultOf389(step, refused(code, policyError, words))).toMatchObject(expected ?? {});
});
