// Carries one change to an account out on an Active Directory entry. One modify, so that all attributes change together or
// none does; a reset after a compromise is two, because the password before the last one goes on being taken for a while.

import { Attribute, Change, type Control } from 'ldapts';
import { assertNever } from '../../../failure/assert.js';
import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { AccountChange, WriteResult } from '../../directory/ports.js';
import { policyHintsControl } from '../controls.js';
import type { Held } from '../dialect.js';
import { resultOfRefusal } from '../refusals/result-of-refusal.js';
import type { DomainController } from './domain-controller.js';
import { guidName } from './object-guid.js';
import { unicodePwd } from './unicode-pwd.js';

/** pwdLastSet takes two values only (MS-ADTS 3.1.1.5.3.2): now, and must change at the next sign-in. */
const SET_NOW = '-1';
const MUST_CHANGE = '0';

/** Never throws: whoever asked must know whether it left. */
export async function writeChange(
  held: Held<DomainController>,
  account: DirectoryAccount,
  change: AccountChange,
  signal: AbortSignal,
): Promise<WriteResult> {
  const entry: Entry = { held, distinguishedName: guidName(account.identity) };
  switch (change.kind) {
    case 'unlock':
      return send(entry, { kind: 'unlock', changes: [unlocking()], controls: [] }, signal);
    case 'reset':
      return writeReset(entry, change, signal);
    case 'reset-after-compromise':
      return writeResetTwice(entry, change, signal);
    case 'change':
      return writePasswordChange(entry, change, signal);
    default:
      return assertNever(change);
  }
}

type ChangeOf<Kind extends AccountChange['kind']> = Extract<AccountChange, { readonly kind: Kind }>;

function writeReset(entry: Entry, change: Omit<ChangeOf<'reset'>, 'kind'>, signal: AbortSignal): Promise<WriteResult> {
  return withUnicodePwd(change.password, (password) => {
    // A reset does not unlock by itself.
    const changes = [
      replace('unicodePwd', password),
      replace('pwdLastSet', change.mustChange ? MUST_CHANGE : SET_NOW),
      ...(change.unlock ? [unlocking()] : []),
    ];
    return send(entry, { kind: 'reset', changes, controls: hintsFor(entry) }, signal);
  });
}

async function writeResetTwice(
  entry: Entry,
  change: ChangeOf<'reset-after-compromise'>,
  signal: AbortSignal,
): Promise<WriteResult> {
  const first = await withUnicodePwd(change.throwAway, (password) =>
    send(entry, { kind: 'reset', changes: [replace('unicodePwd', password)], controls: [] }, signal),
  );
  if (first.kind !== 'applied') return first;
  // To its end, whoever stops waiting: between the two nobody could sign in.
  const second = await writeReset(entry, change, new AbortController().signal);
  switch (second.kind) {
    case 'refused-by-policy':
      return { ...second, kind: 'refused-after-throw-away' };
    case 'not-sent':
      // The first did leave: only reading the account back can tell what is in force.
      return { kind: 'answer-lost' };
    default:
      return second;
  }
}

/** `delete` the old value, `add` the new one: the directory then checks the old one and applies all its rules (MS-ADTS 3.1.1.3.1.5.1). */
function writePasswordChange(entry: Entry, change: ChangeOf<'change'>, signal: AbortSignal): Promise<WriteResult> {
  return withUnicodePwd(change.currentPassword, (current) =>
    withUnicodePwd(change.password, (next) => {
      const changes = [modification('delete', 'unicodePwd', current), modification('add', 'unicodePwd', next)];
      return send(entry, { kind: 'change', changes, controls: [] }, signal);
    }),
  );
}

interface Entry {
  readonly held: Held<DomainController>;
  readonly distinguishedName: string;
}

interface OneModify {
  readonly kind: 'reset' | 'change' | 'unlock';
  readonly changes: Change[];
  readonly controls: Control[];
}

async function send(
  { held, distinguishedName }: Entry,
  { kind, changes, controls }: OneModify,
  signal: AbortSignal,
): Promise<WriteResult> {
  const answer = await held.connection.modify({ distinguishedName, changes, controls }, signal);
  if (answer.kind !== 'refused') return answer;
  const control = controls.length > 0 ? 'policy-hints' : undefined;
  return resultOfRefusal({ directory: 'active-directory', step: kind, control, refused: answer });
}

/** Makes a reset obey history, where the domain controller can. */
function hintsFor({ held }: Entry): Control[] {
  const { policyHintsOid } = held.server;
  return policyHintsOid === undefined ? [] : [policyHintsControl(policyHintsOid)];
}

async function withUnicodePwd(
  passwordUtf8: Uint8Array,
  use: (value: Buffer) => Promise<WriteResult>,
): Promise<WriteResult> {
  const value = unicodePwd(passwordUtf8);
  try {
    return await use(value);
  } finally {
    // @NOTE ldapts has copied it into the request it sent, which only the garbage collector ends.
    value.fill(0);
  }
}

function unlocking(): Change {
  return replace('lockoutTime', '0');
}

function replace(type: string, value: string | Buffer): Change {
  return modification('replace', type, value);
}

function modification(operation: 'add' | 'delete' | 'replace', type: string, value: string | Buffer): Change {
  const attribute = new Attribute(typeof value === 'string' ? { type, values: [value] } : { type, values: [value] });
  return new Change({ operation, modification: attribute });
}
