// When an agent dials again: bounds, growth, grace, and what a front door may and may not ask for.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EndedLink,
  NOTHING_TRIED,
  planReconnect,
  RECONNECT,
} from '../../../../src/agent/link/reconnect-policy.js';

const cut = (changes: Partial<EndedLink> = {}): EndedLink => ({
  comeBack: 'soon',
  servedMs: 0,
  goAway: undefined,
  ...changes,
});
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const having = (attempt: number, repeats = 0) => ({ attempt, repeats });

function delayOf(attempt: number, ended: EndedLink, chance: number): number {
  const plan = planReconnect(having(attempt), ended, chance);
  if (plan.kind === 'stop') throw new Error('expected a plan to dial');
  return plan.delayMs;
}

describe('the reconnect policy', () => {
  test('spreads every delay over the whole window, which doubles up to a minute', () => {
    fc.assert(
      fc.property(fc.nat(200), fraction, (attempt, chance) => {
        const windowMs = Math.min(RECONNECT.maxMs, RECONNECT.baseMs * 2 ** attempt);
        expect(delayOf(attempt, cut(), chance)).toBe(Math.round(windowMs * chance));
      }),
    );
  });

  test('brings a herd back spread out: no tenth of the window gets more than a fifth of a thousand agents', () => {
    const delays = Array.from({ length: 1000 }, (_, agent) => delayOf(6, cut(), (agent * 0.618033988749895) % 1));
    const tenths = Map.groupBy(delays, (delayMs) => Math.floor((delayMs / RECONNECT.maxMs) * 10));
    expect(Math.max(...[...tenths.values()].map(({ length }) => length))).toBeLessThan(200);
  });

  test('starts over only after a link that lasted a minute', () => {
    expect(planReconnect(having(5), cut({ servedMs: 59_999 }), 0.5)).toMatchObject({ tried: having(6) });
    expect(planReconnect(having(5), cut({ servedMs: 60_000 }), 0.5)).toEqual({
      kind: 'dial',
      delayMs: 500,
      tried: having(1),
    });
  });

  test('waits five to fifteen minutes where somebody has to act first', () => {
    fc.assert(
      fc.property(fc.nat(50), fraction, (attempt, chance) => {
        const delayMs = delayOf(attempt, cut({ comeBack: 'later' }), chance);
        expect(delayMs).toBeGreaterThanOrEqual(5 * 60_000);
        expect(delayMs).toBeLessThanOrEqual(15 * 60_000);
      }),
    );
  });

  describe('where one message may be a mishap, or a stranger’s word', () => {
    const mishap = (servedMs = 0) => cut({ comeBack: 'later-if-repeated', servedMs });
    const delaysOf = (ends: readonly EndedLink[]) => {
      let tried = NOTHING_TRIED;
      return ends.map((ended) => {
        const plan = planReconnect(tried, ended, 0.5);
        if (plan.kind === 'stop') throw new Error('expected a plan to dial');
        tried = plan.tried;
        return plan.delayMs;
      });
    };

    test('delays once no more than a cut does', () => {
      expect(delaysOf([mishap()])).toEqual(delaysOf([cut()]));
      expect(delaysOf([mishap(RECONNECT.stableAfterMs)])).toEqual([500]);
    });

    test('grows with every time, also after links that lasted, and becomes the long wait', () => {
      const grown = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 600_000, 600_000];
      expect(delaysOf(Array(8).fill(mishap()))).toEqual(grown);
      expect(delaysOf(Array(8).fill(mishap(RECONNECT.stableAfterMs)))).toEqual(grown);
    });

    test('is forgotten after a link that served for an hour, and is not counted from cuts', () => {
      const many = Array(6).fill(mishap());
      expect(delaysOf([...many, mishap(RECONNECT.repeatsForgottenAfterMs)]).at(-1)).toBe(500);
      expect(delaysOf([...Array(50).fill(cut()), mishap()]).at(-1)).toBe(30_000);
    });
  });

  test('stops where it is not welcome any more, whatever else was said', () => {
    const goAway = { reconnectAfterMinMs: 0, reconnectAfterMaxMs: 0 };
    expect(planReconnect(having(0), cut({ comeBack: 'never', goAway, servedMs: 1e9 }), 0.1)).toEqual({ kind: 'stop' });
  });

  test('honours the window a front door asks for', () => {
    const goAway = { reconnectAfterMinMs: 1_000, reconnectAfterMaxMs: 21_000 };
    const ended = cut({ goAway, servedMs: RECONNECT.stableAfterMs });
    expect(planReconnect(having(9), ended, 0.5)).toEqual({ kind: 'dial', delayMs: 11_000, tried: having(1) });
  });

  test('does not hammer a front door that sends it away at once, every time', () => {
    const goAway = { reconnectAfterMinMs: 0, reconnectAfterMaxMs: 0 };
    expect(planReconnect(having(0), cut({ goAway, servedMs: 0 }), 0.5)).toEqual({
      kind: 'dial',
      delayMs: RECONNECT.goAwayMinMs,
      tried: having(1),
    });
    expect(planReconnect(having(9), cut({ goAway, servedMs: 0 }), 0.5)).toEqual({
      kind: 'dial',
      delayMs: 30_000,
      tried: having(10),
    });
  });

  test('is never sent away for longer than ten minutes, nor confused by a window turned round', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fraction, (min, max, chance) => {
        const goAway = { reconnectAfterMinMs: min, reconnectAfterMaxMs: max };
        const delayMs = delayOf(0, cut({ goAway }), chance);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(RECONNECT.goAwayMaxMs);
      }),
    );
  });
});
