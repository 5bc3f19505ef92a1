// The relay over several links: which agent is asked, which never is, and what becomes of a link that is replaced.

import { describe, expect, test } from 'vitest';
import type { AgentLinkOptions } from '../../../../src/agent/link/link.js';
import type { AgentAnswer, AgentRequest } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { FakeClock } from '../../../support/fake-clock.js';
import {
  type AgentParty,
  aFrontDoor,
  anAgent,
  anAnnouncement,
  aSealingKey,
  enrolled,
  type FrontDoorParty,
  TENANT,
} from '../../../support/link-parties.js';

const never = new AbortController().signal;
const ELSEWHERE = parseTenantId('elsewhere');
const resetId = parseResetId('00000000-0000-4000-8000-000000000001');
const anchor = parseAccountAnchor('a1');
const unlock: AgentRequest = { kind: 'unlock', resetId, anchor, notAfterMs: 0 };
const done: AgentAnswer = { kind: 'outcome', outcome: { kind: 'done', settledBy: 'answer' } };

async function aLinkedAgent(
  frontDoor: FrontDoorParty,
  clock: FakeClock,
  changes: Partial<AgentLinkOptions> = {},
): Promise<AgentParty & { readonly served: AgentRequest[] }> {
  const served: AgentRequest[] = [];
  const agent = await anAgent(frontDoor, clock, {
    serve: async (request) => {
      served.push(request);
      return done;
    },
    ...changes,
  });
  void agent.link.run(agent.stop.signal);
  const { agentId, tenantId } = agent.identity;
  await expect.poll(() => frontDoor.relay.liveAgents(tenantId).some((live) => live.agentId === agentId)).toBe(true);
  return { ...agent, served };
}

const ask = (
  frontDoor: FrontDoorParty,
  request: AgentRequest,
  { identity: { agentId } }: Pick<AgentParty, 'identity'>,
) => frontDoor.relay.ask({ tenantId: TENANT, agentId, request, signal: never });

