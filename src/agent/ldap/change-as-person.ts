// Changes a password by the current one where the person has to be bound for it: on a connection of its own, which is ended
// afterwards, so that the service account's never carries anybody else's bind. What differs from one server to another comes in.

import type { DirectoryAccount } from '../directory/directory-account.js';
import type { AccountChange, WriteResult } from '../directory/ports.js';
import type { LdapConnection, Refused } from './connection.js';
import { LDAP_CODES } from './ldap-errors.js';
import { POLICY_ERRORS, type RefusedStep } from './refusals/refusal-row.js';
import { evidenceOf } from './refusals/result-of-refusal.js';

export interface ChangeAsPerson {
  /** The service account's, for reaching the same server. */
  readonly connection: Pick<LdapConnection, 'openAs'>;
  readonly account: DirectoryAccount;
  readonly change: Extract<AccountChange, { readonly kind: 'change' }>;
  /** Sets the new password on the person's own connection. */
  readonly set: (person: LdapConnection, signal: AbortSignal) => Promise<WriteResult>;
  /** Sets it as the service account: for a person whose current password was right and has expired. */
  readonly setAsService: (signal: AbortSignal) => Promise<WriteResult>;
  readonly resultOf: (step: RefusedStep, refused: Refused) => WriteResult;
}

/** Never throws: whoever asked must know whether it left. A wrong current password counts as a failed sign-in. */
export async function changeAsPerson(request: ChangeAsPerson, signal: AbortSignal): Promise<WriteResult> {
  const { connection, account, change } = request;
  if (signal.aborted) return { kind: 'not-sent' };
  const { distinguishedName } = account;
  const person = await connection.openAs({ distinguishedName, password: change.currentPassword }, signal);
  switch (person.kind) {
    case 'bound':
      try {
        return await request.set(person.connection, signal);
      } finally {
        person.connection.destroy();
      }
    case 'unreachable':
      return { kind: 'not-sent' };
    case 'refused':
      return isExpired(person) ? request.setAsService(signal) : refusedSignIn(request, person);
  }
}

/**
 * Told only after the password was found to be right (measured on both servers), and then the person is who they say: they may
 * have a new one, which they cannot set themselves any more.
 */
function isExpired({ refusal, passwordPolicyError }: Refused): boolean {
  return refusal.resultCode === LDAP_CODES.invalidCredentials && passwordPolicyError === POLICY_ERRORS.passwordExpired;
}

/** OpenLDAP tells a lock from a wrong password only where it is asked to, so what the account showed before decides then. */
function refusedSignIn({ account, resultOf }: ChangeAsPerson, refused: Refused): WriteResult {
  const result = resultOf('sign-in', refused);
  const { isLocked, isDisabled } = account.state;
  if (result.kind !== 'wrong-password' || !(isLocked || isDisabled)) return result;
  return { kind: 'account-locked', evidence: evidenceOf({ control: 'password-policy', refused }) };
}
