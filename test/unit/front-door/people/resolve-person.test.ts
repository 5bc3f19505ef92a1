// Whom a user ID means, by what the agent, the mirror and the store say, with the agent in every state.

import { describe, expect, test, vi } from 'vitest';
import { INSPECT_DEADLINE_MS } from '../../../../src/front-door/people/ask-agents.js';
import { resolvePerson } from '../../../../src/front-door/people/resolve-person.js';
import type { Relay, Relayed } from '../../../../src/front-door/relay/relay.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { parseAccountAnchor, parseAgentId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import type { Inspection } from '../../../../src/protocol/managed-accounts.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, anInspection } from '../../../support/front-door-builders.js';

const tenantId = parseTenantId('example');
const [agentId, another] = [agentOf(1), agentOf(2)];

function agentOf(number: number) {
  return parseAgentId(`00000000-0000-4000-8000-0000000000a${number}`);
}

/** One agent for each answer. */
async function resolver(...answers: (Inspection | 'no-agent' | 'silent')[]) {
  const clock = new FakeClock();
  const store = await openSqliteStore({ path: ':memory:', clock });
  const agents = answers.map((_, at) => ({ agentId: agentOf(at + 1), sealingKeys: [], operations: [], isHeld: false }));
  const ask = async (options: Parameters<Relay['ask']>[0]): Promise<Relayed> => {
    const answer = answers[agents.findIndex((agent) => agent.agentId === options.agentId)] ?? 'no-agent';
    if (answer === 'silent') return new Promise(() => undefined);
    if (answer === 'no-agent') return { kind: 'no-agent' };
    return { kind: 'answered', agentId: options.agentId, answer: { kind: 'inspected', inspection: answer } };
  };
  const deps = {
    relay: { liveAgents: () => agents, ask },
    mirror: store.mirror,
    cloudAccounts: store.cloudAccounts,
    clock,
  };
  const { signal } = new AbortController();
  return {
    clock,
    store,
    mirror: async (by = agentId) => {
      const source = { tenantId, agentId: by, directoryKey: 'corp', fence: 1 };
      await store.mirror.beginPass(source, () => true);
      await store.mirror.apply(source, { changed: [{ account: anAccount(), fingerprint: '' }], absent: [] });
    },
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

describe('whom a user ID means to several agents', () => {
  const notFound = { kind: 'not-found' } as const;
  const away = { kind: 'try-later', reason: 'directory-unreachable' } as const;

  test('is told by the one that knows, whichever that is, and by whom', async () => {
    for (const answers of [
      [notFound, anInspection()],
      [away, anInspection()],
      ['no-agent', anInspection()],
    ] as const) {
      expect(await (await resolver(...answers)).resolve()).toMatchObject({ kind: 'directory', knownBy: [another] });
    }
  });

  test('is nobody only when every one says so; otherwise the mirror speaks for the one that is away', async () => {
    const all = await resolver(notFound, notFound);
    await all.mirror(another);
    expect((await all.resolve()).kind).toBe('unknown');
    for (const answer of [away, 'no-agent'] as const) {
      const { resolve, mirror } = await resolver(notFound, answer);
      await mirror(another);
      expect((await resolve()).kind).toBe('mirrored');
    }
    // The mirror had it from the agent that says now that it is gone: that is newer.
    const gone = await resolver(notFound, away);
    await gone.mirror(agentId);
    expect((await gone.resolve()).kind).toBe('unknown');
  });

  test('is known from the mirror when its own agent is not even linked', async () => {
    const { resolve, mirror } = await resolver(notFound);
    await mirror(another);
    expect((await resolve()).kind).toBe('mirrored');
  });

  test('is unknown like the unregistered, while one is away and another answers', async () => {
    const { resolve } = await resolver(notFound, away);
    expect((await resolve()).kind).toBe('unknown');
  });

  test('takes as long as the slowest, known or not', async () => {
    for (const answer of [notFound, anInspection()] as const) {
      const { resolve, clock } = await resolver(answer, 'silent');
      let isAnswered = false;
      const resolving = resolve().finally(() => (isAnswered = true));
      await clock.advance(INSPECT_DEADLINE_MS - 1);
      expect(isAnswered).toBe(false);
      await clock.advance(1);
      expect((await resolving).kind).toBe(answer.kind === 'found' ? 'directory' : 'unknown');
    }
  });

  test('is nobody when they know different accounts by that name, and one when it is the same account', async () => {
    const other = anInspection({ account: anAccount({ anchor: 'another-ada' }) });
    expect((await (await resolver(anInspection(), other)).resolve()).kind).toBe('ambiguous');
    expect((await (await resolver(anInspection(), { kind: 'ambiguous' })).resolve()).kind).toBe('ambiguous');
    const same = await (await resolver(anInspection(), anInspection())).resolve();
    expect(same).toMatchObject({ kind: 'directory', knownBy: [agentId, another] });
  });

  test('is told first by the one that may do something', async () => {
    const closed = anInspection({
      account: anAccount({ disposition: { kind: 'contact-administrator', reason: 'outside-write-back-scope' } }),
    });
    const resolved = await (await resolver(closed, anInspection())).resolve();
    expect(resolved).toMatchObject({
      knownBy: [another, agentId],
      inspection: { account: { disposition: { kind: 'write-back' } } },
    });
  });
});
