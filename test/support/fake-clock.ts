// A clock that stands still until a test moves it. Timers fire in order of their time.
// Holds no real timer, so no test can be slow or flaky through it.

import type { Clock, Timer } from '../../src/timing/clock.js';

interface Pending {
  readonly atMs: number;
  readonly order: number;
  readonly then: () => void;
}

export class FakeClock implements Clock {
  #nowMs: number;
  #order = 0;
  #pending: Pending[] = [];

  constructor(startMs = Date.UTC(2026, 0, 15, 12, 0, 0)) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, then: () => void): Timer {
    const pending = { atMs: this.#nowMs + delayMs, order: this.#order++, then };
    this.#pending.push(pending);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((other) => other !== pending);
      },
    };
  }

  /** How many timers are waiting. */
  get pendingTimers(): number {
    return this.#pending.length;
  }

  /** Moves time on, firing what falls due and letting promises settle in between. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#pending
        .filter((pending) => pending.atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (next === undefined) break;
      this.#pending = this.#pending.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.then();
      await settle();
    }
    this.#nowMs = untilMs;
    await settle();
  }
}

/** Lets everything already promised run: enough turns of the microtask and immediate queues for our longest chains. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
