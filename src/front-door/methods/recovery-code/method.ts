// Recovery codes, as the list of methods has them.

import type { Method } from '../method.js';
import { recoveryCodeFace } from './face.js';
import { type RecoveryCodeDeps, recoveryCode } from './recovery-code.js';
import { type RecoveryCodesSetupDeps, recoveryCodesSetup } from './set-up-recovery-codes.js';

export const recoveryCodeMethod: Method<'recovery-code', RecoveryCodeDeps & RecoveryCodesSetupDeps> = {
  kind: 'recovery-code',
  mayProveAdministrator: true,
  hasMailbox: false,
  isUsedUp: true,
  proof: recoveryCode,
  setup: recoveryCodesSetup,
  face: recoveryCodeFace,
};
