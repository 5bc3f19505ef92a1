// Asks a directory whether a password is a person's: by a bind as them, on a connection of its own that is ended at once, so that
// the service account's never carries anybody else's bind. Changes nothing by itself; the directory counts and notes what it does
// of every sign-in. Which refusal means what stands in the table of refusals.

import { type Control, PasswordPolicyControl } from 'ldapts';
import type { NextStep } from '../../protocol/outcomes.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryKind } from '../directory/directory-kind.js';
import type { SignInResult } from '../directory/ports.js';
import type { LdapConnection, PolicyRemarks, Refused } from './connection.js';
import { POLICY_ERRORS } from './refusals/refusal-row.js';
import { evidenceOf, resultOfRefusedSignIn } from './refusals/result-of-refusal.js';

export interface SignInAsPerson {
  readonly directory: DirectoryKind;
  /** The service account's, for reaching the same server. */
  readonly connection: Pick<LdapConnection, 'openAs'>;
  readonly account: DirectoryAccount;
  /** UTF-8. The caller zeroes it. */
  readonly password: Uint8Array;
}

/** A connection that is bound as the person is the caller's to end. */
export type PersonSignIn =
  | { readonly kind: 'bound'; readonly connection: LdapConnection; readonly next: NextStep | undefined }
  | { readonly kind: 'answered'; readonly result: SignInResult };

/** Never throws. A wrong password counts as a failed sign-in. */
export async function signInAsPerson(attempt: SignInAsPerson, signal: AbortSignal): Promise<SignInResult> {
  const person = await bindAsPerson(attempt, signal);
  if (person.kind === 'answered') return person.result;
  person.connection.destroy();
  return { kind: 'right', next: person.next };
}

/** Never throws. */
export async function bindAsPerson(attempt: SignInAsPerson, signal: AbortSignal): Promise<PersonSignIn> {
  if (signal.aborted) return { kind: 'answered', result: { kind: 'no-answer' } };
  const { directory, connection, account, password } = attempt;
  const { distinguishedName } = account;
  const person = await connection.openAs({ distinguishedName, password, controls: asking(directory) }, signal);
  switch (person.kind) {
    case 'bound':
      return { kind: 'bound', connection: person.connection, next: nextAfter(person.remarks) };
    case 'unreachable':
      return { kind: 'answered', result: { kind: 'no-answer' } };
    case 'refused':
      return { kind: 'answered', result: whyRefused(attempt, person) };
  }
}

/** Both are told to nobody but whoever has the right password, and there each in its own way (measured on both servers). */
export function nextAfter({ passwordPolicyError, graceSignInsLeft }: PolicyRemarks): NextStep | undefined {
  if (passwordPolicyError === POLICY_ERRORS.changeAfterReset) return 'must-change';
  const hasExpired = passwordPolicyError === POLICY_ERRORS.passwordExpired || graceSignInsLeft !== undefined;
  return hasExpired ? 'password-expired' : undefined;
}

/** OpenLDAP tells a lock from a wrong password only where it is asked to, so what the account showed before decides then. */
function whyRefused({ directory, account }: SignInAsPerson, refused: Refused): SignInResult {
  const control = directory === 'active-directory' ? undefined : 'password-policy';
  const result = resultOfRefusedSignIn({ directory, control, refused });
  if (result.kind !== 'wrong-password') return result;
  const { isLocked, isDisabled } = account.state;
  const evidence = evidenceOf({ control, refused });
  if (isDisabled) return { kind: 'contact-administrator', reason: 'disabled', evidence };
  return isLocked ? { kind: 'account-locked', evidence } : result;
}

/** Anew for each bind: the answer is read into it. Active Directory has no such control, and tells all by its sub-codes. */
function asking(directory: DirectoryKind): Control[] {
  return directory === 'active-directory' ? [] : [new PasswordPolicyControl()];
}
