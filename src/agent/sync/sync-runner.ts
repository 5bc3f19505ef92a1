// Decides when a sync cycle runs: at the first link, on schedule, and never two at a time.
// A run that falls due while another goes on is caught up once afterwards. Knows no cron and no directory.

import type { SyncResult } from './run-full-sync.js';

export interface SyncRunnerDeps {
  /** One cycle with the next generation. Does not throw for expected trouble. */
  readonly runCycle: (signal: AbortSignal) => Promise<SyncResult>;
  readonly signal: AbortSignal;
}

/** Serialises cycles. At most one runs and one waits, however often it is asked. */
export class SyncRunner {
  readonly #deps: SyncRunnerDeps;
  #running: Promise<void> | undefined;
  #isDueAgain = false;

  constructor(deps: SyncRunnerDeps) {
    this.#deps = deps;
  }

  /** Asks for a cycle; resolves when no cycle runs any more. */
  request(): Promise<void> {
    if (this.#running !== undefined) {
      this.#isDueAgain = true;
      return this.#running;
    }
    this.#running = this.#runUntilNothingIsDue().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runUntilNothingIsDue(): Promise<void> {
    do {
      this.#isDueAgain = false;
      if (this.#deps.signal.aborted) return;
      await this.#deps.runCycle(this.#deps.signal);
    } while (this.#isDueAgain);
  }
}
