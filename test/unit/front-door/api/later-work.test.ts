// What no answer waits for: not done before it, done for sure, and no more of it at a time than the limit says.

import { expect, test } from 'vitest';
import { LATER_BY_MS, LaterWork } from '../../../../src/front-door/api/later-work.js';
import { FakeClock } from '../../../support/fake-clock.js';

test('is begun later, and waited for at a stop', async () => {
  const clock = new FakeClock();
  const later = new LaterWork(clock);
  const gate = Promise.withResolvers<void>();
  const steps: string[] = [];
  await later.add(async () => {
    steps.push('begun');
    await gate.promise;
    steps.push('done');
  });
  expect(steps).toEqual([]);
  const idle = later.whenIdle().then(() => steps.push('idle'));
  await clock.advance(LATER_BY_MS);
  expect(steps).toEqual(['begun']);
  gate.resolve();
  await idle;
  expect(steps).toEqual(['begun', 'done', 'idle']);
});

test('at the limit is done at once, and the one who adds it waits', async () => {
  const clock = new FakeClock();
  const later = new LaterWork(clock, 1);
  const done: number[] = [];
  for (const piece of [1, 2, 3]) {
    await later.add(async () => {
      done.push(piece);
    });
  }
  expect(done).toEqual([2, 3]);
  await clock.advance(LATER_BY_MS);
  await later.whenIdle();
  expect(done).toEqual([2, 3, 1]);
});
