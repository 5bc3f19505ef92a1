// A text gateway that keeps what it is given: takes it, refuses it, or leaves it open whether it went.

import {
  type TextGateway,
  type TextMessage,
  TextNotSent,
} from '../../src/front-door/methods/text-message/text-gateway.js';

export class FakeTextGateway implements TextGateway {
  readonly texts: TextMessage[] = [];
  /** What becomes of the next ones. */
  mood: 'takes' | 'refuses' | 'is-silent' = 'takes';
  /** Undefined: at once. */
  until: Promise<void> | undefined;

  async send(message: TextMessage): Promise<void> {
    await this.until;
    if (this.mood === 'refuses') throw new TextNotSent('not taken', { mayHaveGone: false });
    this.texts.push(message);
    if (this.mood === 'is-silent') throw new TextNotSent('no answer', { mayHaveGone: true });
  }

  /** Of the newest text; empty where there is none. */
  get lastCode(): string {
    return /\b(\d{6})\b/.exec(this.texts.at(-1)?.text ?? '')?.[1] ?? '';
  }
}
