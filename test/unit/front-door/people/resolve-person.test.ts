// Whom a user ID means, by what the agent, the mirror and the store say, with the agent in every state.

import { describe, expect, test, vi } from 'vitest';
import { INSPECT_DEADLINE_MS, resolvePerson } from '../../../../src/front-door/people/resolve-person.js';
import type { Relayed } from '../../../../src/front-door/relay/relay.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { parseAccountAnchor, parseAgentId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import type { Inspection } from '../../../../src/protocol/managed-accounts.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, anInspection } from '../../../support/front-door-builders.js';

const tenantId = parseTenantId('example');
const agentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');

async function resolver(answer: Inspection | 'no-agent' | 'silent') {
  const clock = new FakeClock();
  const store = await openSqliteStore({ path: ':memory:', clock });
  const ask = async (): Promise<Relayed> => {
    if (answer === 'silent') return new Promise(() => undefined);
    if (answer === 'no-agent') return { kind: 'no-agent' };
    return { kind: 'answered', agentId, answer: { kind: 'inspected', inspection: answer } };
  };
  const deps = {
    relay: { liveAgents: () => [], ask },
    mirror: store.mirror,
    cloudAccounts: store.cloudAccounts,
    clock,
  };
  const { signal } = new AbortController();
  return {
    clock,
    store,
    mirror: () => store.mirror.applyBatch({ tenantId, agentId, generation: 1 }, [anAccount()]),
    addCloudOnly: () =>
      store.cloudAccounts.add({
        tenantId,
        anchor: parseAccountAnchor('cloud-1'),
        userIds: ['ada'],
        displayName: 'Ada',
        addresses: [],
        isAdministrator: false,
        passwordHash: undefined,
      }),
    resolve: (userId = 'ada') => resolvePerson(deps, { tenantId, userId, signal }),
  };
}

describe('whom a user ID means', () => {
  test('is what the agent says now, and the mirror learns of it', async () => {
    const { resolve, store } = await resolver(anInspection());
    expect((await resolve()).kind).toBe('directory');
    await vi.waitFor(async () => expect((await store.mirror.find(tenantId, 'ada')).kind).toBe('found'));
  });

  test('is told without waiting for the mirror, which only somebody known costs anything', async () => {
    const { resolve, store } = await resolver(anInspection());
    store.mirror.refresh = () => new Promise(() => undefined);
    expect((await resolve()).kind).toBe('directory');
    store.mirror.refresh = () => Promise.reject(new Error('the disk is full'));
    expect((await resolve()).kind).toBe('directory');
  });

  test('is the cloud-only account where the directory knows nobody, or is not its authority', async () => {
    const elsewhere = anInspection({ account: anAccount({ disposition: { kind: 'not-managed-here' } }) });
    for (const answer of [{ kind: 'not-found' } as const, elsewhere]) {
      const { resolve, addCloudOnly } = await resolver(answer);
      expect((await resolve()).kind).toBe('unknown');
      await addCloudOnly();
      expect((await resolve()).kind).toBe('cloud-only');
    }
  });

  test('never is a cloud-only account behind one of the directory’s that is away', async () => {
    const { resolve, addCloudOnly, mirror } = await resolver('no-agent');
    await addCloudOnly();
    await mirror();
    expect((await resolve()).kind).toBe('mirrored');
  });

  test('is read from the mirror when the agent says nothing in time', async () => {
    const { resolve, mirror, clock } = await resolver('silent');
    await mirror();
    const resolving = resolve();
    await clock.advance(INSPECT_DEADLINE_MS);
    expect((await resolving).kind).toBe('mirrored');
  });

  test.each([['no-agent'], [{ kind: 'try-later', reason: 'draining' }]] as const)(
    'cannot be told when nothing was ever mirrored (%o)',
    async (answer) => {
      const { resolve, mirror } = await resolver(answer);
      expect((await resolve()).kind).toBe('undetermined');
      await mirror();
      expect((await resolve('nobody')).kind).toBe('unknown');
    },
  );

  test('is nobody when it is two', async () => {
    const { resolve } = await resolver({ kind: 'ambiguous' });
    expect((await resolve()).kind).toBe('ambiguous');
  });
});
