// From a directory's refusal to what it means, by the table beside this file. Pure. What fits no row stays unknown: a fault of
// the agent's, with the codes that were given, and never "wrong password".

import type { DirectoryEvidence } from '../../../protocol/outcomes.js';
import type { DirectoryKind } from '../../directory/directory-kind.js';
import type { SignInResult, WriteResult } from '../../directory/ports.js';
import type { Refused } from '../connection.js';
import { LDAP_CODES, type LdapRefusal } from '../ldap-errors.js';
import type { RefusalRow, RefusedStep } from './refusal-row.js';
import { REFUSALS } from './refusal-table.js';

export interface RefusedWrite {
  readonly directory: DirectoryKind;
  readonly step: RefusedStep;
  /** What was sent with the request, in the evidence's words. */
  readonly control: DirectoryEvidence['control'];
  readonly refused: Refused;
}

export function resultOfRefusal(write: RefusedWrite): WriteResult {
  const evidence = evidenceOf(write);
  const meaning = rowOf(write)?.meaning;
  switch (meaning) {
    case undefined:
      return { kind: 'agent-fault', evidence };
    case 'answer-lost':
      return { kind: 'answer-lost' };
    case 'not-permitted':
    case 'no-such-account':
    case 'wrong-password':
    case 'account-locked':
      return { kind: meaning, evidence };
    default:
      if ('rule' in meaning) return { kind: 'refused-by-policy', rules: [meaning.rule], evidence };
      if ('contact' in meaning) return { kind: 'contact-administrator', reason: meaning.contact, evidence };
      // That a password is right answers no write.
      return { kind: 'agent-fault', ...('fault' in meaning ? { reason: meaning.fault } : {}), evidence };
  }
}

export function resultOfRefusedSignIn(bind: Omit<RefusedWrite, 'step'>): SignInResult {
  const refused = { ...bind, step: 'sign-in' as const };
  const meaning = rowOf(refused)?.meaning;
  if (typeof meaning === 'object' && 'next' in meaning) return { kind: 'right', next: meaning.next };
  const result = resultOfRefusal(refused);
  switch (result.kind) {
    case 'wrong-password':
    case 'account-locked':
    case 'contact-administrator':
    case 'no-such-account':
    case 'agent-fault':
      return result;
    case 'answer-lost':
      return { kind: 'no-answer' };
    default:
      // No row says so of a sign-in, which a test holds.
      return { kind: 'agent-fault', evidence: evidenceOf(refused) };
  }
}

/** The row that decides; undefined when the table knows nothing of such a refusal. */
export function rowOf(write: RefusedWrite): RefusalRow | undefined {
  return REFUSALS.find((row) => fits(row, write));
}

export function evidenceOf({ control, refused }: Omit<RefusedWrite, 'directory' | 'step'>): DirectoryEvidence {
  const { refusal, passwordPolicyError } = refused;
  const { resultCode: ldapResultCode } = refusal;
  const win32 = win32Of(refusal);
  return {
    ldapResultCode,
    ...(win32 === undefined ? {} : { win32 }),
    ...(passwordPolicyError === undefined ? {} : { passwordPolicyError }),
    ...(control === undefined ? {} : { control }),
  };
}

/** Of a refused bind the leading code is the security package's, always the same: the sub-code says why. */
function win32Of({ resultCode, win32, data }: LdapRefusal): string | undefined {
  const isBind = resultCode === LDAP_CODES.invalidCredentials && data !== undefined;
  return isBind ? data.toUpperCase().padStart(8, '0') : win32;
}

function fits(row: RefusalRow, { directory, step, control, refused }: RefusedWrite): boolean {
  const { refusal, passwordPolicyError } = refused;
  return (
    row.directories.includes(directory) &&
    row.of.includes(step) &&
    row.resultCode === refusal.resultCode &&
    (row.control === undefined || row.control === control) &&
    (row.win32 === undefined || row.win32 === refusal.win32) &&
    (row.data === undefined || row.data === refusal.data) &&
    (row.policyError === undefined || row.policyError === (passwordPolicyError ?? 'none')) &&
    (row.words?.test(refusal.diagnostic) ?? true)
  );
}
