// Which sync frame is the next of its cycle: the decision that keeps a partial read from passing for a whole one.

import { describe, expect, test } from 'vitest';
import {
  judgeSyncFrame,
  type SyncFrame,
  SyncLane,
  type SyncReply,
} from '../../../../src/front-door/relay/sync-lane.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';
import { anAccount } from '../../../support/front-door-builders.js';
import { TENANT } from '../../../support/link-parties.js';

const batch = (generation: number, index: number, size = 1): SyncFrame => ({
  kind: 'sync-batch',
  generation,
  index,
  accounts: Array.from({ length: size }, () => anAccount()),
});
const complete = (generation: number, batches: number, accounts: number): SyncFrame => ({
  kind: 'sync-complete',
  generation,
  batches,
  accounts,
});

describe('the turn of a sync frame', () => {
  test('a cycle begins with batch 0 and goes on one by one', () => {
    expect(judgeSyncFrame(undefined, batch(4, 0, 2))).toEqual({ generation: 4, batches: 1, accounts: 2 });
    expect(judgeSyncFrame({ generation: 4, batches: 1, accounts: 2 }, batch(4, 1, 3))).toEqual({
      generation: 4,
      batches: 2,
      accounts: 5,
    });
  });

  test.each<[string, Parameters<typeof judgeSyncFrame>[0], SyncFrame, string]>([
    ['a cycle that begins in the middle', undefined, batch(4, 1), 'out-of-turn'],
    ['a batch left out', { generation: 4, batches: 1, accounts: 1 }, batch(4, 2), 'out-of-turn'],
    ['a batch sent twice', { generation: 4, batches: 2, accounts: 2 }, batch(4, 1), 'out-of-turn'],
    ['an end without a beginning', undefined, complete(4, 2, 2), 'out-of-turn'],
    ['an end of another cycle', { generation: 4, batches: 2, accounts: 2 }, complete(5, 2, 2), 'out-of-turn'],
    ['an end with a batch missing', { generation: 4, batches: 1, accounts: 1 }, complete(4, 2, 2), 'miscounted'],
    ['a batch too many', { generation: 4, batches: 50_000, accounts: 9 }, batch(4, 50_000), 'too-many'],
    ['an account too many', { generation: 4, batches: 1, accounts: 500_000 }, batch(4, 1), 'too-many'],
    ['an end with an account missing', { generation: 4, batches: 1, accounts: 1 }, complete(4, 1, 2), 'miscounted'],
  ])('%s is refused', (_, progress, frame, why) => {
    expect(judgeSyncFrame(progress, frame)).toBe(why);
  });

  test('a new cycle may begin where an earlier one stopped midway', () => {
    const stopped = { generation: 4, batches: 7, accounts: 7 };
    expect(judgeSyncFrame(stopped, batch(5, 0))).toEqual({ generation: 5, batches: 1, accounts: 1 });
  });
});

describe('a sync lane', () => {
  function lane(applyBatch: () => Promise<void> = async () => undefined) {
    const replies: SyncReply[] = [];
    const completed: number[] = [];
    const begun: number[] = [];
    const made = new SyncLane({
      tenantId: TENANT,
      agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1'),
      mirror: {
        beginCycle: async ({ generation }) => void begun.push(generation),
        applyBatch,
        completeCycle: async ({ generation }) => void completed.push(generation),
      },
      reply: (frame) => void replies.push(frame),
      onRefused: () => undefined,
    });
    return { lane: made, replies, completed };
  }

  test('a refused batch ends its cycle: the end of it is refused too', async () => {
    const { lane: sync, replies, completed } = lane();
    await sync.take(batch(1, 0));
    await sync.take(batch(1, 2));
    await sync.take(batch(1, 1));
    await sync.take(complete(1, 2, 2));
    expect(replies.map(({ kind }) => kind)).toEqual(['sync-committed', 'sync-refused', 'sync-refused', 'sync-refused']);
    expect(completed).toEqual([]);
  });

  test('a second frame before the first is committed is refused, and the first still counts', async () => {
    let commit = () => {};
    const { lane: sync, replies } = lane(() => new Promise((resolve) => (commit = resolve)));
    const first = sync.take(batch(1, 0));
    await sync.take(batch(1, 1));
    commit();
    await first;
    expect(replies).toEqual([
      { kind: 'sync-refused', generation: 1, index: 1 },
      { kind: 'sync-committed', generation: 1, index: 0 },
    ]);
  });

  test('a failing store ends the cycle, and the mirror never hears of a completed read', async () => {
    const { lane: sync, completed } = lane(async () => {
      throw new Error('disk full');
    });
    await sync.take(batch(1, 0));
    await sync.take(complete(1, 1, 1));
    expect(completed).toEqual([]);
  });
});
