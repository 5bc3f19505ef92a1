// Which sync frame is the next of its pass, and what becomes of one that is not.

import { describe, expect, test } from 'vitest';
import { type BegunPass, LeaseLost, type SyncSource } from '../../../../src/front-door/people/account-mirror.js';
import { judgeSyncFrame, STEPS_PER_PASS_MAX, SyncLane } from '../../../../src/front-door/relay/sync-lane.js';
import type { SyncFrame, SyncReply } from '../../../../src/protocol/frames.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { anAccount } from '../../../support/front-door-builders.js';
import { TENANT } from '../../../support/link-parties.js';

const agentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const begin = (generation: number, step = 0): SyncFrame => ({
  kind: 'sync-begin',
  generation,
  step,
  directoryId: 'corp',
});
const list = (generation: number, step: number): SyncFrame => ({ kind: 'sync-list', generation, step });
const batch = (generation: number, step: number): SyncFrame => ({
  kind: 'sync-batch',
  generation,
  step,
  changed: [{ account: anAccount(), fingerprint: 'f' }],
  absent: [],
});
const complete = (generation: number, step: number): SyncFrame => ({ kind: 'sync-complete', generation, step });
const at = (generation: number, nextStep: number) => ({ generation, nextStep });

describe('the turn of a sync frame', () => {
  test('a pass begins with step 0 and goes on one by one', () => {
    expect(judgeSyncFrame(undefined, begin(4))).toEqual(at(4, 1));
    expect(judgeSyncFrame(at(4, 1), list(4, 1))).toEqual(at(4, 2));
    expect(judgeSyncFrame(at(4, 2), batch(4, 2))).toEqual(at(4, 3));
    expect(judgeSyncFrame(at(4, 3), complete(4, 3))).toEqual(at(4, 4));
  });

  test('a new pass may begin where an earlier one stopped midway, whatever its number', () => {
    expect(judgeSyncFrame(at(4, 7), begin(5))).toEqual(at(5, 1));
    expect(judgeSyncFrame(at(4, 7), begin(1))).toEqual(at(1, 1));
  });

  test.each<[string, Parameters<typeof judgeSyncFrame>[0], SyncFrame, string]>([
    ['a pass that begins in the middle', undefined, begin(4, 1), 'out-of-turn'],
    ['a batch of no pass', undefined, batch(4, 1), 'out-of-turn'],
    ['a list of no pass', undefined, list(4, 0), 'out-of-turn'],
    ['a frame left out', at(4, 1), batch(4, 2), 'out-of-turn'],
    ['a frame sent twice', at(4, 2), batch(4, 1), 'out-of-turn'],
    ['an end without a beginning', undefined, complete(4, 2), 'out-of-turn'],
    ['an end of another pass', at(4, 2), complete(5, 2), 'out-of-turn'],
    ['an end with a batch missing', at(4, 1), complete(4, 2), 'out-of-turn'],
    ['a frame too many', at(4, STEPS_PER_PASS_MAX), batch(4, STEPS_PER_PASS_MAX), 'too-many'],
  ])('%s is refused', (_, progress, frame, why) => {
    expect(judgeSyncFrame(progress, frame)).toBe(why);
  });
});

