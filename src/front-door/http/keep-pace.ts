// When an answer to a user ID, or to a password, is given: at one of two instants after it was asked, whoever it is about.

import type { Clock } from '../../timing/clock.js';
import { wait } from '../../timing/waits.js';
import { INSPECT_DEADLINE_MS } from '../people/ask-agents.js';

/** What an answer needs besides the looking up, at the most: reading and writing the store. */
const BESIDES_LOOKING_UP_MS = 500;

/**
 * Waits until `paceMs` after `askedAtMs`. What takes longer is answered when an agent that is asked in vain would be: there are
 * two instants, and which of the two says only whether the looking up was slow, not by how much.
 */
export async function keepPace(clock: Clock, askedAtMs: number, paceMs: number, signal: AbortSignal): Promise<void> {
  if (paceMs <= 0) return;
  const tookMs = clock.monotonicMs() - askedAtMs;
  const slowPaceMs = Math.max(paceMs, INSPECT_DEADLINE_MS + BESIDES_LOOKING_UP_MS);
  const answerAfterMs = tookMs <= paceMs ? paceMs : Math.ceil(tookMs / slowPaceMs) * slowPaceMs;
  const answerAtMs = askedAtMs + answerAfterMs;
  // A timer counts whole milliseconds, from the beginning of the turn it is set in: how much was done in that turn would show.
  for (let leftMs = answerAfterMs - tookMs; leftMs > 0; leftMs = answerAtMs - clock.monotonicMs())
    await wait(clock, Math.ceil(leftMs), signal);
}
