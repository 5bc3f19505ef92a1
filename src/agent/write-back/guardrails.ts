// The agent's own limits on writing, which the front door cannot widen. Pure: counts and times in, a decision out.
// Counts every command that was sent to the directory, whatever came of it.

import { GUARDRAIL_MEMORY_MS } from './ledger.js';

export interface Guardrails {
  /** Writes to one account within an hour. */
  readonly perAccountPerHour: number;
  /** Writes of this agent within a minute. */
  readonly perMinute: number;
}

export type GuardrailVerdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'over-limit'; readonly retryAfterMs: number };

export const ACCOUNT_WINDOW_MS = GUARDRAIL_MEMORY_MS;
export const AGENT_WINDOW_MS = 60_000;

/** Times are ascending; those outside their window are ignored. One in the future (a clock set back) counts. */
export function checkGuardrails(options: {
  readonly guardrails: Guardrails;
  readonly nowMs: number;
  readonly accountSentMs: readonly number[];
  readonly agentSentMs: readonly number[];
}): GuardrailVerdict {
  const { guardrails, nowMs, accountSentMs, agentSentMs } = options;
  const retryAfterMs = Math.max(
    untilFree({ sentMs: accountSentMs, max: guardrails.perAccountPerHour, windowMs: ACCOUNT_WINDOW_MS, nowMs }),
    untilFree({ sentMs: agentSentMs, max: guardrails.perMinute, windowMs: AGENT_WINDOW_MS, nowMs }),
  );
  return retryAfterMs === 0 ? { kind: 'allowed' } : { kind: 'over-limit', retryAfterMs };
}

/** 0 when there is room now; else how long until the oldest that fills the last place leaves the window. */
function untilFree(options: {
  readonly sentMs: readonly number[];
  readonly max: number;
  readonly windowMs: number;
  readonly nowMs: number;
}): number {
  const { sentMs, max, windowMs, nowMs } = options;
  const counted = sentMs.filter((sentAtMs) => sentAtMs > nowMs - windowMs);
  const leavesFirst = counted.at(-max);
  return leavesFirst === undefined ? 0 : leavesFirst + windowMs - nowMs;
}
