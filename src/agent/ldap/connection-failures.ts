// Tells why a connection did not come about: what may be tried again, and what somebody has to set right first, with advice.
// Decides by codes alone; each table says where its rows come from.

import { tlsRefusal } from '../../settings/tls-advice.js';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../directory/ports.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

/** The directory refused our own name and password. Never tried at the next domain controller: it could lock the account. */
export class BindRefused extends DirectoryMisconfigured {}

/** More than a connection takes of one answer. Whoever can ask for less does. */
export class AnswerTooLarge extends DirectoryUnreachable {}

/** Nothing was bound: no TCP, no TLS, or silence. */
export function connectionFailure(url: string, cause: unknown): DirectoryUnreachable | DirectoryMisconfigured {
  const refused = tlsRefusal(cause, { caSetting: 'caFile', nameSetting: 'serverName' });
  if (refused !== undefined) return new DirectoryMisconfigured(`${url}: ${refused.advice}`, { cause: refused });
  return new DirectoryUnreachable(`cannot reach ${url}`, { cause });
}

export interface RefusedBind {
  readonly url: string;
  readonly bindName: string;
  readonly refusal: LdapRefusal;
}

export function bindFailure({ url, bindName, refusal }: RefusedBind): DirectoryUnreachable | DirectoryMisconfigured {
  if (refusal.resultCode !== LDAP_CODES.invalidCredentials) {
    return isPassing(refusal)
      ? new DirectoryUnreachable(`${url} cannot serve just now`, { cause: refusal })
      : new DirectoryMisconfigured(`${url} does not take a simple bind for ${bindName}`, { cause: refusal });
  }
  const advice = BIND_ADVICE.get(refusal.data ?? '') ?? 'check the bind name and its password in the settings';
  return new BindRefused(`bind refused for ${bindName} at ${url}: ${advice}`, { cause: refusal });
}

/** Refusals that say nothing about the request: the next one may be answered (RFC 4511 A.2; MS-ADTS 3.1.1.3.1.9). */
export function isPassing(refusal: LdapRefusal): boolean {
  return PASSING.includes(refusal.resultCode);
}

/** For `catch`: turns a refusal of a search into what the ports promise. `doing` completes "the directory refused to …". */
export function refusedTo(doing: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof LdapRefusal)) throw error;
    throw isPassing(error)
      ? new DirectoryUnreachable(`the directory could not ${doing} just now`, { cause: error })
      : new DirectoryMisconfigured(`the directory refused to ${doing}`, { cause: error });
  };
}

const PASSING: readonly number[] = [
  LDAP_CODES.operationsError,
  LDAP_CODES.timeLimitExceeded,
  LDAP_CODES.adminLimitExceeded,
  LDAP_CODES.busy,
  LDAP_CODES.unavailable,
];

/**
 * `data` of `80090308: … AcceptSecurityContext error` (Win32 error codes in hex, MS-ERREF 2.2). A sub-code that is not here
 * stays unknown: 54e, for one, has been seen and is in no table.
 */
const BIND_ADVICE: ReadonlyMap<string, string> = new Map([
  ['525', 'there is no such account: check the bind name in the settings'],
  ['52e', 'the name or the password is wrong: check both in the settings'],
  ['530', 'the account may not sign in at this hour: lift its logon hours'],
  ['531', 'the account may not sign in from this machine: lift its workstation list'],
  ['532', 'its password has expired: set a new one, and let it never expire'],
  ['533', 'the account is disabled: enable it'],
  ['701', 'the account has expired: extend it'],
  ['773', 'it must change its password first: set one without that flag'],
  ['775', 'the account is locked: unlock it, and look for who uses its old password'],
]);
