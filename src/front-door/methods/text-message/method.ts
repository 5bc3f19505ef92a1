// A code by text message, as the list of methods has it: only where there is a gateway.

import type { Method } from '../method.js';
import { textMessageFace } from './face.js';
import type { TextMeans } from './send-text-code.js';
import { type TextSetupDeps, textSetup } from './set-up-text.js';
import { type TextMessageDeps, textMessage } from './text-message.js';

interface Means extends Omit<TextMessageDeps & TextSetupDeps, keyof TextMeans> {
  /** Undefined: there are no text messages. */
  readonly texts: TextMeans | undefined;
}

export const textMessageMethod: Method<'text-message', Means> = {
  kind: 'text-message',
  mayProveAdministrator: true,
  hasMailbox: false,
  lackOn: ({ textMessages }) =>
    textMessages === undefined ? 'names text-message, and there is no gateway: fill in textMessages' : undefined,
  proof: ({ texts, ...means }) => texts && textMessage({ ...means, ...texts }),
  setup: ({ texts, ...means }) => texts && textSetup({ ...means, ...texts }),
  face: textMessageFace,
};
