// Sends what waits in an outbox, a few at a time, and tries again later what could not be sent. One bad letter ends that letter.
// What is past its time is not sent: a code that no longer works would only confuse. Knows not what a letter is.

import { Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { wait } from '../../timing/waits.js';
import type { DataBox } from '../methods/data-box.js';
import type { OutboxStore, WaitingLetter } from './outbox-store.js';
import { openLetter, type ReadLetter } from './sealed-outbox.js';

const AT_ONCE_MAX = 4;
/** The longest nap; a new letter wakes earlier. */
const NAP_MS = 30_000;

/** Given as the reason, since without one the platform makes an error, with a stack, for every letter. */
const WOKEN = 'there is a new letter';

export interface DeliveryDeps<Letter> {
  readonly store: OutboxStore;
  readonly box: DataBox;
  readonly read: ReadLetter<Letter>;
  /** Throws a Failure that says for itself whether another attempt may help; whatever else is thrown may. */
  readonly send: (letter: Letter, signal: AbortSignal) => Promise<void>;
  /** How long to wait after that many attempts, at least one; undefined: no more. */
  readonly retryAfterMs: (attempts: number) => number | undefined;
  readonly clock: Clock;
  readonly onSent: (sent: { readonly letter: Letter; readonly attempts: number }) => void;
  /** `letter` undefined: it could not be opened, or the store itself is away. */
  readonly onNotSent: (failed: {
    readonly letter: Letter | undefined;
    readonly error: unknown;
    readonly attempts: number;
    readonly willRetry: boolean;
  }) => void;
}

export interface OutboxDelivery {
  /** Ends the current nap. */
  wake(): void;
  /** Runs until the signal aborts; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due now. */
  deliverDue(signal: AbortSignal): Promise<void>;
}

export function createDelivery<Letter>(deps: DeliveryDeps<Letter>): OutboxDelivery {
  const { store, box, clock } = deps;
  let napping = new AbortController();

  async function deliverDue(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = await store.due(clock.nowMs(), AT_ONCE_MAX);
      if (due.length === 0 || signal.aborted) return;
      await Promise.all(due.map((letter) => deliver(letter, signal)));
    }
  }

  async function deliver(waiting: WaitingLetter, signal: AbortSignal): Promise<void> {
    const attempts = waiting.attempts + 1;
    if (clock.nowMs() >= waiting.notAfterMs) return store.remove(waiting.id);
    let letter: Letter | undefined;
    try {
      letter = openLetter(box, waiting, deps.read);
      await deps.send(letter, signal);
      await store.remove(waiting.id);
      deps.onSent({ letter, attempts });
    } catch (error) {
      if (signal.aborted) return;
      const nextMs = mayRetry(error) ? nextAttemptMs(attempts, waiting) : undefined;
      deps.onNotSent({ letter, error, attempts, willRetry: nextMs !== undefined });
      await (nextMs === undefined ? store.remove(waiting.id) : store.postpone(waiting.id, nextMs));
    }
  }

  function nextAttemptMs(attempts: number, { notAfterMs }: WaitingLetter): number | undefined {
    const afterMs = deps.retryAfterMs(attempts);
    const nextMs = afterMs === undefined ? Number.POSITIVE_INFINITY : clock.nowMs() + afterMs;
    return nextMs < notAfterMs ? nextMs : undefined;
  }

  return {
    deliverDue,
    wake: () => napping.abort(WOKEN),
    async run(signal) {
      while (!signal.aborted) {
        napping = new AbortController();
        const either = AbortSignal.any([signal, napping.signal]);
        try {
          await deliverDue(signal);
        } catch (error) {
          // The store is away: as long as that lasts nothing can be sent, and the next turn asks again.
          deps.onNotSent({ letter: undefined, error, attempts: 0, willRetry: true });
        }
        // Rejects when woken or stopped: both mean going on to the loop's head.
        await wait(clock, NAP_MS, either).catch(() => undefined);
      }
    },
  };
}

function mayRetry(error: unknown): boolean {
  return !(error instanceof Failure) || error.retry.mayRetry;
}

/** Twice as long after each attempt, up to `lastMs`. */
export function doubledWaitMs(attempts: number, rule: { readonly firstMs: number; readonly lastMs: number }): number {
  return Math.min(rule.firstMs * 2 ** (attempts - 1), rule.lastMs);
}
