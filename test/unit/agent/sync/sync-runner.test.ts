// When passes run: never two at a time, and what falls due meanwhile is caught up once.

import { expect, test } from 'vitest';
import { SyncRunner } from '../../../../src/agent/sync/sync-runner.js';

function gatedPasses(directoryIds: readonly string[], signal: AbortSignal) {
  const ends: (() => void)[] = [];
  const started: string[] = [];
  const runPass = (directoryId: string) => {
    started.push(directoryId);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { runner: new SyncRunner({ directoryIds, runPass, signal }), endOne: () => ends.shift()?.(), started };
}

const never = new AbortController().signal;

test('runs one pass at a time and catches up once, however often it was asked meanwhile', async () => {
  const { runner, endOne, started } = gatedPasses(['corp'], never);
  const idle = runner.request();
  runner.request();
  runner.request();
  expect(started).toEqual(['corp']);
  endOne();
  await expect.poll(() => started).toEqual(['corp', 'corp']);
  endOne();
  await idle;
  expect(started).toEqual(['corp', 'corp']);
});

test('reads one directory after the other, and the one that was asked for alone', async () => {
  const { runner, endOne, started } = gatedPasses(['corp', 'staff'], never);
  runner.request(['staff']);
  runner.request();
  const idle = runner.request(['corp']);
  for (const soFar of [['staff'], ['staff', 'corp'], ['staff', 'corp', 'staff']]) {
    await expect.poll(() => [...started].toSorted()).toEqual(soFar.toSorted());
    endOne();
  }
  await idle;
  expect(started).toHaveLength(3);
});

test('starts nothing any more once it is told to end', async () => {
  const ending = new AbortController();
  const { runner, endOne, started } = gatedPasses(['corp', 'staff'], ending.signal);
  const idle = runner.request();
  ending.abort();
  endOne();
  await idle;
  expect(started).toEqual(['corp']);
});
