// A code by e-mail, as the list of methods has it.

import type { Method } from '../method.js';
import { type EmailCodeDeps, emailCode } from './email-code.js';
import { emailCodeFace } from './face.js';
import { type EmailSetupDeps, emailSetup } from './set-up-email.js';

export const emailCodeMethod: Method<'email-code', EmailCodeDeps & EmailSetupDeps> = {
  kind: 'email-code',
  mayProveAdministrator: true,
  hasMailbox: true,
  proof: emailCode,
  setup: emailSetup,
  face: emailCodeFace,
};
