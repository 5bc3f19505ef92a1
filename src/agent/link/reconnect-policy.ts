// Decides when, and whether, to dial again after a link ended. Pure: chance comes in as a fraction.
// Full jitter, so that thousands of agents cut at one instant do not come back at one instant; the backoff starts over only
// after a link that lasted, so that a front door which drops everybody at once is not hammered.

import type { ComeBack } from '../../protocol/close-codes.js';

export const RECONNECT = {
  baseMs: 1_000,
  maxMs: 60_000,
  /** A link that served this long was a good one: the backoff starts over. */
  stableAfterMs: 60_000,
  /** Somebody has to act first; nothing is gained by asking more often. */
  laterMinMs: 5 * 60_000,
  laterMaxMs: 15 * 60_000,
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

export type ReconnectPlan =
  | { readonly kind: 'stop' }
  /** Dial after `delayMs`; `attempt` is what to pass in next time. */
  | { readonly kind: 'dial'; readonly delayMs: number; readonly attempt: number };

/** `attempt` counts the dials since the last stable link, from 0; `fraction` is random in [0, 1). */
export function planReconnect(attempt: number, ended: EndedLink, fraction: number): ReconnectPlan {
  if (ended.comeBack === 'never') return { kind: 'stop' };
  if (ended.comeBack === 'later') {
    return dial(between(RECONNECT.laterMinMs, RECONNECT.laterMaxMs, fraction), attempt + 1);
  }
  const since = ended.servedMs >= RECONNECT.stableAfterMs ? 0 : attempt;
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

function dial(delayMs: number, attempt: number): ReconnectPlan {
  return { kind: 'dial', delayMs, attempt };
}

function between(minMs: number, maxMs: number, fraction: number): number {
  return Math.round(minMs + (maxMs - minMs) * fraction);
}
