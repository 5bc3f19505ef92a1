// Whoever stands by asks again in a minute, once.

import { expect, test } from 'vitest';
import { STAND_BY_RETRY_MS, StandBy } from '../../../../src/agent/sync/stand-by.js';
import { dueByItself, type PassOrder } from '../../../../src/agent/sync/sync-runner.js';
import { FakeClock } from '../../../support/fake-clock.js';

function standingBy() {
  const clock = new FakeClock();
  const stop = new AbortController();
  const asked: PassOrder[] = [];
  const request = async (...orders: readonly PassOrder[]) => void asked.push(...orders);
  return { clock, stop, asked, standBy: new StandBy({ sync: { request }, clock, signal: stop.signal }) };
}

test('a directory falls due after a minute, once, however often it stood by meanwhile', async () => {
  const { clock, asked, standBy } = standingBy();
  standBy.retry('corp', 'delta');
  standBy.retry('corp', 'delta');
  standBy.retry('staff', 'delta');
  await clock.advance(STAND_BY_RETRY_MS - 1);
  expect(asked).toEqual([]);
  await clock.advance(1);
  expect(asked).toEqual([dueByItself('corp'), dueByItself('staff')]);
  standBy.retry('corp', 'delta');
  await clock.advance(STAND_BY_RETRY_MS);
  expect(asked).toHaveLength(3);
});

test('nothing is asked any more once the agent stops', async () => {
  const { clock, stop, asked, standBy } = standingBy();
  standBy.retry('corp', 'delta');
  stop.abort();
  await clock.advance(STAND_BY_RETRY_MS);
  expect(asked).toEqual([]);
});
