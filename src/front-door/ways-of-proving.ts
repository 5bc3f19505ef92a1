// Wires the ways of proving who one is, and of setting them up, over a house's store: a part of front-door.ts. Decides nothing.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../timing/clock.js';
import type { House } from './front-door.js';
import { authenticatorCode } from './methods/authenticator-code/authenticator-code.js';
import { authenticatorSetup } from './methods/authenticator-code/set-up-authenticator.js';
import { createDataBox, type DataBox } from './methods/data-box.js';
import { emailCode } from './methods/email-code/email-code.js';
import { emailSetup } from './methods/email-code/set-up-email.js';
import type { MethodSetup } from './methods/method-setup.js';
import { passkey } from './methods/passkey/passkey.js';
import { passkeySetup } from './methods/passkey/set-up-passkey.js';
import type { ProofMethod } from './methods/proof-method.js';
import { recoveryCode } from './methods/recovery-code/recovery-code.js';
import { recoveryCodesSetup } from './methods/recovery-code/set-up-recovery-codes.js';
import { securityQuestions } from './methods/security-questions/security-questions.js';
import { securityQuestionsSetup } from './methods/security-questions/set-up-security-questions.js';
import { textSetup } from './methods/text-message/set-up-text.js';
import { textMessage } from './methods/text-message/text-message.js';
import type { NoticeSettings } from './notices/notice-settings.js';
import type { Outbox } from './outbox/outbox.js';
import type { PasswordHasher } from './people/cloud-accounts.js';
import type { Texts } from './text-messages.js';

type Kept = Pick<House, 'store' | 'secrets' | 'tenants'>;

interface WaysOptions {
  readonly outbox: Outbox;
  /** Undefined: there are no text messages. */
  readonly texts: Texts | undefined;
  readonly clock: Clock;
  readonly noticeSettings: NoticeSettings;
  readonly hasher: PasswordHasher;
  /** Passkeys are good under its host. */
  readonly publicUrl: string;
}

/** The ways to prove who one is, over this house's store. */
export function proofMethodsOf({ store, secrets, tenants }: Kept, options: WaysOptions): readonly ProofMethod[] {
  const { texts, clock, hasher } = options;
  const { methods } = store;
  const { digestKey, dataKey } = secrets;
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  return [
    emailCode({ store: methods, ...options, random, digestKey }),
    ...(texts === undefined ? [] : [textMessage({ store: methods, ...options, random, digestKey, ...texts })]),
    authenticatorCode({ store: methods, box: createDataBox(dataKey, 'authenticators'), clock }),
    passkey({ store: methods, ...options, random, digestKey }),
    recoveryCode({ store: methods, clock, digestKey }),
    securityQuestions({ store: methods, box: questionsBox(dataKey), clock, hasher, tenants, digestKey }),
  ];
}

/** How each of them is set up by its person. */
export function methodSetupsOf({ store, secrets, tenants }: Kept, options: WaysOptions): readonly MethodSetup[] {
  const { digestKey, dataKey } = secrets;
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const { texts } = options;
  const deps = { store: store.methods, ...options, random, randomUuid: randomUUID };
  return [
    emailSetup({ ...deps, digestKey }),
    ...(texts === undefined ? [] : [textSetup({ ...deps, digestKey, ...texts })]),
    authenticatorSetup({ ...deps, box: createDataBox(dataKey, 'authenticators') }),
    passkeySetup({ ...deps, digestKey }),
    recoveryCodesSetup({ ...deps, digestKey }),
    securityQuestionsSetup({ ...deps, box: questionsBox(dataKey), tenants }),
  ];
}

/** Seals what people answered, for whoever checks it and whoever sets it up. */
export function questionsBox(dataKey: Uint8Array): DataBox {
  return createDataBox(dataKey, 'security-questions');
}
