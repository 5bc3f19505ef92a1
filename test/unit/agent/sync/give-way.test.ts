// A pass lets others go first now and then, and not at every step; more often while there are some, and with rests between.

import { expect, test } from 'vitest';
import { GiveWay } from '../../../../src/agent/sync/give-way.js';
import { FakeClock } from '../../../support/fake-clock.js';

function aWay() {
  const clock = new FakeClock();
  const stop = new AbortController();
  let gave = 0;
  let askedMs: number | undefined;
  const untilQuiet = async () => {
    gave += 1;
    await clock.advance(50);
    return askedMs;
  };
  const way = new GiveWay({ clock, untilQuiet }, stop.signal);
  return {
    clock,
    stop,
    somebodyAsks: () => {
      askedMs = clock.monotonicMs();
    },
    /** Works so long, and says whether others go first then: at once, not at all, or after a rest of so many milliseconds. */
    after: async (workedMs: number) => {
      const before = gave;
      await clock.advance(workedMs);
      const gone = way.afterWork();
      for (let restedMs = 0; ; restedMs += 1) {
        await clock.advance(0);
        if (gave > before) return await gone.then(() => (restedMs === 0 ? 'at once' : restedMs));
        if (clock.pendingTimers === 0) return 'not at all';
        await clock.advance(1);
      }
    },
    afterWork: () => way.afterWork(),
  };
}

test('after a slice of work, measured from where it went on', async () => {
  const { after } = aWay();
  for (let at = 0; at < 100; at += 1) expect(await after(0)).toBe('not at all');
  expect([await after(4), await after(0), await after(3), await after(1)]).toEqual([
    'at once',
    'not at all',
    'not at all',
    'at once',
  ]);
});

test('after a shorter one and a rest while somebody has asked lately, and again after a whole one when nobody has for a while', async () => {
  const { after, somebodyAsks } = aWay();
  somebodyAsks();
  expect([await after(3), await after(1)]).toEqual(['not at all', 'at once']);
  expect([await after(1), await after(0), await after(1)]).toEqual([4, 'not at all', 4]);
  somebodyAsks();
  expect([await after(20), await after(1), await after(1), await after(1)]).toEqual([4, 4, 4, 4]);
  expect([await after(1), await after(2), await after(1)]).toEqual(['not at all', 'not at all', 'at once']);
});

test('and a rest ends when the pass is to end', async () => {
  const { after, afterWork, clock, somebodyAsks, stop } = aWay();
  somebodyAsks();
  await after(4);
  await clock.advance(1);
  const resting = afterWork();
  stop.abort(new Error('stopped'));
  await expect(resting).rejects.toThrow('stopped');
  expect(clock.pendingTimers).toBe(0);
});
