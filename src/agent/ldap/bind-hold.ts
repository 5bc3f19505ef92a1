// Spares the service account: after a refused bind none is tried for a while, longer each time, because our own retries with
// an old password could lock it. Knows no connection.

import type { Clock } from '../../timing/clock.js';
import type { BindRefused } from './connection-failures.js';

const HOLD_MS = 30_000;
/** As long as Windows counts failed attempts by default (lockOutObservationWindow). */
const HOLD_MS_MAX = 30 * 60_000;

export class BindHold {
  readonly #clock: Clock;
  #held: { readonly failure: BindRefused; readonly untilMs: number; readonly forMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws the refusal that is still held against us. */
  throwIfHeld(): void {
    if (this.#held !== undefined && this.#clock.monotonicMs() < this.#held.untilMs) throw this.#held.failure;
  }

  hold(failure: BindRefused): void {
    const forMs = this.#held === undefined ? HOLD_MS : Math.min(HOLD_MS_MAX, this.#held.forMs * 2);
    this.#held = { failure, forMs, untilMs: this.#clock.monotonicMs() + forMs };
  }

  /** A bind was accepted: all is forgotten. */
  release(): void {
    this.#held = undefined;
  }
}
