// An answer that is looked up and kept: asked for once however many wait for it, and standing while nobody answers any more.
// Knows nothing of what is looked up.

import { Failure } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { unlessAborted } from '../../timing/waits.js';

export interface KeptAnswerOptions<T> {
  /** Bounds its own time, and says by its failure whether somebody else may be answered later. */
  readonly lookUp: (signal: AbortSignal) => Promise<T>;
  /** How long an answer is used without asking again. */
  readonly answerKeptMs: number;
  /** The same after a question that was not answered: each question to a dead name server makes somebody wait. */
  readonly askedInVainKeptMs: number;
  readonly clock: Clock;
}

/** Throws what the look-up throws, where there has been no answer or a repetition is no use; or the signal's reason. */
export function keptAnswer<T>(options: KeptAnswerOptions<T>): (signal: AbortSignal) => Promise<T> {
  const { lookUp, answerKeptMs, askedInVainKeptMs, clock } = options;
  let kept: { readonly answer: T; readonly untilMs: number } | undefined;
  let lookingUp: Promise<T> | undefined;
  const keep = (answer: T, keptMs: number) => {
    kept = { answer, untilMs: clock.monotonicMs() + keptMs };
    return answer;
  };
  const look = async () => {
    try {
      return keep(await lookUp(NEVER), answerKeptMs);
    } catch (error) {
      const isPassing = error instanceof Failure && error.retry.mayRetry;
      if (kept === undefined || !isPassing) throw error;
      return keep(kept.answer, askedInVainKeptMs);
    }
  };
  return (signal) => {
    if (kept !== undefined && clock.monotonicMs() < kept.untilMs) return Promise.resolve(kept.answer);
    lookingUp ??= look().finally(() => {
      lookingUp = undefined;
    });
    return unlessAborted(lookingUp, signal);
  };
}

/** Several may wait for one look: that the first of them gives up ends it for nobody else. */
const NEVER = new AbortController().signal;
