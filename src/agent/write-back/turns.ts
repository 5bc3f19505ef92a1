// Lets so many through at a time per key, first come first served, and only so many wait. Holds no timer: the caller's
// signal ends a wait. Knows nothing of what the turns are for.

export interface TurnsOptions {
  /** How many hold a turn of one key at the same time. */
  readonly width: number;
  /** How many may wait for one key; one more is turned away at once. */
  readonly waitingMax: number;
}

interface Line {
  taken: number;
  readonly waiting: Set<() => void>;
}

export class Turns {
  readonly #options: TurnsOptions;
  readonly #lines = new Map<string, Line>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** A turn, given back by disposing it; undefined when too many wait already. Rejects with the signal's reason. */
  async take(key: string, signal: AbortSignal): Promise<Disposable | undefined> {
    signal.throwIfAborted();
    const line = this.#lines.get(key) ?? { taken: 0, waiting: new Set() };
    this.#lines.set(key, line);
    if (line.taken < this.#options.width) line.taken += 1;
    else if (line.waiting.size >= this.#options.waitingMax) return undefined;
    else await this.#waitIn(line, signal);
    return this.#turnOf(key, line);
  }

  /** Keys somebody holds a turn of: none when all is quiet. */
  get keysHeld(): number {
    return this.#lines.size;
  }

  #waitIn(line: Line, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        line.waiting.delete(callUp);
        reject(signal.reason);
      };
      const callUp = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      line.waiting.add(callUp);
    });
  }

  #turnOf(key: string, line: Line): Disposable {
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        const [next] = line.waiting;
        if (next === undefined) {
          line.taken -= 1;
          if (line.taken === 0) this.#lines.delete(key);
          return;
        }
        // The turn passes on without ever being free, so nobody who comes now can step in between.
        line.waiting.delete(next);
        next();
      },
    };
  }
}
