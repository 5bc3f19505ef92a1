// What a directory's refusal of a change or a sign-in means: one table for all kinds of directory, each row with where it is known from. The
// first row that fits decides, so a narrow row stands before a wide one. What is in no row is the agent's fault, never the
// person's. docs/outcomes.md is written from this table. Data only.

import type { PolicyRule } from '../../../protocol/outcomes.js';
import { LDAP_CODES } from '../ldap-errors.js';
import {
  BY_POLICY_CONTROL,
  POLICY_ERRORS,
  REFUSED_STEPS,
  type RefusalRow,
  type RefusedStep,
  SEEN_SERVERS,
} from './refusal-row.js';
import { SIGN_IN_REFUSALS } from './sign-in-refusals.js';

const {
  referral,
  unavailableCriticalExtension,
  noSuchAttribute,
  constraintViolation,
  noSuchObject,
  invalidCredentials,
  insufficientAccessRights,
  busy,
  unavailable,
  unwillingToPerform,
} = LDAP_CODES;

const { SAMBA, OPENLDAP, DIRSRV } = SEEN_SERVERS;

const PASSWORD_RESTRICTION = '0000052D';
const SETTING: readonly RefusedStep[] = ['reset', 'change'];
const WRITING: readonly RefusedStep[] = ['reset', 'change', 'must-change', 'unlock'];
const EVERYWHERE = ['active-directory', 'openldap', '389-ds'] as const;

/** Samba says in words which rule it was; Windows never does. */
const RULES_IN_SAMBAS_WORDS = (
  [
    ['too-short', /password is too short/i, [SAMBA]],
    ['not-complex', /complexity criteria/i, [SAMBA]],
    ['in-history', /already used \((?:in history|previous password)\)/i, [SAMBA]],
    ['too-young', /too young to change/i, [SAMBA]],
    ['some-directory-rule', undefined, []],
  ] satisfies [PolicyRule, RegExp | undefined, string[]][]
).map(
  ([rule, words, seenOn]): RefusalRow => ({
    id: `ad-constraint-${rule}`,
    directories: ['active-directory'],
    of: SETTING,
    resultCode: constraintViolation,
    win32: PASSWORD_RESTRICTION,
    ...(words === undefined ? {} : { words }),
    meaning: { rule },
    source:
      words === undefined
        ? 'MS-SAMR 3.1.1.7: Windows answers a change so, and names no rule'
        : 'Samba source4/dsdb/samdb/ldb_modules/password_hash.c',
    seenOn,
  }),
);

/** One error for every rule of the syntax; a modify says in words which it was, RFC 3062 does not. */
const SYNTAX_OF_389 = (
  [
    ['too-short', /at least \d+ characters long/i],
    ['not-complex', /character categories/i],
    ['contains-name', /based off of user entry/i],
    ['some-directory-rule', undefined],
  ] satisfies [PolicyRule, RegExp | undefined][]
).map(
  ([rule, words]): RefusalRow => ({
    id: `389-quality-${rule}`,
    directories: ['389-ds'],
    of: SETTING,
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.insufficientPasswordQuality,
    ...(words === undefined ? {} : { words }),
    meaning: { rule },
    source: '389 Directory Server, ldap/servers/slapd/pw.c',
    seenOn: [DIRSRV],
  }),
);

