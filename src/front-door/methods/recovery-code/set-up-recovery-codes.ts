// Makes a person's recovery codes, in place of all there were: in one step, since they are shown once and nothing is to be tried.

import type { MethodSetup } from '../method-setup.js';
import { RECOVERY_CODES_ID } from '../ways-to-remove.js';
import { makeRecoveryCodes } from './recovery-code.js';

export type RecoveryCodesSetupDeps = Parameters<typeof makeRecoveryCodes>[0];

export function recoveryCodesSetup(deps: RecoveryCodesSetupDeps): MethodSetup {
  return {
    kind: 'recovery-code',
    begin: async ({ account }) => ({
      kind: 'done',
      id: RECOVERY_CODES_ID,
      shown: await makeRecoveryCodes(deps, account),
    }),
    // Nothing is ever left pending.
    confirm: async () => ({ kind: 'refused', problem: 'expired' }),
  };
}
