// What a directory's refusal says: the LDAP result code, then the Win32 code in front of the diagnostic text, then `data xxx`.
// Parses, does not judge: what a code means for a bind, a search or a write is decided where that was asked.

import { NoResultError, ResultCodeError } from 'ldapts';
import { Failure } from '../../failure/failure.js';

/** RFC 4511 §4.1.9 and Appendix A, those that are told apart here. */
export const LDAP_CODES = {
  operationsError: 1,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  noSuchAttribute: 16,
  constraintViolation: 19,
  noSuchObject: 32,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const;

/** The directory answered, and said no. */
export class LdapRefusal extends Failure {
  readonly code = 'ldap-refusal';
  readonly retry = { mayRetry: false, why: 'the directory answers the same request alike' };
  readonly resultCode: number;
  /** The leading Win32 code, 8 upper-case hex digits, where there was one. */
  readonly win32: string | undefined;
  /** The `data xxx` sub-code of a refused bind, lower case. */
  readonly data: string | undefined;
  /** The directory's own words, cleaned of control characters and cut: for an administrator's log only. */
  readonly diagnostic: string;

  constructor(resultCode: number, text: string) {
    const diagnostic = text
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, DIAGNOSTIC_UNITS_MAX);
    super(`LDAP result ${resultCode}${diagnostic === '' ? '' : `: ${diagnostic}`}`);
    this.resultCode = resultCode;
    this.win32 = WIN32.exec(diagnostic)?.[1]?.toUpperCase();
    this.data = DATA.exec(diagnostic)?.[1]?.toLowerCase();
    this.diagnostic = diagnostic;
  }
}

/** The refusal inside what ldapts threw; undefined when no answer came at all (socket, timeout, our own mistake). */
export function refusalFrom(error: unknown): LdapRefusal | undefined {
  if (!(error instanceof ResultCodeError) || error instanceof NoResultError) return undefined;
  // ldapts appends its own " Code: 0x13" to the server's words.
  return new LdapRefusal(error.code, error.message.replace(/ Code: 0x[0-9a-f]+$/, ''));
}

const DIAGNOSTIC_UNITS_MAX = 500;
// As in `0000052D: AtrErr: DSID-03191083, …`; DSID and the version at the end differ from build to build and mean nothing.
const WIN32 = /^([0-9A-Fa-f]{8})(?=:)/;
const DATA = /\bdata ([0-9A-Fa-f]{1,8})\b/;
