// Whose starts count together: one asker's, one user ID's, one account's by all its names, and nobody's the same way.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProofMethod } from '../../../../src/front-door/methods/proof-method.js';
import { findRoute } from '../../../../src/front-door/resets/find-route.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { accountKey, createThrottles } from '../../../../src/front-door/throttles/throttles.js';
import { parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { FakeRelay } from '../../../support/fake-relay.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';

const byMail: ProofMethod = {
  kind: 'email-code',
  typed: ([text]) => text,
  registered: async ({ countedAddresses }) =>
    countedAddresses.map((address) => ({ id: address, kind: 'email-code', address })),
  start: async () => undefined,
  verify: async () => 'wrong',
};
const bob = anAccount({
  anchor: 'bob',
  samAccountName: 'bob',
  userPrincipalName: 'bob@example.com',
  mail: [],
  resetMail: [],
});

let relay: FakeRelay;
let store: Awaited<ReturnType<typeof openSqliteStore>>;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  store = await openSqliteStore({ path: ':memory:', clock });
  relay = await FakeRelay.make();
  relay.people.push(anInspection(), anInspection({ account: bob }));
});
afterEach(() => store[Symbol.asyncDispose]());

async function start(userId: string, address = '192.0.2.1', times = 1): Promise<string> {
  const { mirror, cloudAccounts } = store;
  const throttles = createThrottles({ store: store.throttles, clock });
  const deps = {
    relay,
    mirror,
    cloudAccounts,
    clock,
    throttles,
    proofMethods: [byMail],
    digestKey: new Uint8Array(32),
  };
  const throttleKeys = [{ name: 'starts-from-address', key: address }] as const;
  const { signal } = new AbortController();
  let route = '';
  for (let count = 0; count < times; count += 1) {
    route = (await findRoute(deps, { tenant: aTenant(), userId, throttleKeys, signal })).route.kind;
  }
  return route;
}

describe('too many starts', () => {
  test.each([
    ['ada', 'prove'],
    ['bob', 'cannot-verify'],
    ['nobody', 'cannot-verify'],
  ])('for %s shut the door to whoever made them, and to nobody else', async (userId, route) => {
    expect(await start(userId, '192.0.2.1', 30)).toBe(route);
    expect(await start(userId)).toBe('blocked');
    expect(await start(userId, '198.51.100.7')).toBe(route);
    await clock.advance(60 * 60_000);
    expect(await start(userId)).toBe(route);
  });

  test('by one asker take no more than that asker’s share of everybody’s', async () => {
    await start('ada', '192.0.2.1', 299);
    expect(await start('ada', '198.51.100.7')).toBe('prove');
  });

  test.each([
    ['ada', 'prove'],
    ['nobody', 'cannot-verify'],
  ])('for %s from many addresses shut it in the end', async (userId, route) => {
    for (let address = 0; address < 10; address += 1) expect(await start(userId, `192.0.2.${address}`, 30)).toBe(route);
    expect(await start(userId, '198.51.100.7')).toBe('blocked');
  });

  test('by all names of an account are counted together', async () => {
    expect(await start('ada', '192.0.2.1', 15)).toBe('prove');
    expect(await start('CORP\\ada', '192.0.2.1', 15)).toBe('prove');
    expect(await start('ada@example.com')).toBe('blocked');
    expect(await start('ada@example.com', '198.51.100.7')).toBe('prove');
  });

  test('by all names of who cannot be verified are not, or they would tell the unregistered from the unknown', async () => {
    await start('bob', '192.0.2.1', 20);
    await start('CORP\\bob', '192.0.2.1', 20);
    expect(await start('bob@example.com')).toBe('cannot-verify');
  });
});

test('an account that is shut, as by resets through the API, is told as such to who could prove something only', async () => {
  const throttles = createThrottles({ store: store.throttles, clock });
  for (const { anchor } of [anAccount(), bob]) {
    const key = { name: 'resets', key: accountKey(parseTenantId('example'), anchor) } as const;
    for (let count = 0; count < 5; count += 1) await throttles.attempt([key]);
  }
  expect([await start('ada'), await start('bob'), await start('nobody')]).toEqual([
    'blocked',
    'cannot-verify',
    'cannot-verify',
  ]);
});

test('for everybody the same throttles are written, known or not', async () => {
  const counted: string[][] = [];
  const { update } = store.throttles;
  for (const userId of ['ada', 'bob', 'nobody', 'no\u0000body']) {
    const names: string[] = [];
    store.throttles.update = (key, decide) => {
      names.push(key.name);
      return update(key, decide);
    };
    await start(userId);
    counted.push(names);
  }
  expect(new Set(counted.map(String)).size).toBe(1);
});
