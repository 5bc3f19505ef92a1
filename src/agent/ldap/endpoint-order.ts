// In which order the servers of a directory are asked: as they were given, those that failed last, and a wanted one first.
// Remembers failures only. Knows no connection and opens none.

import type { Clock } from '../../timing/clock.js';
import type { Endpoint } from './connection.js';

/** How soon a server that failed is tried again, beside the work, as long as another one answers. */
export const TRY_AGAIN_AFTER_MS = 30_000;

export class EndpointOrder {
  readonly #clock: Clock;
  readonly #failedAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  noteFailure({ url }: Endpoint): void {
    this.#failedAtMs.set(url, this.#clock.monotonicMs());
  }

  noteSuccess({ url }: Endpoint): void {
    this.#failedAtMs.delete(url);
  }

  hasFailed({ url }: Endpoint): boolean {
    return this.#failedAtMs.has(url);
  }

  /** Whether a failed one should be tried again by now. Asking counts as trying: the next time is as far away again. */
  takeRetry(endpoint: Endpoint): boolean {
    const failedAtMs = this.#failedAtMs.get(endpoint.url);
    if (failedAtMs === undefined || this.#clock.monotonicMs() - failedAtMs < TRY_AGAIN_AFTER_MS) return false;
    this.noteFailure(endpoint);
    return true;
  }

  /** `isWanted` ones before others of the same health. Failed ones stay last until one of them has answered again. */
  sorted(endpoints: readonly Endpoint[], isWanted: (endpoint: Endpoint) => boolean = () => false): Endpoint[] {
    const rank = (endpoint: Endpoint) => (this.hasFailed(endpoint) ? 2 : 0) + (isWanted(endpoint) ? 0 : 1);
    return endpoints.toSorted((one, other) => rank(one) - rank(other));
  }
}
