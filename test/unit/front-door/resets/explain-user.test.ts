// What the administrator is told of a user ID: the way it would go, and nothing counted for having asked.

import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainUser, NO_AGENT_ASKED } from '../../../../src/front-door/resets/explain-user.js';
import { type FrontDoorStore, openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { createThrottles } from '../../../../src/front-door/throttles/throttles.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, aTenant } from '../../../support/front-door-builders.js';

const tenant = aTenant();
const account = anAccount();
let clock: FakeClock;
let store: FrontDoorStore;

beforeEach(async () => {
  clock = new FakeClock();
  store = await openSqliteStore({ path: ':memory:', clock });
});

afterEach(() => store[Symbol.asyncDispose]());

const explain = (userId: string) =>
  explainUser(
    {
      mirror: store.mirror,
      cloudAccounts: store.cloudAccounts,
      clock,
      throttles: createThrottles({ store: store.throttles, clock }),
      digestKey: new Uint8Array(randomBytes(32)),
      proofMethods: [
        {
          kind: 'email-code',
          typed: ([text]) => text,
          registered: async () => [{ kind: 'email-code', id: 'm', address: 'a@example.net' }],
          start: async () => undefined,
          verify: async () => 'wrong',
        },
      ],
    },
    { tenant, userId, signal: new AbortController().signal },
  );

test('somebody mirrored goes the way the mirror says, without an agent', async () => {
  await store.mirror.refresh(tenant.id, account);
  const { route, lines } = await explain('ADA');
  expect(route.kind).toBe('prove');
  expect(lines[0]).toBe(NO_AGENT_ASKED);
  expect(lines.at(-1)).toContain('prove: 1 of email-code');
});

test('somebody whom nobody knows cannot be verified, and with nothing mirrored that cannot be told', async () => {
  expect((await explain('bob')).route).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
  await store.mirror.refresh(tenant.id, account);
  expect((await explain('bob')).route).toEqual({ kind: 'cannot-verify', reason: 'unknown' });
});

test('asking counts nothing, however often', async () => {
  await store.mirror.refresh(tenant.id, account);
  for (let asked = 0; asked < 50; asked += 1) await explain('ada');
  expect((await explain('ada')).route.kind).toBe('prove');
});
