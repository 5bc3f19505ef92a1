// Lets one piece of work after another through for the same key, so that two calls with one reset id never carry it at once.
// In memory: it guards this process, which is the only one that serves.

export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` once the one before it has ended, however that ended. What waits is bounded by the calls that are open. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