describe('a sync lane', () => {
  function lane(
    changes: { apply?: () => Promise<void>; held?: number; begun?: BegunPass; tellsReplaced?: boolean } = {},
  ) {
    const replies: SyncReply[] = [];
    const sources: SyncSource[] = [];
    const refused: string[] = [];
    let applied = 0;
    let mark: string | undefined;
    const apply = changes.apply ?? (async () => undefined);
    const made = new SyncLane({
      tenantId: TENANT,
      agentId,
      mirror: {
        beginPass: async (source) => {
          sources.push(source);
          return changes.begun ?? { kind: 'begun', fence: 7, mark };
        },
        completePass: async (source, left) => {
          sources.push(source);
          mark = left;
        },
        countOf: async () => changes.held ?? 0,
        list: async (_, { max }) => ({ listing: `${anAccount().anchor} +`, count: Math.min(max, changes.held ?? 0) }),
        look: async () => [],
        apply: async () => {
          await apply();
          applied += 1;
          return ['of-before', ''];
        },
      },
      tellsReplaced: changes.tellsReplaced ?? false,
      isLinked: () => true,
      reply: (frame) => void replies.push(frame),
      onRefused: ({ why }) => void refused.push(why),
    });
    return { lane: made, replies, refused, sources, applied: () => applied };
  }

  test('answers a pass frame by frame', async () => {
    const { lane: sync, replies } = lane({ held: 1 });
    await sync.take(begin(1));
    await sync.take(list(1, 1));
    await sync.take(batch(1, 2));
    await sync.take(complete(1, 3));
    expect(replies).toMatchObject([
      { kind: 'sync-begun', generation: 1, step: 0 },
      { kind: 'sync-listed', step: 1, total: 1, listing: `${anAccount().anchor} +`, isLast: true },
      { kind: 'sync-committed', step: 2 },
      { kind: 'sync-committed', step: 3 },
    ]);
  });

  test('hands the mark of a pass that came to its end back at the next, and to a pass without one none', async () => {
    const { lane: sync, replies } = lane();
    await sync.take(begin(1));
    await sync.take({ ...complete(1, 1), mark: 'a-mark-of-some-length' } as SyncFrame);
    await sync.take(begin(2));
    expect(replies[2]).toEqual({ kind: 'sync-begun', generation: 2, step: 0, mark: 'a-mark-of-some-length' });
    await sync.take(complete(2, 1));
    await sync.take(begin(3));
    expect(replies[4]).toEqual({ kind: 'sync-begun', generation: 3, step: 0 });
  });

  test('writes under the lease it was given, and a directory that says nothing of itself is the agent’s own', async () => {
    const { lane: sync, sources } = lane();
    await sync.take(begin(1));
    await sync.take(complete(1, 1));
    const directoryKey = `${agentId}/corp`;
    expect(sources).toEqual([
      { tenantId: TENANT, agentId, directoryKey },
      { tenantId: TENANT, agentId, directoryKey, fence: 7 },
    ]);
  });

  test('says who leads where it is another agent, and takes nothing more of that pass', async () => {
    const by = parseAgentId('00000000-0000-4000-8000-0000000000a2');
    const { lane: sync, replies, applied } = lane({ begun: { kind: 'led', by } });
    await sync.take(begin(1));
    await sync.take(batch(1, 1));
    expect(replies).toMatchObject([{ kind: 'sync-led', by }, { kind: 'sync-refused' }]);
    expect(applied()).toBe(0);
  });

  test('a lease that was lost ends the pass, and is told as that', async () => {
    const {
      lane: sync,
      replies,
      refused,
    } = lane({
      apply: async () => {
        throw new LeaseLost('another agent leads');
      },
    });
    await sync.take(begin(1));
    await sync.take(batch(1, 1));
    expect(replies.at(-1)?.kind).toBe('sync-refused');
    expect(refused).toEqual(['lease-lost']);
  });

  test('a full page is not the last one', async () => {
    const { lane: sync, replies } = lane({ held: LIMITS.mirroredPerPageMax });
    await sync.take(begin(1));
    await sync.take(list(1, 1));
    expect(replies[1]).toMatchObject({ kind: 'sync-listed', isLast: false });
  });

  test('a refused frame ends its pass: what follows is refused too, and never applied', async () => {
    const { lane: sync, replies, applied } = lane();
    await sync.take(begin(1));
    await sync.take(batch(1, 2));
    await sync.take(batch(1, 1));
    await sync.take(complete(1, 2));
    expect(replies.map(({ kind }) => kind)).toEqual(['sync-begun', 'sync-refused', 'sync-refused', 'sync-refused']);
    expect(applied()).toBe(0);
  });

  test.each([
    ['an agent that knows of it, and of nothing else', true, [{ replaced: ['of-before', ''] }, {}]],
    ['no agent that does not', false, [{}, {}]],
  ])('what a batch has replaced is told to %s', async (_, tellsReplaced, told) => {
    const { lane: sync, replies } = lane({ tellsReplaced });
    await sync.take(begin(1));
    await sync.take(batch(1, 1));
    await sync.take(complete(1, 2));
    expect(replies.slice(1)).toEqual(
      told.map((what, at) => ({ kind: 'sync-committed', generation: 1, step: at + 1, ...what })),
    );
  });

  test('writes a batch in another turn than the one it came in, so that others go in between', async () => {
    const turns: string[] = [];
    const { lane: sync } = lane({ apply: async () => void turns.push('written') });
    await sync.take(begin(1));
    setImmediate(() => turns.push('another'));
    await sync.take(batch(1, 1));
    expect(turns).toEqual(['another', 'written']);
  });

  test('a frame that comes before the last one is committed is taken after it', async () => {
    const committed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let begun = 0;
    const { lane: sync, replies } = lane({ apply: () => committed[begun++]?.promise ?? Promise.resolve() });
    await sync.take(begin(1));
    const both = sync.take(batch(1, 1));
    await sync.take(batch(1, 2));
    await expect.poll(() => begun).toBe(1);
    expect(replies).toHaveLength(1);
    for (const { resolve } of committed) resolve();
    await both;
    expect(replies.slice(1)).toEqual([
      { kind: 'sync-committed', generation: 1, step: 1 },
      { kind: 'sync-committed', generation: 1, step: 2 },
    ]);
  });

  test('one more than may wait is refused, and those before it still count', async () => {
    const committed = Promise.withResolvers<void>();
    const { lane: sync, replies } = lane({ apply: () => committed.promise });
    await sync.take(begin(1));
    const all = sync.take(batch(1, 1));
    for (let step = 2; step <= LIMITS.syncFramesAtOnceMax + 1; step += 1) await sync.take(batch(1, step));
    expect(replies.slice(1)).toEqual([{ kind: 'sync-refused', generation: 1, step: LIMITS.syncFramesAtOnceMax + 1 }]);
    committed.resolve();
    await all;
    expect(replies.slice(2).map(({ kind }) => kind)).toEqual(Array(LIMITS.syncFramesAtOnceMax).fill('sync-committed'));
  });

  test('what waits behind a frame that is not committed is refused, and not applied', async () => {
    let tried = 0;
    const { lane: sync, replies } = lane({
      apply: async () => {
        tried += 1;
        throw new Error('disk full');
      },
    });
    await sync.take(begin(1));
    const both = sync.take(batch(1, 1));
    await sync.take(batch(1, 2));
    await both;
    expect(tried).toBe(1);
    expect(replies.slice(1).map(({ kind }) => kind)).toEqual(['sync-refused', 'sync-refused']);
  });

  test('a failing store ends the pass, and not the lane', async () => {
    const { lane: sync, replies } = lane({
      apply: async () => {
        throw new Error('disk full');
      },
    });
    await sync.take(begin(1));
    await sync.take(batch(1, 1));
    await sync.take(complete(1, 2));
    await sync.take(begin(2));
    expect(replies.map(({ kind }) => kind)).toEqual(['sync-begun', 'sync-refused', 'sync-refused', 'sync-begun']);
  });
});
