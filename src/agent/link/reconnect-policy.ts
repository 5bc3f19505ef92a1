// Decides when, and whether, to dial again after a link ended. Pure: chance comes in as a fraction.
// Full jitter, so that thousands of agents cut at one instant do not come back at one instant; the backoff starts over only
// after a link that lasted, so that a front door which drops everybody at once is not hammered. What may be one mishap, or one
// stranger's word, delays no more than a cut; what goes on and on ends in the long wait.

import type { ComeBack } from '../../protocol/close-codes.js';

export const RECONNECT = {
  baseMs: 1_000,
  maxMs: 60_000,
  /** A link that served this long was a good one: the backoff starts over. */
  stableAfterMs: 60_000,
  /** Somebody has to act first; nothing is gained by asking more often. */
  laterMinMs: 5 * 60_000,
  laterMaxMs: 15 * 60_000,
  /** So often `later-if-repeated` is taken for one more cut; from then on it is `later`. */
  repeatsMax: 6,
  /** A link that served this long shows that what repeated before is over. */
  repeatsForgottenAfterMs: 60 * 60_000,
  /** A front door cannot send an agent away for longer, nor have it back sooner. */
  goAwayMaxMs: 10 * 60_000,
  goAwayMinMs: 1_000,
} as const;

/** What the front door asked for before it closed. Both bounds are its own words: neither order nor size is trusted. */
export interface GoAwayWindow {
  readonly reconnectAfterMinMs: number;
  readonly reconnectAfterMaxMs: number;
}

export interface EndedLink {
  readonly comeBack: ComeBack;
  /** How long it served; 0 when it never did. */
  readonly servedMs: number;
  readonly goAway: GoAwayWindow | undefined;
}

/** What to pass in next time. */
export interface Tried {
  /** Dials since the last stable link. */
  readonly attempt: number;
  /** Links and handshakes that ended `later-if-repeated`, since the last one that served for long. */
  readonly repeats: number;
}

export const NOTHING_TRIED: Tried = { attempt: 0, repeats: 0 };

export type ReconnectPlan =
  | { readonly kind: 'stop' }
  | { readonly kind: 'dial'; readonly delayMs: number; readonly tried: Tried };

/** `fraction` is random in [0, 1). */
export function planReconnect(tried: Tried, ended: EndedLink, fraction: number): ReconnectPlan {
  if (ended.comeBack === 'never') return { kind: 'stop' };
  const isRepeat = ended.comeBack === 'later-if-repeated';
  const before = ended.servedMs >= RECONNECT.repeatsForgottenAfterMs ? 0 : tried.repeats;
  const repeats = before + (isRepeat ? 1 : 0);
  const dial = (delayMs: number, attempt: number): ReconnectPlan => ({
    kind: 'dial',
    delayMs,
    tried: { attempt, repeats },
  });
  if (ended.comeBack === 'later' || (isRepeat && repeats > RECONNECT.repeatsMax)) {
    return dial(between(RECONNECT.laterMinMs, RECONNECT.laterMaxMs, fraction), tried.attempt + 1);
  }
  const stableOrTried = ended.servedMs >= RECONNECT.stableAfterMs ? 0 : tried.attempt;
  // A link that lasted does not excuse what ended it: the wait grows with every time.
  const since = isRepeat ? Math.max(stableOrTried, before) : stableOrTried;
  if (ended.goAway !== undefined) {
    const minMs = within(ended.goAway.reconnectAfterMinMs, RECONNECT.goAwayMinMs, RECONNECT.goAwayMaxMs);
    const maxMs = within(ended.goAway.reconnectAfterMaxMs, minMs, RECONNECT.goAwayMaxMs);
    const askedMs = between(minMs, maxMs, fraction);
    if (since === 0) return dial(askedMs, 1);
    // Still counted: one that sends us away every time it sees us must not be dialled every second for ever.
    return dial(Math.max(askedMs, backoffMs(since, fraction)), since + 1);
  }
  return dial(backoffMs(since, fraction), since + 1);
}

function backoffMs(attempt: number, fraction: number): number {
  return between(0, Math.min(RECONNECT.maxMs, RECONNECT.baseMs * 2 ** attempt), fraction);
}

function within(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

function between(minMs: number, maxMs: number, fraction: number): number {
  return Math.round(minMs + (maxMs - minMs) * fraction);
}
