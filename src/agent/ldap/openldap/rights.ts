// The rights an agent needs in OpenLDAP, and for what: one table, from which `agent delegation` prints the rules and `agent check`
// the command that shows whether they hold. Data only. Measured: docs/directories.md, "OpenLDAP", "Rights".

import type { WriteRight } from '../checks/needed-rights.js';

export const NEEDED_RIGHTS: readonly WriteRight[] = [
  {
    code: 'right-reset-password',
    attributes: ['userPassword'],
    neededFor: ['reset', 'reset-after-compromise'],
    // Whose password has expired cannot sign in to change it.
    usefulFor: ['change'],
  },
  { code: 'right-unlock', attributes: ['pwdAccountLockedTime'], neededFor: ['unlock'], usefulFor: [] },
  {
    code: 'right-must-change',
    attributes: ['pwdReset'],
    neededFor: [],
    // Where it is asked for: the person is told of a fault then, and has the new password all the same.
    usefulFor: ['reset', 'reset-after-compromise'],
  },
];
