// What one row of the refusal table holds. Types, the numbers of the password policy control, and who has given answers. No I/O.

import type { ContactReason } from '../../../protocol/dispositions.js';
import type { AgentFaultReason, NextStep, PolicyRule } from '../../../protocol/outcomes.js';
import type { DirectoryKind } from '../../directory/directory-kind.js';

/** What was refused. `sign-in`: the bind as a person, by itself or as a change begins with it. */
export const REFUSED_STEPS = ['sign-in', 'change', 'reset', 'must-change', 'unlock'] as const;
export type RefusedStep = (typeof REFUSED_STEPS)[number];

/** draft-behera-ldap-password-policy-10 §6.2, those that are told apart here. */
export const POLICY_ERRORS = {
  passwordExpired: 0,
  accountLocked: 1,
  changeAfterReset: 2,
  passwordModNotAllowed: 3,
  insufficientPasswordQuality: 5,
  passwordTooShort: 6,
  passwordTooYoung: 7,
  passwordInHistory: 8,
} as const;

export type RefusalMeaning =
  | { readonly rule: PolicyRule }
  | { readonly fault: AgentFaultReason }
  | { readonly contact: ContactReason }
  /** Of a sign-in: refused although the password is right. */
  | { readonly next: NextStep }
  | 'not-permitted'
  | 'no-such-account'
  | 'wrong-password'
  | 'account-locked'
  /** Nothing was told: reading the account back tells what became of a write; a sign-in may be tried again. */
  | 'answer-lost';

export interface RefusalRow {
  /** Names the row in documents and tests, and stays with it. */
  readonly id: string;
  readonly directories: readonly DirectoryKind[];
  readonly of: readonly RefusedStep[];
  /** The control that had to go with the request; undefined: whichever did. */
  readonly control?: 'policy-hints';
  readonly resultCode: number;
  /** The leading code of the diagnostic (MS-ERREF 2.2); undefined: any, or none. */
  readonly win32?: string;
  /** The sub-code of a refused bind, `data xxx` (Win32 error codes in hex, MS-ERREF 2.2); undefined: any, or none. */
  readonly data?: string;
  /** Of the password policy control. `none`: it must not tell any; undefined: any, or none. */
  readonly policyError?: number | 'none';
  /** The server's own words, where the codes do not tell; undefined: any. */
  readonly words?: RegExp;
  readonly meaning: RefusalMeaning;
  readonly source: string;
  /** Real directories that gave this answer to us; empty: known from its source alone. */
  readonly seenOn: readonly string[];
}

/** Those whose answers were seen. */
export const SEEN_SERVERS = {
  SAMBA: 'Samba 4.17.12',
  OPENLDAP: 'OpenLDAP 2.5.13',
  DIRSRV: '389 Directory Server 2.3.1',
} as const;

/** Those that tell by the password policy control. */
export const BY_POLICY_CONTROL = ['openldap', '389-ds'] as const;
