// From a directory's refusal to what it means, by the table beside this file. Pure. What fits no row stays unknown: a fault of
// the agent's, with the codes that were given, and never "wrong password".

import type { DirectoryEvidence } from '../../../protocol/outcomes.js';
import type { DirectoryKind } from '../../directory/directory-kind.js';
import type { WriteResult } from '../../directory/ports.js';
import type { Refused } from '../connection.js';
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
      return 'rule' in meaning
        ? { kind: 'refused-by-policy', rules: [meaning.rule], evidence }
        : { kind: 'agent-fault', reason: meaning.fault, evidence };
  }
}

/** The row that decides; undefined when the table knows nothing of such a refusal. */
export function rowOf(write: RefusedWrite): RefusalRow | undefined {
  return REFUSALS.find((row) => fits(row, write));
}

export function evidenceOf({ control, refused }: Omit<RefusedWrite, 'directory' | 'step'>): DirectoryEvidence {
  const { refusal, passwordPolicyError } = refused;
  const { resultCode: ldapResultCode, win32 } = refusal;
  return {
    ldapResultCode,
    ...(win32 === undefined ? {} : { win32 }),
    ...(passwordPolicyError === undefined ? {} : { passwordPolicyError }),
    ...(control === undefined ? {} : { control }),
  };
}

function fits(row: RefusalRow, { directory, step, control, refused }: RefusedWrite): boolean {
  const { refusal, passwordPolicyError } = refused;
  return (
    row.directories.includes(directory) &&
    row.of.includes(step) &&
    row.resultCode === refusal.resultCode &&
    (row.control === undefined || row.control === control) &&
    (row.win32 === undefined || row.win32 === refusal.win32) &&
    (row.policyError === undefined || row.policyError === (passwordPolicyError ?? 'none')) &&
    (row.words?.test(refusal.diagnostic) ?? true)
  );
}
