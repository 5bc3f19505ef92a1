// What a domain controller's refusal of a reset or an unlock means. One table, each row with where it is known from; what is
// in no row is the agent's fault, never the person's. Pure.

import type { DirectoryEvidence, PolicyRule } from '../../../protocol/outcomes.js';
import type { WriteResult } from '../../directory/ports.js';
import { LDAP_CODES, type LdapRefusal } from '../ldap-errors.js';

export type WriteKind = 'reset' | 'change' | 'unlock';

export function writeResultOf(kind: WriteKind, refusal: LdapRefusal): WriteResult {
  const { resultCode, win32, diagnostic } = refusal;
  const evidence: DirectoryEvidence = { ldapResultCode: resultCode, ...(win32 === undefined ? {} : { win32 }) };
  const row = MEANINGS.find(
    (candidate) =>
      candidate.resultCode === resultCode &&
      (candidate.win32 === undefined || candidate.win32 === win32) &&
      (candidate.words?.test(diagnostic) ?? true) &&
      (candidate.of === undefined || candidate.of === kind),
  );
  switch (row?.meaning) {
    case 'refused-by-policy':
      return { kind: 'refused-by-policy', rules: [ruleIn(diagnostic)], evidence };
    case 'answer-lost':
      return { kind: 'answer-lost' };
    case 'not-permitted':
    case 'no-such-account':
    case 'wrong-password':
    case 'account-locked':
      return { kind: row.meaning, evidence };
    case undefined:
      return { kind: 'agent-fault', evidence };
  }
}

interface Meaning {
  /** The only kind of write that the row is about; undefined: all. */
  readonly of: WriteKind | undefined;
  readonly resultCode: number;
  /** The leading code of the diagnostic (MS-ERREF 2.2); undefined: any, or none. */
  readonly win32: string | undefined;
  /** The directory's own words, where it gives no code; undefined: any. */
  readonly words: RegExp | undefined;
  readonly meaning:
    | 'refused-by-policy'
    | 'not-permitted'
    | 'no-such-account'
    | 'wrong-password'
    | 'account-locked'
    | 'answer-lost';
  readonly source: string;
}

const PASSWORD_RESTRICTION = '0000052D';

export const MEANINGS: readonly Meaning[] = [
  {
    of: undefined,
    resultCode: LDAP_CODES.constraintViolation,
    win32: PASSWORD_RESTRICTION,
    words: undefined,
    meaning: 'refused-by-policy',
    source: 'MS-SAMR 3.1.1.7; Samba 4.17 answers a reset so, Windows a change',
  },
  {
    of: undefined,
    resultCode: LDAP_CODES.unwillingToPerform,
    win32: PASSWORD_RESTRICTION,
    words: undefined,
    meaning: 'refused-by-policy',
    source: 'Samba source4/dsdb/tests/python/passwords.py: Windows answers a reset so',
  },
  {
    of: 'change',
    resultCode: LDAP_CODES.constraintViolation,
    win32: '00000056',
    words: undefined,
    meaning: 'wrong-password',
    source: 'ERROR_INVALID_PASSWORD; seen on Samba 4.17',
  },
  {
    of: 'change',
    resultCode: LDAP_CODES.constraintViolation,
    win32: '0000056A',
    words: undefined,
    meaning: 'wrong-password',
    source: 'STATUS_WRONG_PASSWORD; Samba source4/dsdb/tests/python/passwords.py: Windows may answer so',
  },
  {
    of: 'change',
    resultCode: LDAP_CODES.constraintViolation,
    win32: '00000775',
    words: undefined,
    meaning: 'account-locked',
    source: 'ERROR_ACCOUNT_LOCKED_OUT; Samba source4/dsdb/samdb/ldb_modules/password_hash.c',
  },
  {
    of: undefined,
    resultCode: LDAP_CODES.insufficientAccessRights,
    win32: undefined,
    words: undefined,
    meaning: 'not-permitted',
    source: 'RFC 4511 A.2; Windows adds 00000005 or 00002098, Samba nothing',
  },
  {
    of: 'change',
    resultCode: LDAP_CODES.constraintViolation,
    win32: undefined,
    words: /^error in module acl/i,
    meaning: 'not-permitted',
    source: 'seen on Samba 4.17: nobody may change the password of an account that AdminSDHolder protects',
  },
  {
    of: undefined,
    resultCode: LDAP_CODES.noSuchObject,
    win32: undefined,
    words: undefined,
    meaning: 'no-such-account',
    source: 'RFC 4511 A.2; Windows adds 00002030',
  },
  {
    of: undefined,
    resultCode: LDAP_CODES.busy,
    win32: undefined,
    words: undefined,
    meaning: 'answer-lost',
    source: 'RFC 4511 A.2: says nothing of what was done before; reading the account back does',
  },
  {
    of: undefined,
    resultCode: LDAP_CODES.unavailable,
    win32: undefined,
    words: undefined,
    meaning: 'answer-lost',
    source: 'RFC 4511 A.2: as above',
  },
];

/** Samba says in words which rule it was (source4/dsdb/samdb/ldb_modules/password_hash.c); Windows never does. */
const RULES_IN_WORDS: readonly (readonly [words: RegExp, rule: PolicyRule])[] = [
  [/password is too short/i, 'too-short'],
  [/complexity criteria/i, 'not-complex'],
  [/already used \((?:in history|previous password)\)/i, 'in-history'],
  [/too young to change/i, 'too-young'],
];

function ruleIn(diagnostic: string): PolicyRule {
  return RULES_IN_WORDS.find(([words]) => words.test(diagnostic))?.[1] ?? 'some-directory-rule';
}
