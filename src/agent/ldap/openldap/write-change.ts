// Carries one change to an account out on an OpenLDAP entry. Passwords are set by RFC 3062, which hashes them; replacing
// userPassword would store the clear text. A reset unlocks, whether that was asked for or not: the overlay has it no other way.
// Must-change is a second operation on the same connection, and what is told is never "done" when only the first went through.

import { Attribute, Change, PasswordPolicyControl } from 'ldapts';
import { assertNever } from '../../../failure/assert.js';
import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { AccountChange, WriteResult } from '../../directory/ports.js';
import { changeAsPerson } from '../change-as-person.js';
import type { LdapConnection, ModifyAnswer, Refused } from '../connection.js';
import type { Held } from '../dialect.js';
import type { PasswordModify } from '../password-modify.js';
import type { RefusedStep } from '../refusals/refusal-row.js';
import { resultOfRefusal } from '../refusals/result-of-refusal.js';
import { looksStored } from '../stored-password.js';
import type { OpenLdapServer } from './openldap-server.js';
import { readEffectiveRules } from './read-policy.js';

/** Never throws: whoever asked must know whether it left. */
export async function writeChange(
  held: Held<OpenLdapServer>,
  account: DirectoryAccount,
  change: AccountChange,
  signal: AbortSignal,
): Promise<WriteResult> {
  if (change.kind !== 'unlock' && looksStored(change.password)) {
    return { kind: 'refused-by-policy', rules: ['inadmissible-characters'], evidence: undefined };
  }
  // A reset and an unlock alike would let somebody in whom an administrator locked out.
  if (change.kind !== 'change' && account.state.isDisabled) return { kind: 'not-permitted', evidence: undefined };
  switch (change.kind) {
    case 'unlock':
      return unlock(held, account, signal);
    case 'reset':
    case 'reset-after-compromise':
      // The earlier password is dead at once, so that one reset is enough after a compromise too.
      return reset(held, { account, change }, signal);
    case 'change':
      return changePassword(held, { account, change }, signal);
    default:
      return assertNever(change);
  }
}

type ChangeOf<Kind extends AccountChange['kind']> = Extract<AccountChange, { readonly kind: Kind }>;

interface Writing<Kind extends AccountChange['kind']> {
  readonly account: DirectoryAccount;
  readonly change: ChangeOf<Kind>;
}

async function reset(
  held: Held<OpenLdapServer>,
  { account, change }: Writing<'reset' | 'reset-after-compromise'>,
  signal: AbortSignal,
): Promise<WriteResult> {
  const { password, mustChange } = change;
  if (!mustChange) return setPassword(held.connection, resetting(account, password), signal);
  const hasEffect = await isMustChangeKept(held, account, signal);
  if (hasEffect !== 'yes') return hasEffect;
  const first = await setPassword(held.connection, resetting(account, password), signal);
  if (first.kind !== 'applied') return first;
  // To its end, whoever stops waiting: the password is set already.
  const second = await requireChange(held.connection, account, new AbortController().signal);
  // What did leave is the password: only reading the account back can tell whether the rest came through as well.
  return second.kind === 'not-sent' ? { kind: 'answer-lost' } : second;
}

/** Without it `pwdReset` means nothing, and whoever asked for must-change would be told of something that is not so. */
async function isMustChangeKept(
  held: Held<OpenLdapServer>,
  account: DirectoryAccount,
  signal: AbortSignal,
): Promise<'yes' | WriteResult> {
  try {
    const { rules } = await readEffectiveRules(held, { account, besides: [] }, signal);
    return rules?.isMustChangeKept === true
      ? 'yes'
      : { kind: 'agent-fault', reason: 'must-change-has-no-effect', evidence: undefined };
  } catch {
    // Nothing was written, and whoever asks again finds out what is wrong by reading the account.
    return { kind: 'not-sent' };
  }
}

async function requireChange(
  connection: LdapConnection,
  { distinguishedName }: DirectoryAccount,
  signal: AbortSignal,
): Promise<WriteResult> {
  const changes = [replace('pwdReset', ['TRUE'])];
  const answer = await connection.modify({ distinguishedName, changes, controls: asking() }, signal);
  const result = told('must-change', answer);
  // The password was set all the same: nothing but a fault describes that.
  return result.kind === 'applied' || result.kind === 'answer-lost' || result.kind === 'not-sent'
    ? result
    : { kind: 'agent-fault', evidence: result.evidence };
}

async function unlock(
  { connection }: Held<OpenLdapServer>,
  { distinguishedName }: DirectoryAccount,
  signal: AbortSignal,
): Promise<WriteResult> {
  // Takes the failed attempts away too. Replaced by nothing, which never fails; deleting what is not there does.
  const changes = [replace('pwdAccountLockedTime', [])];
  return told('unlock', await connection.modify({ distinguishedName, changes, controls: asking() }, signal));
}

/** As the service account the server refuses to verify a current password (53, measured): the person has to be bound. */
function changePassword(
  { connection }: Held<OpenLdapServer>,
  { account, change }: Writing<'change'>,
  signal: AbortSignal,
): Promise<WriteResult> {
  const { currentPassword, password } = change;
  const own = { step: 'change', distinguishedName: undefined, currentPassword, password } as const;
  return changeAsPerson(
    {
      directory: 'openldap',
      connection,
      account,
      change,
      set: (person, setSignal) => setPassword(person, own, setSignal),
      setAsService: (setSignal) => setPassword(connection, resetting(account, password), setSignal),
    },
    signal,
  );
}

function resetting({ distinguishedName }: DirectoryAccount, password: Uint8Array): PasswordModify & { step: 'reset' } {
  return { step: 'reset', distinguishedName, currentPassword: undefined, password };
}

async function setPassword(
  connection: LdapConnection,
  { step, ...request }: PasswordModify & { readonly step: RefusedStep },
  signal: AbortSignal,
): Promise<WriteResult> {
  return told(step, await connection.modifyPassword({ ...request, controls: asking() }, signal));
}

function told(step: RefusedStep, answer: ModifyAnswer): WriteResult {
  return answer.kind === 'refused' ? resultOf(step, answer) : answer;
}

function resultOf(step: RefusedStep, refused: Refused): WriteResult {
  return resultOfRefusal({ directory: 'openldap', step, control: 'password-policy', refused });
}

/** Anew for each request: the answer is read into it. */
function asking(): PasswordPolicyControl[] {
  return [new PasswordPolicyControl()];
}

function replace(type: string, values: string[]): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
}
