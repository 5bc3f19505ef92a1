// A code of an authenticator app, as the list of methods has it.

import { createDataBox, type DataBox } from '../data-box.js';
import type { Method } from '../method.js';
import { type AuthenticatorDeps, authenticatorCode } from './authenticator-code.js';
import { authenticatorFace } from './face.js';
import { type AuthenticatorSetupDeps, authenticatorSetup } from './set-up-authenticator.js';

interface Means extends Omit<AuthenticatorDeps & AuthenticatorSetupDeps, 'box'> {
  /** 32 bytes. */
  readonly dataKey: Uint8Array;
}

export const authenticatorCodeMethod: Method<'authenticator-code', Means> = {
  kind: 'authenticator-code',
  mayProveAdministrator: true,
  hasMailbox: false,
  proof: (means) => authenticatorCode({ ...means, box: authenticatorBox(means.dataKey) }),
  setup: (means) => authenticatorSetup({ ...means, box: authenticatorBox(means.dataKey) }),
  face: authenticatorFace,
};

/** Seals the apps' secrets, for whoever checks a code and whoever sets one up. */
export function authenticatorBox(dataKey: Uint8Array): DataBox {
  return createDataBox(dataKey, 'authenticators');
}
