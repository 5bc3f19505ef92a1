// What every agent registry must do: the fake that other tests rest on, and the real one over SQLite.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AgentRegistry,
  ENROLMENT_LIMITS,
  type EnrolledAgent,
} from '../../../src/front-door/enrolment/agent-registry.js';
import { openSqliteStore } from '../../../src/front-door/sqlite/sqlite-store.js';
import { parseAgentId, parseTenantId } from '../../../src/protocol/identifiers.js';
import { FakeClock } from '../../support/fake-clock.js';
import { memoryAgentRegistry } from '../../support/memory-agent-registry.js';

const tenantId = parseTenantId('example');
const codeId = new Uint8Array(16).fill(7);
const codeKey = new Uint8Array(32).fill(8);
const code = { codeId, codeKey, tenantId, notAfterMs: 2_000 };
const agent: EnrolledAgent = {
  agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1'),
  tenantId,
  name: 'dc1',
  identityPublicKey: new Uint8Array(32).fill(9),
  enrolledAtMs: 1_000,
  lastSeenAtMs: undefined,
  isRevoked: false,
};

interface Opened {
  readonly registry: AgentRegistry;
  readonly close: () => Promise<void>;
}

const REGISTRIES: Readonly<Record<string, () => Promise<Opened>>> = {
  'in memory': async () => ({ registry: memoryAgentRegistry(), close: async () => undefined }),
  'in SQLite': async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drawbridge-registry-'));
    const store = await openSqliteStore({ path: join(folder, 'front-door.sqlite'), clock: new FakeClock() });
    const close = async () => {
      await store[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    };
    return { registry: store.agents, close };
  },
};

describe.each(Object.entries(REGISTRIES))('an agent registry %s', (_, open) => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('gives a code once, and nothing the second time', async () => {
    const { registry } = opened;
    await registry.addCode(code);
    const taken = await registry.takeCode(codeId, 1_999);
    expect({ ...taken, codeKey: [...(taken?.codeKey ?? [])] }).toEqual({ tenantId, codeKey: [...codeKey] });
    expect(await registry.takeCode(codeId, 1_999)).toBeUndefined();
  });

  test('does not give a code at or after its end, nor keep it for an earlier clock', async () => {
    const { registry } = opened;
    await registry.addCode(code);
    expect(await registry.takeCode(codeId, 2_000)).toBeUndefined();
    expect(await registry.takeCode(codeId, 1_000)).toBeUndefined();
  });

  test('knows no code it was not given', async () => {
    expect(await opened.registry.takeCode(new Uint8Array(16), 0)).toBeUndefined();
  });

  test('keeps so many codes and no more, until one is used', async () => {
    const { registry } = opened;
    const numbered = (index: number) => ({ ...code, codeId: new Uint8Array(16).fill(index >> 8).fill(index & 255, 8) });
    const { codesMax } = ENROLMENT_LIMITS;
    for (let index = 0; index < codesMax; index += 1) expect(await registry.addCode(numbered(index))).toBe(true);
    expect(await registry.addCode(numbered(codesMax))).toBe(false);
    expect(await registry.takeCode(numbered(codesMax).codeId, 0)).toBeUndefined();
    await registry.takeCode(numbered(0).codeId, 0);
    expect(await registry.addCode(numbered(codesMax))).toBe(true);
  });

  test('gives each code its own key', async () => {
    const { registry } = opened;
    const other = { ...code, codeId: new Uint8Array(16).fill(1), codeKey: new Uint8Array(32).fill(2) };
    await registry.addCode(code);
    await registry.addCode(other);
    expect((await registry.takeCode(other.codeId, 0))?.codeKey[0]).toBe(2);
    expect((await registry.takeCode(codeId, 0))?.codeKey[0]).toBe(8);
  });

  test('gives a code to one of two who take it at the same instant', async () => {
    const { registry } = opened;
    await registry.addCode(code);
    const taken = await Promise.all([registry.takeCode(codeId, 0), registry.takeCode(codeId, 0)]);
    expect(taken.filter((each) => each !== undefined).map((each) => each.tenantId)).toEqual([tenantId]);
  });

  test('finds an agent as it was added, and lists it for its own tenant only', async () => {
    const { registry } = opened;
    await registry.add(agent);
    const found = await registry.find(agent.agentId);
    expect({ ...found, identityPublicKey: [...(found?.identityPublicKey ?? [])] }).toEqual({
      ...agent,
      identityPublicKey: [...agent.identityPublicKey],
    });
    expect((await registry.list(tenantId)).map(({ agentId }) => agentId)).toEqual([agent.agentId]);
    expect(await registry.list(parseTenantId('elsewhere'))).toEqual([]);
  });

  test('never replaces an agent by another of the same id', async () => {
    const { registry } = opened;
    await registry.add(agent);
    await expect(registry.add({ ...agent, identityPublicKey: new Uint8Array(32) })).rejects.toThrow();
    expect((await registry.find(agent.agentId))?.identityPublicKey[0]).toBe(9);
  });

  test('keeps when an agent was last seen', async () => {
    const { registry } = opened;
    await registry.add(agent);
    await registry.markSeen(agent.agentId, 5_000);
    expect((await registry.find(agent.agentId))?.lastSeenAtMs).toBe(5_000);
  });

  test('revokes an agent for good, and says whether there was one', async () => {
    const { registry } = opened;
    await registry.add(agent);
    expect(await registry.revoke(agent.agentId)).toBe(true);
    await registry.markSeen(agent.agentId, 5_000);
    expect((await registry.find(agent.agentId))?.isRevoked).toBe(true);
    expect(await registry.revoke(parseAgentId('00000000-0000-4000-8000-0000000000a2'))).toBe(false);
  });
});
