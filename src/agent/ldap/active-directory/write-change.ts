// Carries one change to an account out as one modify of an Active Directory entry: all attributes together or none.

import { Attribute, Change } from 'ldapts';
import type { DirectoryAccount } from '../../directory/directory-account.js';
import type { AccountChange, WriteResult } from '../../directory/ports.js';
import { policyHintsControl } from '../controls.js';
import type { Held } from '../dialect.js';
import type { DomainController } from './domain-controller.js';
import { guidName } from './object-guid.js';
import { unicodePwd } from './unicode-pwd.js';
import { writeResultOf } from './write-results.js';

/** pwdLastSet takes two values only (MS-ADTS 3.1.1.5.3.2): now, and must change at the next sign-in. */
const SET_NOW = '-1';
const MUST_CHANGE = '0';

/** Never throws: whoever asked must know whether it left. */
export async function writeChange(
  { connection, server: { policyHintsOid } }: Held<DomainController>,
  account: DirectoryAccount,
  change: AccountChange,
  signal: AbortSignal,
): Promise<WriteResult> {
  const controls = change.kind === 'unlock' || policyHintsOid === undefined ? [] : [policyHintsControl(policyHintsOid)];
  const password = change.kind === 'reset' ? unicodePwd(change.password) : Buffer.alloc(0);
  try {
    const distinguishedName = guidName(account.anchor);
    const answer = await connection.modify(
      { distinguishedName, changes: changesOf(change, password), controls },
      signal,
    );
    return answer.kind === 'refused' ? writeResultOf(answer.refusal) : answer;
  } finally {
    // @NOTE ldapts has copied it into the request it sent, which only the garbage collector ends.
    password.fill(0);
  }
}

function changesOf(change: AccountChange, password: Buffer): Change[] {
  // A reset does not unlock by itself; all attributes go in one modify, of which a directory carries out all or nothing.
  const unlocking = change.kind === 'unlock' || change.unlock ? [replace('lockoutTime', '0')] : [];
  if (change.kind === 'unlock') return unlocking;
  return [
    replace('unicodePwd', password),
    replace('pwdLastSet', change.mustChange ? MUST_CHANGE : SET_NOW),
    ...unlocking,
  ];
}

function replace(type: string, value: string | Buffer): Change {
  const modification = new Attribute(typeof value === 'string' ? { type, values: [value] } : { type, values: [value] });
  return new Change({ operation: 'replace', modification });
}