describe('the relay', () => {
  test('names live agents, the one linked longest first, and asks the one it is told to', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const first = await aLinkedAgent(frontDoor, clock);
    const second = await aLinkedAgent(frontDoor, clock);
    expect(frontDoor.relay.liveAgents(TENANT).map(({ agentId }) => agentId)).toEqual([
      first.identity.agentId,
      second.identity.agentId,
    ]);
    expect(await ask(frontDoor, unlock, second)).toMatchObject({ agentId: second.identity.agentId, answer: done });
    expect(first.served).toEqual([]);
  });

  test('never asks another tenant’s agent by its id', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const identity = await enrolled(frontDoor.registry, { tenantId: ELSEWHERE });
    const agent = await aLinkedAgent(frontDoor, clock, { identity });
    expect(await ask(frontDoor, unlock, agent)).toEqual({ kind: 'no-agent' });
    expect(agent.served).toEqual([]);
  });

  test('says there is no agent when that one is not linked, and asks no other', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const other = await aLinkedAgent(frontDoor, clock);
    const identity = await enrolled(frontDoor.registry);
    expect(await ask(frontDoor, unlock, { identity })).toEqual({ kind: 'no-agent' });
    expect(other.served).toEqual([]);
  });

  test('says an answer is lost when the link is cut after sending', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await aLinkedAgent(frontDoor, clock, { serve: () => new Promise(() => undefined) });
    const asked = ask(frontDoor, unlock, agent);
    await clock.advance(0);
    agent.wires[0]?.cut();
    expect(await asked).toEqual({ kind: 'answer-lost', agentId: agent.identity.agentId });
  });

  test('says an answer is lost when the asker leaves after sending, and nothing was sent when before', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const { identity } = await aLinkedAgent(frontDoor, clock, { serve: () => new Promise(() => undefined) });
    const leaving = new AbortController();
    const asked = frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: identity.agentId,
      request: unlock,
      signal: leaving.signal,
    });
    await clock.advance(0);
    leaving.abort();
    expect(await asked).toMatchObject({ kind: 'answer-lost' });
    const gone = frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: identity.agentId,
      request: unlock,
      signal: leaving.signal,
    });
    expect(await gone).toEqual({ kind: 'no-agent' });
  });

  test('offers only sealing keys that the agent’s identity signed and whose time it is', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const identity = await enrolled(frontDoor.registry);
    const stranger = await enrolled(frontDoor.registry);
    const own = await aSealingKey(identity, { notAfterMs: clock.nowMs() + 60_000 });
    const announcement = { ...(await anAnnouncement(identity)), sealingKeys: [own, await aSealingKey(stranger)] };
    await aLinkedAgent(frontDoor, clock, { identity, announcement: () => announcement });
    expect(frontDoor.relay.liveAgents(TENANT)[0]?.sealingKeys).toEqual([own]);
    expect(frontDoor.seen.filter(({ event }) => event === 'sealingKeysRefused')).toMatchObject([{ refused: 1 }]);
    await clock.advance(60_000);
    expect(frontDoor.relay.liveAgents(TENANT)[0]?.sealingKeys).toEqual([]);
  });

  test('hears at once when an agent is held', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const identity = await enrolled(frontDoor.registry);
    const announcement = await anAnnouncement(identity);
    let isHeld = false;
    const agent = await aLinkedAgent(frontDoor, clock, { identity, announcement: () => ({ ...announcement, isHeld }) });
    isHeld = true;
    agent.link.announce();
    await expect.poll(() => frontDoor.relay.liveAgents(TENANT)[0]?.isHeld).toBe(true);
  });

  describe('of the groups that the organisation’s policy names', () => {
    const groupsNamed = () => ['staff', 'it-admins'];
    const linkedWith = async (directories: { directoryId: string; groups: string[] }[] | undefined) => {
      const clock = new FakeClock();
      const frontDoor = aFrontDoor(clock, { groupsNamed });
      const identity = await enrolled(frontDoor.registry);
      const announcement = {
        ...(await anAnnouncement(identity)),
        ...(directories === undefined ? {} : { directories }),
      };
      await aLinkedAgent(frontDoor, clock, { identity, announcement: () => announcement });
      await expect.poll(() => frontDoor.relay.liveAgents(TENANT).length).toBe(1);
      return frontDoor;
    };
    const warnings = ({ seen }: FrontDoorParty) => seen.filter(({ event }) => event === 'groupsNotTold');

    test('it warns of those that an agent does not tell of, directory by directory', async () => {
      const directories = [
        { directoryId: 'corp', groups: ['staff', 'it-admins'] },
        { directoryId: 'labs', groups: ['staff', 'guests'] },
      ];
      const frontDoor = await linkedWith(directories);
      expect(warnings(frontDoor)).toMatchObject([{ directoryId: 'labs', groups: ['it-admins'] }]);
      expect(frontDoor.relay.liveAgents(TENANT)[0]?.directories).toEqual(directories);
    });

    test('it warns of all of them where an agent tells of none', async () => {
      expect(warnings(await linkedWith(undefined))).toMatchObject([{ groups: ['staff', 'it-admins'] }]);
    });

    test('it says nothing where all are told', async () => {
      expect(warnings(await linkedWith([{ directoryId: 'corp', groups: ['it-admins', 'staff'] }]))).toEqual([]);
    });
  });

  test('lets the newer of two links of one identity live, and suspects a copied key when both were alive', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const eventsOf = (event: string) => frontDoor.seen.filter((each) => each.event === event);
    const older = await aLinkedAgent(frontDoor, clock);
    const newer = await aLinkedAgent(frontDoor, clock, { identity: older.identity });
    await expect.poll(() => eventsOf('agentReady').length).toBe(2);
    expect(eventsOf('agentLinkReplaced')).toMatchObject([{ isKeyCopySuspected: true }]);
    await expect
      .poll(() => older.seen.filter(({ event }) => event === 'linkEnded'))
      .toMatchObject([{ reason: 'replaced-by-newer-link' }]);
    expect(newer.link.state).toBe('serving');
    expect(frontDoor.relay.liveAgents(TENANT).length).toBe(1);
  });

  test('suspects nothing when one process comes back, or when the older link had fallen silent', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let isCut = false;
    const identity = await enrolled(frontDoor.registry);
    const older = await anAgent(frontDoor, clock, { identity, tap: (_, bytes) => (isCut ? [] : [bytes]) });
    void older.link.run(older.stop.signal);
    await expect.poll(() => frontDoor.relay.liveAgents(TENANT).length).toBe(1);
    isCut = true;
    await clock.advance(LIMITS.heartbeatMs);
    await aLinkedAgent(frontDoor, clock, { identity });
    await expect
      .poll(() => frontDoor.seen.filter(({ event }) => event === 'agentLinkReplaced'))
      .toMatchObject([{ isKeyCopySuspected: false }]);
  });

  test('ends a link whose agent proves itself and then says nothing', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let sent = 0;
    const agent = await anAgent(frontDoor, clock, {
      tap: (from, bytes) => (from === 'left' && sent++ > 0 ? [] : [bytes]),
    });
    void agent.link.run(agent.stop.signal);
    await clock.advance(LIMITS.handshakeDeadlineMs);
    expect(frontDoor.seen.filter(({ event }) => event === 'agentUnlinked')).toMatchObject([
      { reason: 'handshake-timeout' },
    ]);
  });

  test('ends a link that was revoked while its handshake was under way', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    const { find } = frontDoor.registry;
    frontDoor.registry.find = async (agentId) => {
      const found = await find(agentId);
      await frontDoor.registry.revoke(agentId);
      return found;
    };
    expect(await agent.link.run(agent.stop.signal)).toBe('revoked');
  });

  test('at a stop sends everybody away, lets answers arrive, and takes nobody new', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const gates: (() => void)[] = [];
    const agent = await aLinkedAgent(frontDoor, clock, {
      serve: async () => {
        await new Promise<void>((open) => gates.push(open));
        return done;
      },
    });
    const asked = ask(frontDoor, unlock, agent);
    await expect.poll(() => gates.length).toBe(1);
    const drained = frontDoor.relay.drain();
    expect(frontDoor.relay.liveAgents(TENANT)).toEqual([]);
    expect(await ask(frontDoor, unlock, agent)).toEqual({ kind: 'no-agent' });
    gates[0]?.();
    expect(await asked).toMatchObject({ answer: done });
    await drained;
    await clock.advance(60_000);
    expect(agent.link.state).not.toBe('serving');
    expect(frontDoor.seen.filter(({ event }) => event === 'linkFault')).toEqual([]);
  });
});
