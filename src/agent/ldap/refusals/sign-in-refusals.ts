// What a refused bind as a person means: the sign-ins among the rows of the refusal table. Data only.

import { LDAP_CODES } from '../ldap-errors.js';
import { BY_POLICY_CONTROL, POLICY_ERRORS, type RefusalMeaning, type RefusalRow, SEEN_SERVERS } from './refusal-row.js';

const { constraintViolation, invalidCredentials, unwillingToPerform } = LDAP_CODES;
const { SAMBA, OPENLDAP, DIRSRV } = SEEN_SERVERS;

/** Why a bind as a person was refused. What makes `next` is told to nobody but whoever has the right password. */
const SUB_CODES_OF_BINDS = (
  [
    ['no-such-account', '525', 'no-such-account', []],
    ['wrong-password', '52e', 'wrong-password', [SAMBA]],
    ['restricted', '52f', { contact: 'sign-in-restricted' }, []],
    ['hours', '530', { contact: 'sign-in-restricted' }, [SAMBA]],
    ['workstation', '531', { contact: 'sign-in-restricted' }, [SAMBA]],
    ['password-expired', '532', { next: 'password-expired' }, [SAMBA]],
    ['disabled', '533', { contact: 'disabled' }, [SAMBA]],
    ['account-expired', '701', { contact: 'account-expired' }, [SAMBA]],
    ['must-change', '773', { next: 'must-change' }, [SAMBA]],
    ['locked', '775', 'account-locked', [SAMBA]],
  ] satisfies [string, string, RefusalMeaning, string[]][]
).map(
  ([what, data, meaning, seenOn]): RefusalRow => ({
    id: `ad-sign-in-${what}`,
    directories: ['active-directory'],
    of: ['sign-in'],
    resultCode: invalidCredentials,
    data,
    meaning,
    source: 'AcceptSecurityContext error, data: a Win32 error code (MS-ERREF 2.2)',
    seenOn,
  }),
);

export const SIGN_IN_REFUSALS: readonly RefusalRow[] = [
  ...SUB_CODES_OF_BINDS,
  {
    id: 'openldap-locked',
    directories: ['openldap'],
    of: ['sign-in'],
    resultCode: invalidCredentials,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: 'account-locked',
    source: 'slapo-ppolicy(5), ppolicy_use_lockout; without it a lock is told as a wrong password',
    seenOn: [OPENLDAP],
  },
  {
    id: '389-locked',
    directories: ['389-ds'],
    of: ['sign-in'],
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: 'account-locked',
    source: '389 Directory Server, ldap/servers/slapd/pw_retry.c',
    seenOn: [DIRSRV],
  },
  {
    id: '389-inactivated',
    directories: ['389-ds'],
    of: ['sign-in'],
    resultCode: unwillingToPerform,
    policyError: POLICY_ERRORS.accountLocked,
    meaning: { contact: 'disabled' },
    source: 'disabled (nsAccountLock)',
    seenOn: [DIRSRV],
  },
  {
    id: 'policy-password-expired',
    directories: BY_POLICY_CONTROL,
    of: ['sign-in'],
    resultCode: invalidCredentials,
    policyError: POLICY_ERRORS.passwordExpired,
    meaning: { next: 'password-expired' },
    source: 'draft-behera-10 §6.2; told only after the password was found to be right',
    seenOn: [OPENLDAP, DIRSRV],
  },
  {
    id: 'policy-wrong-password',
    directories: BY_POLICY_CONTROL,
    of: ['sign-in'],
    resultCode: invalidCredentials,
    policyError: 'none',
    meaning: 'wrong-password',
    source: 'RFC 4511 A.2; a lock may look the same on OpenLDAP, see sign-in-as-person.ts',
    seenOn: [OPENLDAP, DIRSRV],
  },
];
