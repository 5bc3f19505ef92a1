// A pass over many people works in slices, and between them whoever waits for a reset goes first: one person in front of a page is worth
// more than a mirror that is a second older. Promises that a pass goes on all the same, however many wait.

import type { Clock } from '../../timing/clock.js';

/** So long the pass works at a time: about half of what a reset takes where the directory is quick. */
const SLICE_MS = 4;
/** And so long after somebody has waited, since few come alone. */
const SHORT_SLICE_MS = 1;
const IS_SHORT_FOR_MS = 200;

export interface GiveWayDeps {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /**
   * Resolves in another turn of the event loop at the soonest, when nobody waits for an answer, and in any case after a while; to whether
   * anybody was waited for.
   */
  readonly untilQuiet: () => Promise<boolean>;
}

export class GiveWay {
  readonly #deps: GiveWayDeps;
  #sinceMs: number;
  #isShortUntilMs = Number.NEGATIVE_INFINITY;

  constructor(deps: GiveWayDeps) {
    this.#deps = deps;
    this.#sinceMs = deps.clock.monotonicMs();
  }

  /** To be asked after every little piece of work: whether `afterWork` has something to wait for. */
  get isDue(): boolean {
    const nowMs = this.#deps.clock.monotonicMs();
    return nowMs - this.#sinceMs >= (nowMs < this.#isShortUntilMs ? SHORT_SLICE_MS : SLICE_MS);
  }

  async afterWork(): Promise<void> {
    if (!this.isDue) return;
    const wasWaitedFor = await this.#deps.untilQuiet();
    this.#sinceMs = this.#deps.clock.monotonicMs();
    if (wasWaitedFor) this.#isShortUntilMs = this.#sinceMs + IS_SHORT_FOR_MS;
  }
}