export const REFUSALS: readonly RefusalRow[] = [
  ...SIGN_IN_REFUSALS,

  // --- Active Directory ---------------------------------------------------------------------------------------
  ...RULES_IN_SAMBAS_WORDS,
  {
    id: 'ad-unwilling-some-rule',
    directories: ['active-directory'],
    of: SETTING,
    resultCode: unwillingToPerform,
    win32: PASSWORD_RESTRICTION,
    meaning: { rule: 'some-directory-rule' },
    source: 'Samba source4/dsdb/tests/python/passwords.py: Windows answers a reset so',
    seenOn: [],
  },
  {
    id: 'ad-wrong-password',
    directories: ['active-directory'],
    of: ['change'],
    resultCode: constraintViolation,
    win32: '00000056',
    meaning: 'wrong-password',
    source: 'ERROR_INVALID_PASSWORD (MS-ERREF 2.2)',
    seenOn: [SAMBA],
  },
  {
    id: 'ad-wrong-password-status',
    directories: ['active-directory'],
    of: ['change'],
    resultCode: constraintViolation,
    win32: '0000056A',
    meaning: 'wrong-password',
    source: 'STATUS_WRONG_PASSWORD; Samba source4/dsdb/tests/python/passwords.py: Windows may answer so',
    seenOn: [],
  },
  {
    id: 'ad-locked',
    directories: ['active-directory'],
    of: ['change'],
    resultCode: constraintViolation,
    win32: '00000775',
    meaning: 'account-locked',
    source: 'ERROR_ACCOUNT_LOCKED_OUT; Samba source4/dsdb/samdb/ldb_modules/password_hash.c',
    seenOn: [SAMBA],
  },
  {
    id: 'ad-protected-by-adminsdholder',
    directories: ['active-directory'],
    of: ['change'],
    resultCode: constraintViolation,
    words: /^error in module acl/i,
    meaning: 'not-permitted',
    source: 'nobody may change the password of an account that AdminSDHolder protects',
    seenOn: [SAMBA],
  },
  {
    id: 'ad-hints-refused',
    directories: ['active-directory'],
    of: ['reset'],
    control: 'policy-hints',
    resultCode: unavailableCriticalExtension,
    meaning: { fault: 'control-refused' },
    source: 'RFC 4511 §4.1.11: a critical control that the server does not take',
    seenOn: [],
  },

  // --- OpenLDAP -----------------------------------------------------------------------------------------------
  {
    id: 'openldap-quality',
    directories: ['openldap'],
    of: SETTING,
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.insufficientPasswordQuality,
    // A module of the server's own says what it wants (pwdCheckModule), in words that nobody else knows.
    meaning: { rule: 'some-directory-rule' },
    source: 'slapo-ppolicy(5), pwdCheckQuality and pwdCheckModule',
    seenOn: [OPENLDAP],
  },
  {
    id: 'openldap-wrong-password-late',
    directories: ['openldap'],
    of: ['change'],
    resultCode: unwillingToPerform,
    policyError: 'none',
    words: /^unwilling to verify old password/i,
    meaning: 'wrong-password',
    source: 'the person is bound by that password, so only if it was changed in between',
    seenOn: [OPENLDAP],
  },
  {
    id: 'openldap-consumer',
    directories: ['openldap'],
    of: WRITING,
    resultCode: unwillingToPerform,
    words: /^shadow context/i,
    meaning: { fault: 'takes-no-writes' },
    source: 'OpenLDAP servers/slapd/modify.c: a consumer that knows no provider to refer to',
    seenOn: [],
  },

  // --- 389 Directory Server -----------------------------------------------------------------------------------
  ...SYNTAX_OF_389,
  {
    id: '389-current-password-again',
    directories: ['389-ds'],
    of: SETTING,
    resultCode: constraintViolation,
    policyError: 'none',
    words: /password in history/i,
    meaning: { rule: 'in-history' },
    source: 'the very password that is set now, without an error in the control',
    seenOn: [DIRSRV],
  },
  {
    id: '389-wrong-password-late',
    directories: ['389-ds'],
    of: ['change'],
    resultCode: noSuchAttribute,
    meaning: 'wrong-password',
    source: 'the person is bound by that password, so only if it was changed in between',
    seenOn: [DIRSRV],
  },
  {
    id: '389-wrong-password-rfc3062',
    directories: ['389-ds'],
    of: ['change'],
    resultCode: invalidCredentials,
    meaning: 'wrong-password',
    source: 'RFC 3062; as above',
    seenOn: [DIRSRV],
  },

  // --- Where the password policy control tells why ------------------------------------------------------------
  {
    id: 'policy-too-young',
    directories: BY_POLICY_CONTROL,
    of: WRITING,
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordTooYoung,
    meaning: { rule: 'too-young' },
    source: 'draft-behera-10 §6.2',
    seenOn: [OPENLDAP, DIRSRV],
  },
  {
    id: 'policy-in-history',
    directories: BY_POLICY_CONTROL,
    of: WRITING,
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordInHistory,
    meaning: { rule: 'in-history' },
    source: 'draft-behera-10 §6.2',
    seenOn: [OPENLDAP, DIRSRV],
  },
  {
    id: 'policy-too-short',
    directories: BY_POLICY_CONTROL,
    of: WRITING,
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordTooShort,
    meaning: { rule: 'too-short' },
    source: 'draft-behera-10 §8.2',
    seenOn: [OPENLDAP],
  },

  // --- Everywhere ---------------------------------------------------------------------------------------------
  {
    id: 'no-right',
    directories: EVERYWHERE,
    of: WRITING,
    resultCode: insufficientAccessRights,
    meaning: 'not-permitted',
    source: 'RFC 4511 A.2; Windows adds 00000005 or 00002098, Samba nothing',
    seenOn: [SAMBA, OPENLDAP, DIRSRV],
  },
  {
    id: 'gone',
    directories: EVERYWHERE,
    of: WRITING,
    resultCode: noSuchObject,
    meaning: 'no-such-account',
    source: 'RFC 4511 A.2; Windows adds 00002030',
    seenOn: [SAMBA, OPENLDAP, DIRSRV],
  },
  {
    id: 'referred-elsewhere',
    directories: EVERYWHERE,
    of: WRITING,
    resultCode: referral,
    meaning: { fault: 'takes-no-writes' },
    source: 'RFC 4511 §4.1.10: a consumer or read-only server refers writes to another; referrals are never followed',
    seenOn: [],
  },
  {
    id: 'busy',
    directories: EVERYWHERE,
    of: REFUSED_STEPS,
    resultCode: busy,
    meaning: 'answer-lost',
    source: 'RFC 4511 A.2: says nothing of what was done before; reading the account back does',
    seenOn: [],
  },
  {
    id: 'unavailable',
    directories: EVERYWHERE,
    of: REFUSED_STEPS,
    resultCode: unavailable,
    meaning: 'answer-lost',
    source: 'RFC 4511 A.2: as above',
    seenOn: [],
  },
];
