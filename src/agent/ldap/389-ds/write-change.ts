// Carries one change to an account out on an entry of 389 Directory Server. One operation each: a modify, which the server
// hashes and answers with the rule in words, or RFC 3062 where the person has to change the password afterwards, since that is
// what the server itself requires of a password set so, and of no other. Both unlock, whether that was asked for or not.

import { Attribute, Change, PasswordPolicyControl } from 'ldapts';
import { assertNever } from '../../../failure/assert.js';
import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { AccountChange, WriteResult } from '../../directory/ports.js';
import { changeAsPerson } from '../change-as-person.js';
import type { LdapConnection, ModifyAnswer, Refused } from '../connection.js';
import type { Held } from '../dialect.js';
import type { RefusedStep } from '../refusals/refusal-row.js';
import { resultOfRefusal } from '../refusals/result-of-refusal.js';
import { looksStored } from '../stored-password.js';
import type { DirectoryServer389 } from './directory-server.js';
import { readEffectiveRules } from './read-policy.js';

/** Never throws: whoever asked must know whether it left. */
export async function writeChange(
  held: Held<DirectoryServer389>,
  account: DirectoryAccount,
  change: AccountChange,
  signal: AbortSignal,
): Promise<WriteResult> {
  if (change.kind !== 'unlock' && looksStored(change.password)) {
    return { kind: 'refused-by-policy', rules: ['inadmissible-characters'], evidence: undefined };
  }
  const { connection } = held;
  switch (change.kind) {
    case 'unlock':
      return send(connection, { step: 'unlock', account, changes: unlocking() }, signal);
    case 'reset':
    case 'reset-after-compromise':
      // The earlier password is dead at once, so that one reset is enough after a compromise too.
      return change.mustChange
        ? resetForOnce(held, { account, password: change.password }, signal)
        : reset(connection, { account, password: change.password }, signal);
    case 'change':
      return changeAsPerson(
        {
          directory: '389-ds',
          connection,
          account,
          change,
          set: (person, setSignal) => changeOwn(person, { account, change }, setSignal),
          setAsService: (setSignal) => reset(connection, { account, password: change.password }, setSignal),
        },
        signal,
      );
    default:
      return assertNever(change);
  }
}

interface NewPassword {
  readonly account: DirectoryAccount;
  readonly password: Uint8Array;
}

function reset(connection: LdapConnection, { account, password }: NewPassword, signal: AbortSignal) {
  return withValue(password, (value) =>
    send(connection, { step: 'reset', account, changes: [modification('replace', 'userPassword', [value])] }, signal),
  );
}

/** Refused before anything is sent where the rules do not make the person change it: the server would say "done" all the same. */
async function resetForOnce(
  held: Held<DirectoryServer389>,
  { account, password }: NewPassword,
  signal: AbortSignal,
): Promise<WriteResult> {
  try {
    const { rules } = await readEffectiveRules(held, { account, besides: [] }, signal);
    if (rules?.isMustChangeKept !== true) {
      return { kind: 'agent-fault', reason: 'must-change-has-no-effect', evidence: undefined };
    }
  } catch {
    // Nothing was written, and whoever asks again finds out what is wrong by reading the account.
    return { kind: 'not-sent' };
  }
  const { distinguishedName } = account;
  const request = { distinguishedName, currentPassword: undefined, password, controls: asking() };
  return told('reset', await held.connection.modifyPassword(request, signal));
}

/** `delete` the old value, `add` the new one: the server then checks the old one once more. */
function changeOwn(
  person: LdapConnection,
  { account, change }: { account: DirectoryAccount; change: Extract<AccountChange, { readonly kind: 'change' }> },
  signal: AbortSignal,
): Promise<WriteResult> {
  return withValue(change.currentPassword, (current) =>
    withValue(change.password, (next) => {
      const changes = [modification('delete', 'userPassword', [current]), modification('add', 'userPassword', [next])];
      return send(person, { step: 'change', account, changes }, signal);
    }),
  );
}

/** Either of the two unlocks; both, so that nothing stays behind. */
function unlocking(): Change[] {
  // Replaced by nothing, which never fails; deleting what is not there does.
  return [modification('replace', 'passwordRetryCount', ['0']), modification('replace', 'accountUnlockTime', [])];
}

interface OneModify {
  readonly step: RefusedStep;
  readonly account: DirectoryAccount;
  readonly changes: Change[];
}

async function send(
  connection: LdapConnection,
  { step, account: { distinguishedName }, changes }: OneModify,
  signal: AbortSignal,
): Promise<WriteResult> {
  return told(step, await connection.modify({ distinguishedName, changes, controls: asking() }, signal));
}

function told(step: RefusedStep, answer: ModifyAnswer): WriteResult {
  return answer.kind === 'refused' ? resultOf(step, answer) : answer;
}

function resultOf(step: RefusedStep, refused: Refused): WriteResult {
  return resultOfRefusal({ directory: '389-ds', step, control: 'password-policy', refused });
}

/** Anew for each request: the answer is read into it. */
function asking(): PasswordPolicyControl[] {
  return [new PasswordPolicyControl()];
}

/** A copy for the one request, zeroed after it. ldapts turns every request into JSON for a debug line that it then does not write. */
async function withValue(passwordUtf8: Uint8Array, use: (value: Buffer) => Promise<WriteResult>): Promise<WriteResult> {
  const value = Object.defineProperty(Buffer.from(passwordUtf8), 'toJSON', { value: () => '[secret]' });
  try {
    return await use(value);
  } finally {
    // @NOTE ldapts has copied it into the request it sent, which only the garbage collector ends.
    value.fill(0);
  }
}

function modification(operation: 'add' | 'delete' | 'replace', type: string, values: string[] | Buffer[]): Change {
  return new Change({ operation, modification: new Attribute({ type, values }) });
}
