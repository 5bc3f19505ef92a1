// Decides whether one more attempt is allowed and what to remember of it. Pure.
// What is remembered is bounded: never more instants than the rule allows attempts.

import type { ThrottleRule } from './throttle-rules.js';

export interface ThrottleState {
  /** When attempts were made, oldest first, within the rule's window. */
  readonly attemptsMs: readonly number[];
  readonly blockedUntilMs: number | undefined;
}

export const NO_ATTEMPTS: ThrottleState = { attemptsMs: [], blockedUntilMs: undefined };

export interface ThrottleDecision {
  readonly isAllowed: boolean;
  readonly state: ThrottleState;
}

/** Counts an attempt. The one that reaches the limit is allowed still, and shuts the door behind itself. */
export function decideAttempt(rule: ThrottleRule, state: ThrottleState, nowMs: number): ThrottleDecision {
  if (blockEnd(state, nowMs) !== undefined) return { isAllowed: false, state };
  const attemptsMs = [...recentAttempts(rule, state, nowMs), nowMs].slice(-rule.attemptsMax);
  const isLast = attemptsMs.length >= rule.attemptsMax;
  return { isAllowed: true, state: { attemptsMs, blockedUntilMs: isLast ? nowMs + rule.blockMs : undefined } };
}

/** Takes back the latest attempt, which turned out to be none; a block that it alone had shut is lifted with it. */
export function withdrawAttempt(rule: ThrottleRule, state: ThrottleState): ThrottleState {
  const attemptsMs = state.attemptsMs.slice(0, -1);
  const staysShut = attemptsMs.length >= rule.attemptsMax;
  return { attemptsMs, blockedUntilMs: staysShut ? state.blockedUntilMs : undefined };
}

/** When a block that holds now ends; undefined when none does. */
export function blockEnd(state: ThrottleState, nowMs: number): number | undefined {
  return state.blockedUntilMs !== undefined && state.blockedUntilMs > nowMs ? state.blockedUntilMs : undefined;
}

/** How many more are allowed before the door shuts. */
export function attemptsLeft(rule: ThrottleRule, state: ThrottleState, nowMs: number): number {
  if (blockEnd(state, nowMs) !== undefined) return 0;
  return rule.attemptsMax - recentAttempts(rule, state, nowMs).length;
}

function recentAttempts(rule: ThrottleRule, { attemptsMs }: ThrottleState, nowMs: number): number[] {
  return attemptsMs.filter((atMs) => atMs > nowMs - rule.windowMs && atMs <= nowMs);
}

/** From when on nothing of the state matters any more. */
export function forgottenAtMs(rule: ThrottleRule, state: ThrottleState): number {
  const last = state.attemptsMs.at(-1) ?? 0;
  return Math.max(last + rule.windowMs, state.blockedUntilMs ?? 0);
}
