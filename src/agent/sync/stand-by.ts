// Asks again, soon, for the pass over a directory whose mirror another agent keeps: when that one goes, somebody has to take over.

import type { PassKind } from '../../protocol/sync-reports.js';
import type { Clock } from '../../timing/clock.js';
import { dueByItself, type SyncRunner } from './sync-runner.js';

export const STAND_BY_RETRY_MS = 60_000;

export interface StandByDeps {
  readonly sync: Pick<SyncRunner, 'request'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export class StandBy {
  readonly #deps: StandByDeps;
  readonly #waiting = new Set<string>();

  constructor(deps: StandByDeps) {
    this.#deps = deps;
  }

  /** The directory falls due in a minute, once, however often this is called meanwhile. */
  retry(directoryId: string, kind: PassKind): void {
    if (this.#waiting.has(directoryId)) return;
    this.#waiting.add(directoryId);
    const { sync, clock, signal } = this.#deps;
    clock.after(STAND_BY_RETRY_MS, () => {
      this.#waiting.delete(directoryId);
      if (!signal.aborted) void sync.request(dueByItself(directoryId, kind));
    });
  }
}
