// A pass lets others go first now and then, and not at every step; more often while there are some.

import { expect, test } from 'vitest';
import { GiveWay } from '../../../../src/agent/sync/give-way.js';
import { FakeClock } from '../../../support/fake-clock.js';

function aWay(clock: FakeClock, isWaitedFor: () => boolean) {
  let gave = 0;
  const way = new GiveWay({
    clock,
    untilQuiet: async () => {
      gave += 1;
      await clock.advance(50);
      return isWaitedFor();
    },
  });
  /** Works so long, and resolves to whether others went first then. */
  return async (workedMs: number) => {
    const before = gave;
    await clock.advance(workedMs);
    await way.afterWork();
    return gave > before;
  };
}

test('after a slice of work, measured from where it went on', async () => {
  const after = aWay(new FakeClock(), () => false);
  for (let at = 0; at < 100; at += 1) expect(await after(0)).toBe(false);
  expect([await after(4), await after(0), await after(3), await after(1)]).toEqual([true, false, false, true]);
});

test('after a shorter one while somebody has waited lately, and again after a whole one when nobody has for a while', async () => {
  let isWaitedFor = true;
  const after = aWay(new FakeClock(), () => isWaitedFor);
  expect([await after(3), await after(1)]).toEqual([false, true]);
  expect([await after(1), await after(1)]).toEqual([true, true]);
  isWaitedFor = false;
  expect([await after(1), await after(200), await after(3), await after(1)]).toEqual([true, true, false, true]);
});
