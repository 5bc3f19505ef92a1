// A pass lets others go first now and then, and not at every step.

import { expect, test } from 'vitest';
import { GiveWay } from '../../../../src/agent/sync/give-way.js';
import { FakeClock } from '../../../support/fake-clock.js';

test('after a slice of work, measured from where it went on', async () => {
  const clock = new FakeClock();
  let gave = 0;
  const way = new GiveWay({
    clock,
    untilQuiet: async () => {
      gave += 1;
      await clock.advance(50);
    },
  });
  for (let at = 0; at < 100; at += 1) await way.afterWork();
  expect(gave).toBe(0);
  await clock.advance(2);
  await way.afterWork();
  await way.afterWork();
  expect(gave).toBe(1);
  await clock.advance(1);
  await way.afterWork();
  expect(gave).toBe(1);
  await clock.advance(1);
  await way.afterWork();
  expect(gave).toBe(2);
});
