// Time, as an argument. The only folder that may touch the machine's clock and timers.
// Two clocks in one: wall time for what people and certificates mean, a monotonic one for measuring.

/** A timer that was set; `cancel` may be called any number of times. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. May jump: never subtract two of them to measure. */
  nowMs(): number;
  /** Milliseconds on a clock that never goes back. Meaningless outside this process. */
  monotonicMs(): number;
  /** Calls `then` once after `delayMs` (0 or more). Does not keep the process alive by itself. */
  after(delayMs: number, then: () => void): Timer;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, then) => {
    const timer = setTimeout(then, delayMs);
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};

/** An instant as ISO 8601 in UTC, for logs, frames and rows. */
export function isoInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
