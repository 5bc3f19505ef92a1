// A pass over many people works in slices, and between them whoever waits for a reset goes first: one person in front of a page is worth
// more than a mirror that is a few seconds older. Promises that a pass goes on all the same, however many wait.

import type { Clock } from '../../timing/clock.js';
import { wait } from '../../timing/waits.js';

/** So long the pass works at a time: about half of what a reset takes where the directory is quick. */
const SLICE_MS = 4;
/**
 * For a while after somebody asked, since few come alone: shorter slices with a rest between them, because a reset that is not here yet,
 * or any more, is at work in the front door and the directory, often on the processors that we would take.
 */
const SHORT_SLICE_MS = 1;
const REST_MS = 4;
const IS_SHORT_FOR_MS = 200;

export interface GiveWayDeps {
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  /**
   * Resolves in another turn of the event loop at the soonest, when nobody waits for an answer, and in any case after a while; to when
   * somebody last asked, by the clock's `monotonicMs`, if anybody ever did.
   */
  readonly untilQuiet: () => Promise<number | undefined>;
}

export class GiveWay {
  readonly #deps: GiveWayDeps;
  readonly #signal: AbortSignal;
  #sinceMs: number;
  #askedMs: number | undefined;

  constructor(deps: GiveWayDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
    this.#sinceMs = deps.clock.monotonicMs();
  }

  /** To be asked after every little piece of work: whether `afterWork` has something to wait for. */
  get isDue(): boolean {
    return this.#deps.clock.monotonicMs() - this.#sinceMs >= (this.#isShort ? SHORT_SLICE_MS : SLICE_MS);
  }

  /** Rejects with the signal's reason. */
  async afterWork(): Promise<void> {
    if (!this.isDue) return;
    if (this.#isShort) await wait(this.#deps.clock, REST_MS, this.#signal);
    this.#askedMs = await this.#deps.untilQuiet();
    this.#sinceMs = this.#deps.clock.monotonicMs();
  }

  get #isShort(): boolean {
    return this.#askedMs !== undefined && this.#deps.clock.monotonicMs() - this.#askedMs < IS_SHORT_FOR_MS;
  }
}
