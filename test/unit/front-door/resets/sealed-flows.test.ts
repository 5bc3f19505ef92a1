// What is kept of a flow says nothing of what was typed, and is read back whole in its own session alone.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDataBox } from '../../../../src/front-door/methods/data-box.js';
import { startStopped } from '../../../../src/front-door/resets/flow.js';
import type { FlowStore } from '../../../../src/front-door/resets/flow-store.js';
import { sealedFlows } from '../../../../src/front-door/resets/sealed-flows.js';
import { type FrontDoorStore, openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { FakeClock } from '../../../support/fake-clock.js';

const clock = new FakeClock();
let store: FrontDoorStore;
let flows: FlowStore;
beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:', clock });
  flows = sealedFlows(store.flows, createDataBox(new Uint8Array(32), 'flows'));
});
afterEach(() => store[Symbol.asyncDispose]());

const flowOf = (userId: string) =>
  startStopped(
    { supportId: 's', language: 'en', tenantId: undefined, userId, nowMs: clock.nowMs() },
    { kind: 'cannot-verify' },
  );

describe('a flow that is kept', () => {
  test('has what was typed only for who holds the data key', async () => {
    const typed = 'My-Password-47';
    await flows.create('session', flowOf(typed));
    expect(JSON.stringify(await store.flows.find('session'))).not.toContain(typed);
    expect(await flows.find('session')).toEqual({ flow: flowOf(typed), version: 1 });
    expect(await flows.save('session', flowOf('ada'), 1)).toBe(true);
    expect((await flows.find('session'))?.flow.userId).toBe('ada');
  });

  test.each(['', 'ß'.repeat(LIMITS.userIdUnitsMax), '語'.repeat(LIMITS.userIdUnitsMax)])(
    'is whole for %j',
    async (typed) => {
      await flows.create('session', flowOf(typed));
      expect((await flows.find('session'))?.flow.userId).toBe(typed);
    },
  );

  test('does not open in another session', async () => {
    await flows.create('session', flowOf('ada'));
    const stored = await store.flows.find('session');
    if (stored === undefined) throw new Error('the flow was kept');
    await store.flows.create('another', stored.flow);
    await expect(flows.find('another')).rejects.toMatchObject({ code: 'data-box-not-opened' });
  });

  test('is gone when it is removed', async () => {
    await flows.create('session', flowOf('ada'));
    await flows.remove('session');
    expect(await flows.find('session')).toBeUndefined();
  });
});
