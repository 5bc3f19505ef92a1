// The port for what hands text messages to a phone network. A technology fulfils it, with an account that costs money: what may be sent,
// and how much of it, is decided before; see decide-send.ts.

import { Failure } from '../../../failure/failure.js';

export interface TextMessage {
  /** E.164, as in `+4915123456789`. */
  readonly number: string;
  readonly text: string;
}

/** The gateway did not take the text, or did not say that it did. */
export class TextNotSent extends Failure {
  readonly code = 'text-not-sent';
  readonly retry = { mayRetry: true, why: 'the gateway may be back, or take another text' };
  /** It may be on its way, and cost, all the same: the gateway was asked, and what it answered says neither yes nor no. */
  readonly mayHaveGone: boolean;

  constructor(message: string, options: { readonly mayHaveGone: boolean; readonly cause?: unknown }) {
    super(message, options);
    this.mayHaveGone = options.mayHaveGone;
  }
}

export interface TextGateway {
  /** Resolves once the gateway has said that it takes the text. Throws TextNotSent. */
  send(message: TextMessage): Promise<void>;
}
