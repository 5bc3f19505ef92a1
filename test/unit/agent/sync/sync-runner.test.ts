// When passes run: never two at a time, and what falls due meanwhile is caught up once.

import { expect, test } from 'vitest';
import { dueByItself, type PassOrder, SyncRunner } from '../../../../src/agent/sync/sync-runner.js';

function gatedPasses(directoryIds: readonly string[], signal: AbortSignal) {
  const ends: (() => void)[] = [];
  const started: string[] = [];
  const orders: PassOrder[] = [];
  const runPass = (order: PassOrder) => {
    orders.push(order);
    started.push(order.directoryId);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return {
    runner: new SyncRunner({ directoryIds, runPass, onFault: () => undefined, signal }),
    endOne: () => ends.shift()?.(),
    started,
    orders,
  };
}

const never = new AbortController().signal;

test('runs one pass at a time and catches up once, however often it was asked meanwhile', async () => {
  const { runner, endOne, started } = gatedPasses(['corp'], never);
  const idle = runner.requestAll('delta');
  runner.requestAll('delta');
  runner.requestAll('delta');
  expect(started).toEqual(['corp']);
  endOne();
  await expect.poll(() => started).toEqual(['corp', 'corp']);
  endOne();
  await idle;
  expect(started).toEqual(['corp', 'corp']);
});

test('reads one directory after the other, and the one that was asked for alone', async () => {
  const { runner, endOne, started } = gatedPasses(['corp', 'staff'], never);
  runner.request(dueByItself('staff'));
  runner.requestAll('delta');
  const idle = runner.request(dueByItself('corp'));
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
  const idle = runner.requestAll('delta');
  ending.abort();
  endOne();
  await idle;
  expect(started).toEqual(['corp']);
});

test('answers all who asked for the same with one pass, and never a real one with a dry run', async () => {
  const { runner, endOne, orders } = gatedPasses(['corp'], never);
  const ordered = (requestId: number, isDryRun: boolean) => ({
    directoryId: 'corp',
    kind: 'delta' as const,
    isDryRun,
    requestIds: [requestId],
  });
  runner.requestAll('delta');
  runner.request(ordered(1, true), ordered(2, false));
  const idle = runner.request(ordered(3, false), ordered(4, true));
  for (const count of [1, 2, 3]) {
    await expect.poll(() => orders.length).toBe(count);
    endOne();
  }
  await idle;
  expect(orders).toEqual([
    dueByItself('corp'),
    { directoryId: 'corp', kind: 'delta', isDryRun: true, requestIds: [1, 4] },
    { directoryId: 'corp', kind: 'delta', isDryRun: false, requestIds: [2, 3] },
  ]);
});

test('a pass that fails by a mistake of ours ends that pass alone, and nobody waits for ever', async () => {
  const faults: unknown[] = [];
  const ran: string[] = [];
  const runner = new SyncRunner({
    directoryIds: ['corp', 'staff'],
    runPass: async ({ directoryId }) => {
      ran.push(directoryId);
      if (directoryId === 'corp') throw new Error('disk full');
    },
    onFault: ({ directoryId }, error) => void faults.push([directoryId, error]),
    signal: never,
  });
  await runner.requestAll('delta');
  expect(ran).toEqual(['corp', 'staff']);
  expect(faults).toEqual([['corp', new Error('disk full')]]);
});

test('a full pass stands for the deltas that fell due with it, in whichever order', async () => {
  const { runner, endOne, orders } = gatedPasses(['corp'], never);
  runner.requestAll('delta');
  runner.requestAll('full');
  const idle = runner.requestAll('delta');
  endOne();
  await expect.poll(() => orders.length).toBe(2);
  endOne();
  await idle;
  expect(orders.map(({ kind }) => kind)).toEqual(['delta', 'full']);
});
