// When cycles run: never two at a time, and what falls due meanwhile is caught up once.

import { expect, test } from 'vitest';
import type { SyncResult } from '../../../../src/agent/sync/run-full-sync.js';
import { SyncRunner } from '../../../../src/agent/sync/sync-runner.js';

function gatedCycles() {
  const ends: (() => void)[] = [];
  let started = 0;
  const runCycle = () => {
    started += 1;
    return new Promise<SyncResult>((resolve) => ends.push(() => resolve({ kind: 'failed', cause: 'test' })));
  };
  return { runCycle, endOne: async () => ends.shift()?.(), started: () => started };
}

test('runs one cycle at a time and catches up once, however often it was asked meanwhile', async () => {
  const cycles = gatedCycles();
  const runner = new SyncRunner({ runCycle: cycles.runCycle, signal: new AbortController().signal });
  const idle = runner.request();
  runner.request();
  runner.request();
  expect(cycles.started()).toBe(1);
  await cycles.endOne();
  await expect.poll(cycles.started).toBe(2);
  await cycles.endOne();
  await idle;
  expect(cycles.started()).toBe(2);
});

test('starts nothing any more once it is told to end', async () => {
  const ending = new AbortController();
  const cycles = gatedCycles();
  const runner = new SyncRunner({ runCycle: cycles.runCycle, signal: ending.signal });
  const idle = runner.request();
  runner.request();
  ending.abort();
  await cycles.endOne();
  await idle;
  expect(cycles.started()).toBe(1);
});
