// The agent’s own limits on writing, at their edges and over time.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_WINDOW_MS, AGENT_WINDOW_MS, checkGuardrails } from '../../../../src/agent/write-back/guardrails.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const guardrails = { perAccountPerHour: 3, perMinute: 5 };
/** Times are ascending, as they were sent. */
const check = (accountSentMs: readonly number[], agentSentMs: readonly number[] = accountSentMs, nowMs = NOW) =>
  checkGuardrails({
    nowMs,
    accountFilledMs: accountSentMs.at(-guardrails.perAccountPerHour),
    agentFilledMs: agentSentMs.at(-guardrails.perMinute),
  });

describe('the guardrails', () => {
  it('allow the last place, and refuse the one after', () => {
    expect(check([NOW - 20, NOW - 10])).toEqual({ kind: 'allowed' });
    expect(check([NOW - 30, NOW - 20, NOW - 10])).toMatchObject({ kind: 'over-limit' });
  });

  it('say how long until the write that fills the last place is out of the window', () => {
    expect(check([NOW - 30, NOW - 20, NOW - 10])).toEqual({ kind: 'over-limit', retryAfterMs: ACCOUNT_WINDOW_MS - 30 });
    const four = [NOW - 40, NOW - 30, NOW - 20, NOW - 10];
    expect(check(four)).toEqual({ kind: 'over-limit', retryAfterMs: ACCOUNT_WINDOW_MS - 30 });
  });

  it('hold the agent as a whole, whatever the account', () => {
    const agentSentMs = [1, 2, 3, 4, 5].map((number) => NOW - 100 + number);
    expect(check([], agentSentMs)).toEqual({ kind: 'over-limit', retryAfterMs: AGENT_WINDOW_MS - 99 });
  });

  it('count writes from the future of a clock that was set back', () => {
    expect(check([NOW + 1, NOW + 2, NOW + 3])).toMatchObject({ kind: 'over-limit' });
  });

  it('allow again exactly when they said, whatever was written before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: NOW - 2 * ACCOUNT_WINDOW_MS, max: NOW }), { maxLength: 12 }), (times) => {
        const sentMs = times.sort((a, b) => a - b);
        const verdict = check(sentMs);
        if (verdict.kind === 'allowed') return;
        const at = (nowMs: number) => check(sentMs, sentMs, nowMs).kind;
        expect(at(NOW + verdict.retryAfterMs)).toBe('allowed');
        expect(at(NOW + verdict.retryAfterMs - 1)).toBe('over-limit');
      }),
    );
  });
});
