// Waiting that can be ended: every wait takes a signal, and every deadline has a name.

import { setImmediate, setTimeout } from 'node:timers/promises';
import { Failure } from '../failure/failure.js';
import type { Clock } from './clock.js';

/** A wait took longer than it may. `what` says which. */
export class DeadlineExceeded extends Failure {
  readonly code = 'deadline-exceeded';
  readonly retry = { mayRetry: true, why: 'the other side may answer in time when asked again' };
}

/** Resolves after `delayMs`; rejects with the signal's reason as soon as it aborts. */
export function wait(clock: Pick<Clock, 'after'>, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      timer.cancel();
      reject(signal.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The same on the machine's own clock, for a command that nothing else keeps alive: the clock's timers let a process end. */
export async function waitAwake(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // What Node rejects with says nothing of why.
  await setTimeout(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Another turn of the event loop: whatever has arrived is looked at before this goes on. */
export async function nextTurn(): Promise<void> {
  await setImmediate();
}

export interface DeadlineOptions {
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** What is waited for, as in "the answer of the agent". */
  readonly what: string;
  readonly signal: AbortSignal;
}

/**
 * A signal that aborts at the deadline or with the caller's; disposing it stops the timer. For work that holds something it
 * must give back itself: unlike withDeadline, nobody walks away from it.
 */
export function startDeadline(options: DeadlineOptions): Disposable & { readonly signal: AbortSignal } {
  const { clock, deadlineMs, what, signal } = options;
  const deadline = new AbortController();
  const timer = clock.after(deadlineMs, () =>
    deadline.abort(new DeadlineExceeded(`waited ${deadlineMs} ms for ${what} in vain`)),
  );
  return { signal: AbortSignal.any([signal, deadline.signal]), [Symbol.dispose]: () => timer.cancel() };
}

/**
 * Runs `work` with a signal that aborts at the deadline or with the caller's signal, and stops waiting then even if `work`
 * does not listen. Throws DeadlineExceeded, or the caller's abort reason.
 */
export async function withDeadline<T>(options: DeadlineOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, deadlineMs, what, signal } = options;
  signal.throwIfAborted();
  const inner = new AbortController();
  const onAbort = () => inner.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = clock.after(deadlineMs, () =>
    inner.abort(new DeadlineExceeded(`waited ${deadlineMs} ms for ${what} in vain`)),
  );
  try {
    return await unlessAborted(work(inner.signal), inner.signal);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Stops waiting for `work` when the signal aborts, with its reason. The work itself goes on: others may wait for it too. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = Promise.withResolvers<never>();
  const onAbort = () => ended.reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
