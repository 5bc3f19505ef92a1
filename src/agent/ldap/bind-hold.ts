// Spares the service account: after a refused bind none is tried for a while, longer each time, because our own retries with
// an old password could lock it. A password that was changed since is tried at once. Knows no connection, keeps no password.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../secret/secret.js';
import type { Clock } from '../../timing/clock.js';
import type { BindRefused } from './connection-failures.js';

const HOLD_MS = 30_000;
/** As long as Windows counts failed attempts by default (lockOutObservationWindow). */
const HOLD_MS_MAX = 30 * 60_000;

interface Held {
  readonly failure: BindRefused;
  /** Of the password that was refused: enough to know it again. */
  readonly digest: Buffer;
  readonly untilMs: number;
  readonly forMs: number;
}

export class BindHold {
  readonly #clock: Clock;
  readonly #salt: Uint8Array;
  #held: Held | undefined;

  /** `salt`: random bytes of this process alone, so that a digest tells nothing elsewhere. */
  constructor(clock: Clock, salt: Uint8Array) {
    this.#clock = clock;
    this.#salt = salt;
  }

  /** Throws the refusal that is still held against this password. Another one is the cure, and ends the hold. */
  throwIfHeld(password: Secret): void {
    if (this.#held === undefined) return;
    if (!timingSafeEqual(this.#held.digest, this.#digest(password))) this.release();
    else if (this.#clock.monotonicMs() < this.#held.untilMs) throw this.#held.failure;
  }

  hold(failure: BindRefused, password: Secret): void {
    const forMs = this.#held === undefined ? HOLD_MS : Math.min(HOLD_MS_MAX, this.#held.forMs * 2);
    this.#held = { failure, forMs, digest: this.#digest(password), untilMs: this.#clock.monotonicMs() + forMs };
  }

  /** A bind was accepted: all is forgotten. */
  release(): void {
    this.#held = undefined;
  }

  #digest(password: Secret): Buffer {
    return createHmac('sha256', this.#salt).update(password.exposeBytes()).digest();
  }
}
