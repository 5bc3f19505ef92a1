// The agent's own limits on writing and on sign-ins, which the front door cannot widen. Pure: counts and times in, a decision out.
// Counts every command that was sent to the directory, whatever came of it.

import { type Counted, GUARDRAIL_MEMORY_MS } from './ledger.js';

export interface Guardrails {
  /** Writes to one account within an hour. */
  readonly perAccountPerHour: number;
  /** Writes of this agent within a minute. */
  readonly perMinute: number;
  /** Passwords tried for one account within an hour, right ones included. */
  readonly signInsPerAccountPerHour: number;
  /** Passwords this agent tries within a minute. */
  readonly signInsPerMinute: number;
}

/** Those of one kind: neither kind takes the other's places. */
export function limitsFor(
  counted: Counted,
  guardrails: Guardrails,
): Pick<Guardrails, 'perAccountPerHour' | 'perMinute'> {
  if (counted === 'writes') return guardrails;
  return { perAccountPerHour: guardrails.signInsPerAccountPerHour, perMinute: guardrails.signInsPerMinute };
}

export type GuardrailVerdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'over-limit'; readonly retryAfterMs: number };

export const ACCOUNT_WINDOW_MS = GUARDRAIL_MEMORY_MS;
export const AGENT_WINDOW_MS = 60_000;

/**
 * `…FilledMs`: when the command was sent that fills the last place, so the newest but `perMinute - 1` of the agent; undefined
 * when there are fewer. One outside its window is ignored, one in the future (a clock set back) counts.
 */
export function checkGuardrails(options: {
  readonly nowMs: number;
  readonly accountFilledMs: number | undefined;
  readonly agentFilledMs: number | undefined;
}): GuardrailVerdict {
  const { nowMs, accountFilledMs, agentFilledMs } = options;
  const retryAfterMs = Math.max(
    untilFree({ filledMs: accountFilledMs, windowMs: ACCOUNT_WINDOW_MS, nowMs }),
    untilFree({ filledMs: agentFilledMs, windowMs: AGENT_WINDOW_MS, nowMs }),
  );
  return retryAfterMs === 0 ? { kind: 'allowed' } : { kind: 'over-limit', retryAfterMs };
}

/** 0 when there is room now; else how long until the command that fills the last place leaves the window. */
function untilFree(options: {
  readonly filledMs: number | undefined;
  readonly windowMs: number;
  readonly nowMs: number;
}): number {
  const { filledMs, windowMs, nowMs } = options;
  return filledMs === undefined ? 0 : Math.max(0, filledMs + windowMs - nowMs);
}
