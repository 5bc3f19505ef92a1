// The rights an agent needs in 389 Directory Server, and for what: one table, from which `agent delegation` prints the
// instructions and by which `agent check` judges what it finds. Data only. They are what write-change.ts writes, and no more: a
// reset's unlocking and its must-change are the server's own doing (docs/directories.md, "389 Directory Server", "Rights").

import { IDENTITY_ATTRIBUTES, type WriteRight } from '../checks/needed-rights.js';

export interface NeededRight extends WriteRight {
  /** In the name of the instruction, which administrators see. */
  readonly purpose: string;
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

/** What nobody needs to write to reset a password. */
export const SENSITIVE_ATTRIBUTES: readonly string[] = [
  'aci',
  'nsRoleDN',
  'nsAccountLock',
  'pwdpolicysubentry',
  'nsSshPublicKey',
  ...IDENTITY_ATTRIBUTES,
];
