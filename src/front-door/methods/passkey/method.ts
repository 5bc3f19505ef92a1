// A passkey, as the list of methods has it.

import type { Method } from '../method.js';
import { passkeyFace } from './face.js';
import { PASSKEY } from './kept-passkey.js';
import { type PasskeyDeps, passkey } from './passkey.js';
import { isOfAddress } from './relying-party.js';
import { type PasskeySetupDeps, passkeySetup } from './set-up-passkey.js';

export const passkeyMethod: Method<typeof PASSKEY, PasskeyDeps & PasskeySetupDeps> = {
  kind: PASSKEY,
  mayProveAdministrator: true,
  hasMailbox: false,
  lackOn: ({ publicUrl }) =>
    isOfAddress(publicUrl)
      ? 'may name passkey where publicUrl has a host name: no browser makes a passkey for an address'
      : undefined,
  proof: passkey,
  setup: passkeySetup,
  face: passkeyFace,
};
