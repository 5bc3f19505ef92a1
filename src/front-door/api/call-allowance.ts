// How many calls one caller may make: a bucket that refills steadily. Kept in memory, per process: it guards this process,
// while the limits on what happens to an account are kept in the store (see throttles/).

import type { Clock } from '../../timing/clock.js';

export interface AllowanceRule {
  /** Calls that may come at once. */
  readonly burstMax: number;
  readonly refillPerSecond: number;
}

/** Callers that are remembered; beyond it the one that called least recently starts with a full bucket again. */
const CALLERS_MAX = 10_000;

export class CallAllowance {
  readonly #rule: AllowanceRule;
  readonly #clock: Clock;
  /** In the order of their last call. */
  readonly #buckets = new Map<string, { readonly left: number; readonly atMs: number }>();

  constructor(rule: AllowanceRule, clock: Clock) {
    this.#rule = rule;
    this.#clock = clock;
  }

  /** Takes one call; how long to wait in milliseconds when there is none left, undefined when it was granted. */
  take(caller: string): number | undefined {
    const left = this.#left(caller);
    this.#keep(caller, left >= 1 ? left - 1 : left);
    return left >= 1 ? undefined : this.#waitMs(left);
  }

  #left(caller: string): number {
    const { burstMax, refillPerSecond } = this.#rule;
    const bucket = this.#buckets.get(caller);
    if (bucket === undefined) return burstMax;
    return Math.min(burstMax, bucket.left + ((this.#clock.monotonicMs() - bucket.atMs) / 1000) * refillPerSecond);
  }

  #waitMs(left: number): number {
    return ((1 - left) / this.#rule.refillPerSecond) * 1000;
  }

  #keep(caller: string, left: number): void {
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left, atMs: this.#clock.monotonicMs() });
    if (this.#buckets.size <= CALLERS_MAX) return;
    const oldest = this.#buckets.keys().next();
    if (oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
