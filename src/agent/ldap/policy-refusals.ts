// What a refusal means where the password policy control tells why (draft-behera-ldap-password-policy-10 §6.2). The rows that
// hold everywhere, and how a dialect's own are looked up; what is in no row is the agent's fault, never the person's. Pure.

import type { DirectoryEvidence, PolicyRule } from '../../protocol/outcomes.js';
import type { WriteResult } from '../directory/ports.js';
import type { Refused } from './connection.js';
import { LDAP_CODES } from './ldap-errors.js';

/** What was refused. `sign-in`: the bind as a person that a change begins with. */
export type RefusedStep = 'sign-in' | 'change' | 'reset' | 'must-change' | 'unlock';

export const POLICY_ERRORS = {
  passwordExpired: 0,
  accountLocked: 1,
  passwordModNotAllowed: 3,
  insufficientPasswordQuality: 5,
  passwordTooShort: 6,
  passwordTooYoung: 7,
  passwordInHistory: 8,
} as const;

export interface Meaning {
  /** The only steps that the row is about; undefined: all but a sign-in. */
  readonly of?: readonly RefusedStep[];
  readonly resultCode: number;
  /** `none`: the control must not tell any; undefined: any, or none. */
  readonly policyError?: number | 'none';
  /** The server's own words, where the codes do not tell; undefined: any. */
  readonly words?: RegExp;
  readonly meaning:
    | { readonly rule: PolicyRule }
    | 'not-permitted'
    | 'no-such-account'
    | 'wrong-password'
    | 'account-locked'
    | 'answer-lost';
  readonly source: string;
}

/** The first row that fits decides. */
export function writeResultOf(rows: readonly Meaning[], step: RefusedStep, refused: Refused): WriteResult {
  const evidence = evidenceOf(refused);
  const meaning = rows.find((row) => fits(row, step, refused))?.meaning;
  switch (meaning) {
    case undefined:
      return { kind: 'agent-fault', evidence };
    case 'answer-lost':
      return { kind: 'answer-lost' };
    case 'not-permitted':
    case 'no-such-account':
    case 'wrong-password':
    case 'account-locked':
      return { kind: meaning, evidence };
    default:
      return { kind: 'refused-by-policy', rules: [meaning.rule], evidence };
  }
}

export function evidenceOf({ refusal, passwordPolicyError }: Refused): DirectoryEvidence {
  const { resultCode: ldapResultCode } = refusal;
  return { ldapResultCode, ...(passwordPolicyError === undefined ? {} : { passwordPolicyError }) };
}

function fits(row: Meaning, step: RefusedStep, { refusal, passwordPolicyError }: Refused): boolean {
  return (
    row.resultCode === refusal.resultCode &&
    (row.of?.includes(step) ?? step !== 'sign-in') &&
    (row.policyError === undefined || row.policyError === (passwordPolicyError ?? 'none')) &&
    (row.words?.test(refusal.diagnostic) ?? true)
  );
}

const { constraintViolation, insufficientAccessRights, noSuchObject, busy, unavailable } = LDAP_CODES;
const SEEN_ON_BOTH = 'seen on OpenLDAP 2.5.13 and 389 Directory Server 2.3.1';

export const COMMON_MEANINGS: readonly Meaning[] = [
  {
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordTooYoung,
    meaning: { rule: 'too-young' },
    source: SEEN_ON_BOTH,
  },
  {
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordInHistory,
    meaning: { rule: 'in-history' },
    source: SEEN_ON_BOTH,
  },
  {
    resultCode: constraintViolation,
    policyError: POLICY_ERRORS.passwordTooShort,
    meaning: { rule: 'too-short' },
    source: 'draft-behera-10 §8.2; seen on OpenLDAP 2.5.13',
  },
  { resultCode: insufficientAccessRights, meaning: 'not-permitted', source: SEEN_ON_BOTH },
  { resultCode: noSuchObject, meaning: 'no-such-account', source: SEEN_ON_BOTH },
  {
    of: ['sign-in'],
    resultCode: LDAP_CODES.invalidCredentials,
    policyError: 'none',
    meaning: 'wrong-password',
    source: `${SEEN_ON_BOTH}; a lock may look the same on OpenLDAP, see change-as-person.ts`,
  },
  {
    resultCode: busy,
    meaning: 'answer-lost',
    source: 'RFC 4511 A.2: says nothing of what was done before; reading the account back does',
  },
  { resultCode: unavailable, meaning: 'answer-lost', source: 'RFC 4511 A.2: as above' },
];
