// The rights an agent needs in 389 Directory Server, and for what: one table, from which `agent delegation` prints the
// instructions and by which `agent check` judges what it finds. Data only. They are what write-change.ts writes, and no more: a
// reset's unlocking and its must-change are the server's own doing (docs/directories.md, "389 Directory Server", "Rights").

import type { Operation } from '../../../protocol/operations.js';

export interface NeededRight {
  readonly code: 'right-reset-password' | 'right-unlock';
  /** In the name of the instruction, which administrators see. */
  readonly purpose: string;
  /** All of them have to be written. */
  readonly attributes: readonly string[];
  /** Turned on, they need the right. */
  readonly neededFor: readonly Operation[];
  /** Turned on, they need it for some people only. */
  readonly usefulFor: readonly Operation[];
}

export const NEEDED_RIGHTS: readonly NeededRight[] = [
  {
    code: 'right-reset-password',
    purpose: 'set passwords',
    attributes: ['userPassword'],
    neededFor: ['reset', 'reset-after-compromise'],
    // Whose password has expired cannot sign in to change it.
    usefulFor: ['change'],
  },
  {
    code: 'right-unlock',
    purpose: 'unlock',
    attributes: ['passwordRetryCount', 'accountUnlockTime'],
    neededFor: ['unlock'],
    usefulFor: [],
  },
];

export function rightsFor(operations: readonly Operation[]): readonly NeededRight[] {
  return NEEDED_RIGHTS.filter((right) => isOneOf(right.neededFor, operations) || isOneOf(right.usefulFor, operations));
}

export function isOneOf(some: readonly Operation[], operations: readonly Operation[]): boolean {
  return some.some((operation) => operations.includes(operation));
}

/** Whoever may write one of these may make themselves, or somebody, another person or more than they are. */
export const SENSITIVE_ATTRIBUTES: readonly string[] = [
  'aci',
  'objectClass',
  'nsRoleDN',
  'nsAccountLock',
  'pwdpolicysubentry',
  'memberOf',
  'uid',
  'cn',
  // Where codes are sent.
  'mail',
  'manager',
  'userCertificate',
  'uidNumber',
  'gidNumber',
  'homeDirectory',
  'loginShell',
  'nsSshPublicKey',
];
