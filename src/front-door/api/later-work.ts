// Work that no answer waits for, such as handing over the news of what was done: begun a moment after the answer, and seen to
// its end before the process stops. A process that is killed in between loses it, as one that is killed before the answer does.

import type { Clock } from '../../timing/clock.js';

/** Pieces of work that wait or are under way. At the limit the answer waits for its own. */
export const LATER_WORK_MAX = 256;

/** A portal that has its answer asks for the next reset at once: that one goes first, and while the agent has it there is time for this. */
export const LATER_BY_MS = 20;

export class LaterWork {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #open = new Set<Promise<void>>();

  constructor(clock: Clock, max = LATER_WORK_MAX) {
    this.#clock = clock;
    this.#max = max;
  }

  /** Resolves at once; at the limit, when the work is done. `work` must not reject. */
  async add(work: () => Promise<void>): Promise<void> {
    if (this.#open.size >= this.#max) return work();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open.add(promise);
    this.#clock.after(LATER_BY_MS, () => void work().finally(resolve));
    void promise.then(() => this.#open.delete(promise));
  }

  async whenIdle(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }
}
