// Decides when a pass runs: at the first link, on schedule, and never two at a time.
// A directory that falls due while another is read waits its turn; one that falls due again is caught up once. Knows no cron.

export interface SyncRunnerDeps {
  readonly directoryIds: readonly string[];
  /** One pass over this directory. Does not throw for expected trouble. */
  readonly runPass: (directoryId: string, signal: AbortSignal) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** Serialises passes. At most one runs, and each directory waits once, however often it is asked for. */
export class SyncRunner {
  readonly #deps: SyncRunnerDeps;
  /** In the order they fell due. */
  readonly #due = new Set<string>();
  #running: Promise<void> | undefined;

  constructor(deps: SyncRunnerDeps) {
    this.#deps = deps;
  }

  /** Asks for a pass over these directories, by default all; resolves when no pass runs any more. */
  request(directoryIds: readonly string[] = this.#deps.directoryIds): Promise<void> {
    for (const directoryId of directoryIds) this.#due.add(directoryId);
    this.#running ??= this.#runUntilNothingIsDue().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runUntilNothingIsDue(): Promise<void> {
    const { runPass, signal } = this.#deps;
    for (const directoryId of this.#due) {
      this.#due.delete(directoryId);
      if (signal.aborted) return;
      await runPass(directoryId, signal);
    }
  }
}
