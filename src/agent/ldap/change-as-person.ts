// Changes a password by the current one where the person has to be bound for it: on a connection of its own, which is ended
// afterwards. What differs from one server to another comes in.

import { assertNever } from '../../failure/assert.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryKind } from '../directory/directory-kind.js';
import type { AccountChange, SignInResult, WriteResult } from '../directory/ports.js';
import type { LdapConnection } from './connection.js';
import { bindAsPerson } from './sign-in-as-person.js';

export interface ChangeAsPerson {
  readonly directory: DirectoryKind;
  /** The service account's, for reaching the same server. */
  readonly connection: Pick<LdapConnection, 'openAs'>;
  readonly account: DirectoryAccount;
  readonly change: Extract<AccountChange, { readonly kind: 'change' }>;
  /** Sets the new password on the person's own connection. */
  readonly set: (person: LdapConnection, signal: AbortSignal) => Promise<WriteResult>;
  /** Sets it as the service account: for a person whose current password was right and has expired. */
  readonly setAsService: (signal: AbortSignal) => Promise<WriteResult>;
}

/** Never throws: whoever asked must know whether it left. A wrong current password counts as a failed sign-in. */
export async function changeAsPerson(request: ChangeAsPerson, signal: AbortSignal): Promise<WriteResult> {
  const { directory, connection, account, change } = request;
  const person = await bindAsPerson({ directory, connection, account, password: change.currentPassword }, signal);
  if (person.kind === 'answered') return afterNoBind(request, person.result, signal);
  try {
    return await request.set(person.connection, signal);
  } finally {
    person.connection.destroy();
  }
}

async function afterNoBind(
  { setAsService }: ChangeAsPerson,
  signIn: SignInResult,
  signal: AbortSignal,
): Promise<WriteResult> {
  switch (signIn.kind) {
    case 'right':
      // The person is who they say, and may have a new one, which they cannot set themselves any more.
      return setAsService(signal);
    case 'no-answer':
      return { kind: 'not-sent' };
    case 'wrong-password':
    case 'account-locked':
    case 'contact-administrator':
    case 'no-such-account':
    case 'agent-fault':
      return signIn;
    default:
      return assertNever(signIn);
  }
}
