// A whole link in memory: the real agent's end against the real front door's end, with a tap in between and time at a stand.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AgentLinkOptions } from '../../../../src/agent/link/link.js';
import { RECONNECT } from '../../../../src/agent/link/reconnect-policy.js';
import { FrontDoorUnreachable } from '../../../../src/agent/link/transport.js';
import { toBase64Url } from '../../../../src/protocol/base64url.js';
import { LINK_END_REASONS, LINK_ENDS } from '../../../../src/protocol/close-codes.js';
import type { AgentAnswer, AgentRequest } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseAgentId, parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { Clock } from '../../../../src/timing/clock.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount } from '../../../support/front-door-builders.js';
import {
  type AgentParty,
  aFrontDoor,
  anAgent,
  enrolled,
  type FrontDoorParty,
  random,
  type Seen,
  TENANT,
} from '../../../support/link-parties.js';
import { aFailedPass, anEndedPass } from '../../../support/pass-reports.js';
import type { Tap } from '../../../support/transport-pair.js';

const never = new AbortController().signal;
const inspect: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'ada' } };
const unlock: AgentRequest = {
  kind: 'unlock',
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('a1'),
  notAfterMs: 0,
};
const done: AgentAnswer = { kind: 'outcome', outcome: { kind: 'done', settledBy: 'answer' } };
const notFound: AgentAnswer = { kind: 'inspected', inspection: { kind: 'not-found' } };
const eventsOf = (seen: readonly Seen[], event: string) => seen.filter((each) => each.event === event);
const shifted = (clock: Clock, byMs: number): Clock => ({
  nowMs: () => clock.nowMs() + byMs,
  monotonicMs: () => clock.monotonicMs(),
  after: (delayMs, then) => clock.after(delayMs, then),
});

async function linked(clock: FakeClock, frontDoor: FrontDoorParty, agent: AgentParty): Promise<void> {
  void agent.link.run(agent.stop.signal);
  await isLive(frontDoor, agent);
  await clock.advance(0);
}

function isLive(frontDoor: FrontDoorParty, agent: AgentParty) {
  return expect
    .poll(() => frontDoor.relay.liveAgents(TENANT).map(({ agentId }) => agentId))
    .toContain(agent.identity.agentId);
}

/** Alters the nth message that `from` sends, counted from 0. */
function altering(from: 'left' | 'right', nth: number, alter: (bytes: Uint8Array) => readonly Uint8Array[]): Tap {
  let sent = 0;
  return (who, bytes) => (who === from && sent++ === nth ? alter(bytes) : [bytes]);
}

function alteringJson(from: 'left' | 'right', nth: number, changes: object): Tap {
  return altering(from, nth, (bytes) => [
    new TextEncoder().encode(JSON.stringify({ ...JSON.parse(new TextDecoder().decode(bytes)), ...changes })),
  ]);
}

async function afterOneAttempt(
  tap: Tap | undefined,
  changes: { readonly agent?: Partial<AgentLinkOptions>; readonly frontDoor?: Parameters<typeof aFrontDoor>[1] } = {},
) {
  const clock = new FakeClock();
  const frontDoor = aFrontDoor(clock, changes.frontDoor);
  const agent = await anAgent(frontDoor, clock, {
    randomFraction: () => 0.999,
    ...changes.agent,
    ...(tap === undefined ? {} : { tap }),
  });
  void agent.link.run(agent.stop.signal);
  // Long enough for the front door's refusal, and not for a second attempt.
  await clock.advance(600);
  await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBeGreaterThan(0);
  return { frontDoor, agent, ended: eventsOf(agent.seen, 'linkEnded')[0], clock };
}

describe('a link', () => {
  test('is made, serves, and is drained at a stop', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    const run = agent.link.run(agent.stop.signal);
    await isLive(frontDoor, agent);
    expect(agent.link.state).toBe('serving');
    const asked = await frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    expect(asked).toEqual({ kind: 'answered', agentId: agent.identity.agentId, answer: notFound });

    agent.stop.abort();
    expect(await run).toBe('stopped');
    expect(agent.link.state).toBe('ended');
    expect(frontDoor.relay.liveAgents(TENANT)).toEqual([]);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'stopped', dialsAgainInMs: undefined }]);
    expect((await frontDoor.registry.find(agent.identity.agentId))?.lastSeenAtMs).toBe(clock.nowMs());
  });

  test('says when nobody waits for an answer any more, or that somebody has waited for long enough, and when somebody last asked', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const answer = Promise.withResolvers<AgentAnswer>();
    const agent = await anAgent(frontDoor, clock, { serve: () => answer.promise });
    expect(await agent.link.untilQuiet(25)).toBeUndefined();
    await linked(clock, frontDoor, agent);
    expect(await agent.link.untilQuiet(25)).toBeUndefined();
    const asked = frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    let quiet = 0;
    const waits = async () => {
      const askedMs = await agent.link.untilQuiet(25);
      quiet += 1;
      return askedMs;
    };
    await clock.advance(0);
    const askedMs = clock.monotonicMs();
    const [first] = [waits()];
    await clock.advance(24);
    expect(quiet).toBe(0);
    await clock.advance(1);
    expect(await first).toBe(askedMs);
    expect(quiet).toBe(1);
    const second = waits();
    answer.resolve(notFound);
    expect(await second).toBe(askedMs);
    expect(quiet).toBe(2);
    expect(await agent.link.untilQuiet(25)).toBe(askedMs);
    expect((await asked).kind).toBe('answered');
  });

  test('tells the front door of passes, and of none that is out of contract', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    agent.link.tellPass(anEndedPass({ generation: 1 }));
    await linked(clock, frontDoor, agent);
    agent.link.tellPass({ ...aFailedPass(2), directoryId: 'x'.repeat(33) });
    agent.link.tellPass(aFailedPass(3));
    await expect.poll(() => frontDoor.toldPasses).toEqual([aFailedPass(3)]);
    expect(frontDoor.relay.liveAgents(TENANT)).toHaveLength(1);
  });

  test('outlives a store that does not take what is told, and an agent that tells too much', async () => {
    const clock = new FakeClock();
    const stuck = Promise.withResolvers<void>();
    let asked = 0;
    const passReports = {
      keep: () => {
        asked += 1;
        return stuck.promise;
      },
    };
    const frontDoor = aFrontDoor(clock, { passReports });
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    for (let generation = 1; generation <= 200; generation += 1) agent.link.tellPass(aFailedPass(generation));
    await expect.poll(() => asked).toBe(1);
    const request = { tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never };
    expect((await frontDoor.relay.ask(request)).kind).toBe('answered');
    stuck.reject(new Error('the disk is full'));
    await expect.poll(() => eventsOf(frontDoor.seen, 'passReportNotKept').length).toBe(32);
    expect(asked).toBe(32);
    expect(frontDoor.relay.liveAgents(TENANT)).toHaveLength(1);
  });

  test('carries nothing a man in the middle could read, once it serves', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const onTheWire: string[] = [];
    const tap: Tap = (_, bytes) => {
      onTheWire.push(Buffer.from(bytes).toString('latin1'));
      return [bytes];
    };
    const agent = await anAgent(frontDoor, clock, { tap });
    await linked(clock, frontDoor, agent);
    const request: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'canary-user' } };
    await frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request, signal: never });
    expect(onTheWire.length).toBeGreaterThan(5);
    expect(onTheWire.filter((text) => /canary|inspect|ready|sealingKeys/.test(text))).toEqual([]);
  });

  test.each<[string, Tap]>([
    ['the host name', alteringJson('right', 0, { frontDoor: 'reset.example.net' })],
    ['the front door’s nonce', alteringJson('right', 0, { nonce: toBase64Url(random(32)) })],
    ['the front door’s ephemeral key', alteringJson('right', 0, { ephemeral: toBase64Url(random(32)) })],
    ['the front door’s time', alteringJson('right', 0, { timeMs: Date.UTC(2026, 0, 15, 12, 0, 1) })],
    ['the agent', alteringJson('left', 0, { agentId: parseAgentId(randomUUID()) })],
    ['the tenant', alteringJson('left', 0, { tenantId: parseTenantId('elsewhere') })],
    ['the agent’s ephemeral key', alteringJson('left', 0, { ephemeral: toBase64Url(random(32)) })],
    ['the agent’s signature', alteringJson('left', 0, { signature: toBase64Url(random(64)) })],
    ['the welcome', alteringJson('right', 1, { signature: toBase64Url(random(64)) })],
  ])('is not made when %s is altered on the way', async (_, tap) => {
    const { frontDoor, agent, ended } = await afterOneAttempt(tap);
    expect(['not-authenticated', 'not-genuine']).toContain(ended?.reason);
    expect(frontDoor.relay.liveAgents(TENANT)).toEqual([]);
    expect(eventsOf(agent.seen, 'linkServing')).toEqual([]);
  });

  test.each<[string, Tap]>([
    ['is not JSON', altering('left', 0, () => [new TextEncoder().encode('GET / HTTP/1.1')])],
    ['has a field too many', alteringJson('left', 0, { isAdmin: true })],
    ['is empty', altering('left', 0, () => [new Uint8Array()])],
    ['has a key in another spelling', alteringJson('left', 0, { ephemeral: `${'A'.repeat(42)}B` })],
    ['has a key of low order', alteringJson('right', 0, { ephemeral: 'A'.repeat(43) })],
  ])('is not made when a handshake message %s', async (_, tap) => {
    const { frontDoor, ended } = await afterOneAttempt(tap);
    expect(['malformed-frame', 'not-authenticated']).toContain(ended?.reason);
    expect(frontDoor.relay.liveAgents(TENANT)).toEqual([]);
  });

  test('is not made with a front door that holds another key', async () => {
    const registryParty = aFrontDoor(new FakeClock());
    const identity = await enrolled(registryParty.registry, { frontDoorPublicKey: random(32) });
    const { ended } = await afterOneAttempt(undefined, {
      agent: { identity },
      frontDoor: { registry: registryParty.registry },
    });
    expect(ended).toMatchObject({ reason: 'not-genuine', cause: { code: 'front-door-not-genuine' } });
  });

  test('is not made when a proof of an earlier link is replayed', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const proofs: Uint8Array[] = [];
    const recording: Tap = (from, bytes) => {
      if (from === 'left' && proofs.length === 0) proofs.push(bytes);
      return [bytes];
    };
    const first = await anAgent(frontDoor, clock, { tap: recording });
    await linked(clock, frontDoor, first);
    const replaying = await anAgent(frontDoor, clock, {
      identity: first.identity,
      tap: altering('left', 0, () => proofs),
      randomFraction: () => 0.999,
    });
    void replaying.link.run(replaying.stop.signal);
    await clock.advance(600);
    expect(eventsOf(frontDoor.seen, 'handshakeRefused')).toMatchObject([{ reason: 'not-authenticated' }]);
    expect(eventsOf(frontDoor.seen, 'agentLinkReplaced')).toEqual([]);
  });

  test('is not made across clocks too far apart, and the difference is said', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock, { clock: shifted(clock, -LIMITS.clockSkewMaxMs - 1) });
    void agent.link.run(agent.stop.signal);
    await clock.advance(0);
    expect(eventsOf(agent.seen, 'clocksApart')).toEqual([{ event: 'clocksApart', aheadMs: -90_001 }]);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'clock-skew' }]);
  });

  test('is not made when no version fits', async () => {
    const { ended } = await afterOneAttempt(alteringJson('right', 0, { versionMin: 7, versionMax: 9 }));
    expect(ended).toMatchObject({ reason: 'version-not-supported', cause: { code: 'version-not-supported' } });
  });

  test('ends at ten seconds when the front door connects and says nothing', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock, { tap: (from, bytes) => (from === 'right' ? [] : [bytes]) });
    void agent.link.run(agent.stop.signal);
    await clock.advance(LIMITS.handshakeDeadlineMs - 1);
    expect(agent.link.state).toBe('proving');
    await clock.advance(1);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'handshake-timeout' }]);
  });

  test('stops for good when the identity is revoked during a link', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    const run = agent.link.run(agent.stop.signal);
    await isLive(frontDoor, agent);
    await frontDoor.registry.revoke(agent.identity.agentId);
    frontDoor.relay.revoke(agent.identity.agentId);
    expect(await run).toBe('revoked');
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'revoked', dialsAgainInMs: undefined }]);
    await clock.advance(3_600_000);
    expect(agent.wires.length).toBe(1);
  });

  test.each(LINK_END_REASONS.filter((reason) => LINK_ENDS[reason].comeBack !== 'soon'))(
    'established, is merely cut by who closes it with the code of "%s" in the front door’s place',
    async (reason) => {
      const clock = new FakeClock();
      const frontDoor = aFrontDoor(clock);
      const agent = await anAgent(frontDoor, clock);
      await linked(clock, frontDoor, agent);
      agent.wires[0]?.right.close(LINK_ENDS[reason].code);
      await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBe(1);
      const [ended] = eventsOf(agent.seen, 'linkEnded');
      expect(ended).toMatchObject({ reason: 'cut', dialsAgainInMs: 500 });
      expect(ended?.advice).toContain(reason);
      await clock.advance(500);
      await isLive(frontDoor, agent);
    },
  );

  test('ends when the front door says so, although somebody in between keeps it open', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    const run = agent.link.run(agent.stop.signal);
    await isLive(frontDoor, agent);
    const [wire] = agent.wires;
    if (wire === undefined) throw new Error('no wire was dialled');
    wire.right.onOurEnd = () => undefined;
    frontDoor.relay.revoke(agent.identity.agentId);
    expect(await run).toBe('revoked');
    expect(await wire.left.ended).toMatchObject({ by: 'us' });
  });

  test('hears why it ends behind everything else that was said, although the wire is closed by then', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const held: Uint8Array[] = [];
    let isHeld = false;
    const agent = await anAgent(frontDoor, clock, {
      tap: (from, bytes) => {
        if (!isHeld || from === 'left') return [bytes];
        held.push(bytes);
        return [];
      },
    });
    const run = agent.link.run(agent.stop.signal);
    await isLive(frontDoor, agent);
    const [wire] = agent.wires;
    if (wire === undefined) throw new Error('no wire was dialled');
    wire.right.onOurEnd = () => undefined;
    isHeld = true;
    void frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    frontDoor.relay.revoke(agent.identity.agentId);
    // In one piece, as a socket may have it: the request, the reason and the close.
    for (const bytes of held) wire.left.deliver(bytes);
    wire.left.finish(LINK_ENDS.revoked.code, 'peer');
    expect(await run).toBe('revoked');
    expect(held).toHaveLength(2);
  });

  test('comes back soon after one frame that is none, and seldom only when that goes on and on', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    const run = agent.link.run(agent.stop.signal);
    await isLive(frontDoor, agent);
    for (let time = 1; time <= RECONNECT.repeatsMax + 1; time += 1) {
      // What the agent's transport does with a message that can be no frame.
      agent.wires.at(-1)?.left.close(LINK_ENDS['malformed-frame'].code);
      await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBe(time);
      const waitMs = Number(eventsOf(agent.seen, 'linkEnded').at(-1)?.dialsAgainInMs);
      expect(waitMs).toBe(time <= RECONNECT.repeatsMax ? 500 * 2 ** (time - 1) : 600_000);
      await clock.advance(waitMs);
      await isLive(frontDoor, agent);
    }
    agent.stop.abort();
    expect(await run).toBe('stopped');
  });

  test('keeps asking, ever more seldom, when told of a revocation before the front door has proven itself, and says so', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await frontDoor.registry.revoke(agent.identity.agentId);
    const run = agent.link.run(agent.stop.signal);
    await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBe(1);
    const [ended] = eventsOf(agent.seen, 'linkEnded');
    expect(ended).toMatchObject({ reason: 'revoked', dialsAgainInMs: 500 });
    expect(ended?.advice).toContain('keeps asking');
    for (let time = 1; time <= RECONNECT.repeatsMax; time += 1) {
      await clock.advance(Number(eventsOf(agent.seen, 'linkEnded').at(-1)?.dialsAgainInMs));
      await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBe(time + 1);
    }
    expect(eventsOf(agent.seen, 'linkEnded').at(-1)).toMatchObject({ reason: 'revoked', dialsAgainInMs: 600_000 });
    expect(eventsOf(agent.seen, 'linkServing')).toEqual([]);
    agent.stop.abort();
    expect(await run).toBe('stopped');
  });

  test.each<[string, 'left' | 'right']>([
    ['before anything was said', 'right'],
    ['after the agent has proven itself', 'left'],
  ])('is not ended for good by who says 4403 in the front door’s place %s', async (_, instead) => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let isBetween = true;
    const agent = await anAgent(frontDoor, clock, {
      tap: (from, bytes) => {
        if (isBetween && from === instead) agent.wires.at(-1)?.right.close(LINK_ENDS.revoked.code);
        return isBetween && from === instead ? [] : [bytes];
      },
    });
    void agent.link.run(agent.stop.signal);
    await expect.poll(() => eventsOf(agent.seen, 'linkEnded').length).toBe(1);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'revoked', dialsAgainInMs: 500 }]);
    isBetween = false;
    await clock.advance(500);
    await isLive(frontDoor, agent);
  });

  test.each<[string, (bytes: Uint8Array) => readonly Uint8Array[]]>([
    ['altered', (bytes) => [bytes.with(0, (bytes[0] ?? 0) ^ 1)]],
    ['cut short', (bytes) => [bytes.subarray(0, -1)]],
    ['sent twice', (bytes) => [bytes, bytes]],
    ['replaced by garbage', () => [random(40)]],
  ])('ends at a frame %s, and comes back soon', async (_, alter) => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    // The agent's third frame is the first pong: prove, ready, pong.
    const agent = await anAgent(frontDoor, clock, { tap: altering('left', 2, alter) });
    await linked(clock, frontDoor, agent);
    await clock.advance(LIMITS.heartbeatMs);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'frame-not-authentic' }]);
    await clock.advance(60_000);
    await isLive(frontDoor, agent);
  });

  test.each([
    ['the front door', 'right'],
    ['the agent', 'left'],
  ] as const)('ends when %s falls silent, without waiting for it', async (_, silent) => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let isCut = false;
    const agent = await anAgent(frontDoor, clock, {
      tap: (from, bytes) => (isCut && from === silent ? [] : [bytes]),
    });
    await linked(clock, frontDoor, agent);
    isCut = true;
    await clock.advance(LIMITS.heartbeatMs * (LIMITS.heartbeatsMissedMax + 1) - 1);
    expect(agent.link.state).toBe('serving');
    await clock.advance(1);
    const ended = silent === 'right' ? eventsOf(agent.seen, 'linkEnded') : eventsOf(frontDoor.seen, 'agentUnlinked');
    expect(ended).toMatchObject([{ reason: 'heartbeat-lost' }]);
    expect(frontDoor.relay.liveAgents(TENANT)).toEqual([]);
  });

  test('lives on through hours of silence from people', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    await clock.advance(3_600_000);
    expect(agent.wires.length).toBe(1);
    expect(frontDoor.relay.liveAgents(TENANT).length).toBe(1);
  });

  test('dials again with growing, bounded delays while nobody answers, and never stops trying', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock, {
      open: async () => {
        throw new FrontDoorUnreachable('no route');
      },
    });
    void agent.link.run(agent.stop.signal);
    await clock.advance(600_000);
    const delays = eventsOf(agent.seen, 'linkEnded').map(({ dialsAgainInMs }) => dialsAgainInMs);
    expect(delays.slice(0, 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(eventsOf(agent.seen, 'linkEnded')[0]).toMatchObject({ reason: 'unreachable' });
    agent.stop.abort();
    await clock.advance(0);
    expect(agent.link.state).toBe('ended');
  });

  test('goes when the front door asks it to, and comes back within the window asked for', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    await frontDoor.relay.drain();
    await clock.advance(0);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'going-away', dialsAgainInMs: 10_500 }]);
  });
});

describe('requests on a link', () => {
  test('a handler that throws ends its request and no other', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let served = 0;
    const agent = await anAgent(frontDoor, clock, {
      serve: async () => {
        served += 1;
        if (served === 1) throw new Error('a mistake of ours');
        return notFound;
      },
    });
    await linked(clock, frontDoor, agent);
    const ask = () =>
      frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never });
    expect(await ask()).toMatchObject({ answer: { outcome: { kind: 'agent-fault' } } });
    expect(await ask()).toMatchObject({ answer: notFound });
    expect(eventsOf(agent.seen, 'requestFailed')).toMatchObject([{ kind: 'inspect' }]);
  });

  test.each([true, false])('a command that is asked ahead learns whether it may be written: %s', async (mayEver) => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const learnt: boolean[] = [];
    const agent = await anAgent(frontDoor, clock, {
      serve: async (_request, _signal, mayWrite) => {
        learnt.push(await mayWrite);
        return done;
      },
    });
    await linked(clock, frontDoor, agent);
    const mayWrite = Promise.withResolvers<void>();
    const ask = (how: { readonly mayWrite?: Promise<void> }) =>
      frontDoor.relay.ask({
        tenantId: TENANT,
        agentId: agent.identity.agentId,
        request: unlock,
        signal: never,
        ...how,
      });
    const asked = ask({ mayWrite: mayWrite.promise });
    await clock.advance(0);
    expect(learnt).toEqual([]);
    if (mayEver) mayWrite.resolve();
    else mayWrite.reject(new RangeError('the disk is full'));
    expect((await asked).kind).toBe(mayEver ? 'answered' : 'no-agent');
    await expect.poll(() => learnt).toEqual([mayEver]);
    expect((await ask({})).kind).toBe('answered');
    expect(learnt).toEqual([mayEver, true]);
  });

  test('an answer out of contract ends its request and no other', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const tooLong = { ...anAccount(), displayName: 'x'.repeat(LIMITS.nameUnitsMax + 1) };
    const agent = await anAgent(frontDoor, clock, {
      serve: async () => ({
        kind: 'inspected',
        inspection: {
          kind: 'found',
          account: tooLong,
          isLocked: false,
          mustChange: false,
          policy: {
            source: 'domain',
            lengthMin: 7,
            mustBeComplex: true,
            historyLength: 24,
            historyOnReset: 'enforced',
            ageMinMs: 0,
          },
        },
      }),
    });
    await linked(clock, frontDoor, agent);
    const asked = await frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    expect(asked).toMatchObject({ answer: { outcome: { kind: 'agent-fault' } } });
    expect(agent.link.state).toBe('serving');
  });

  test('never more are with the agent at once than allowed; the others wait their turn, and beyond that none is sent', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const gates: (() => void)[] = [];
    let most = 0;
    let now = 0;
    const agent = await anAgent(frontDoor, clock, {
      serve: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise<void>((open) => gates.push(open));
        now -= 1;
        return notFound;
      },
    });
    await linked(clock, frontDoor, agent);
    const all = LIMITS.requestsInFlightMax + LIMITS.requestsQueuedMax;
    const asked = Array.from({ length: all + 1 }, () =>
      frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never }),
    );
    expect(await asked[all]).toEqual({ kind: 'no-agent' });
    for (let answered = 0; answered < all; answered += 1) {
      await expect.poll(() => gates.length).toBeGreaterThan(0);
      gates.shift()?.();
    }
    const kinds = (await Promise.all(asked.slice(0, all))).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['answered']));
    expect(most).toBe(LIMITS.requestsInFlightMax);
    expect(agent.link.state).toBe('serving');
  });

  test('an answer is lost, and the asker told so, when the wire is cut after sending', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    let signalSeen: AbortSignal | undefined;
    const agent = await anAgent(frontDoor, clock, {
      serve: (_, signal) => {
        signalSeen = signal;
        return new Promise(() => undefined);
      },
    });
    await linked(clock, frontDoor, agent);
    const asked = frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    await expect.poll(() => signalSeen).toBeDefined();
    agent.wires[0]?.cut();
    expect(await asked).toEqual({ kind: 'answer-lost', agentId: agent.identity.agentId });
    await clock.advance(0);
    expect(signalSeen?.aborted).toBe(true);
    expect(eventsOf(agent.seen, 'requestFailed')).toEqual([]);
    expect(eventsOf(agent.seen, 'linkEnded')).toMatchObject([{ reason: 'cut' }]);
  });

  test('an answer that does not come in time is lost; the place stays taken until it comes', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const gates: (() => void)[] = [];
    const agent = await anAgent(frontDoor, clock, {
      serve: async () => {
        await new Promise<void>((open) => gates.push(open));
        return notFound;
      },
    });
    await linked(clock, frontDoor, agent);
    const asked = frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    await clock.advance(LIMITS.requestDeadlineMs);
    expect(await asked).toMatchObject({ kind: 'answer-lost' });
    gates[0]?.();
    await clock.advance(0);
    expect(agent.link.state).toBe('serving');
    expect(frontDoor.relay.liveAgents(TENANT).length).toBe(1);
  });

  test('a handler that never ends is given up, and the link goes on', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock, { serve: () => new Promise(() => undefined) });
    await linked(clock, frontDoor, agent);
    void frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never });
    await clock.advance(LIMITS.commandLifetimeMs);
    expect(eventsOf(agent.seen, 'requestFailed')).toMatchObject([{ error: { code: 'deadline-exceeded' } }]);
    expect(agent.link.state).toBe('serving');
  });

  test('a stop lets what is under way be answered, and takes nothing new', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const gates: (() => void)[] = [];
    const agent = await anAgent(frontDoor, clock, {
      serve: async () => {
        await new Promise<void>((open) => gates.push(open));
        return notFound;
      },
    });
    await linked(clock, frontDoor, agent);
    const ask = () =>
      frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never });
    const underWay = ask();
    await expect.poll(() => gates.length).toBe(1);
    agent.stop.abort();
    expect(agent.link.state).toBe('draining');
    await clock.advance(0);
    expect(await ask()).toEqual({ kind: 'no-agent' });
    gates[0]?.();
    expect(await underWay).toMatchObject({ kind: 'answered', answer: notFound });
    await expect.poll(() => agent.link.state).toBe('ended');
  });

  test('a stop waits no longer than thirty seconds for what is under way', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock, { serve: () => new Promise(() => undefined) });
    await linked(clock, frontDoor, agent);
    void frontDoor.relay.ask({ tenantId: TENANT, agentId: agent.identity.agentId, request: inspect, signal: never });
    await clock.advance(0);
    agent.stop.abort();
    await clock.advance(29_999);
    expect(agent.link.state).toBe('draining');
    await clock.advance(1);
    expect(agent.link.state).toBe('ended');
  });
});

describe('sync on a link', () => {
  const directoryKey = parseAccountAnchor('key-of-corp');
  const begin = { kind: 'sync-begin' as const, generation: 1, step: 0, directoryId: 'corp', directoryKey };
  const batch = (step: number, accounts = [anAccount()]) => ({
    kind: 'sync-batch' as const,
    generation: 1,
    step,
    changed: accounts.map((account) => ({ account, fingerprint: '' })),
    absent: [],
  });

  test('is answered frame by frame', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    const list = { kind: 'sync-list' as const, generation: 1, step: 1 };
    const complete = { kind: 'sync-complete' as const, generation: 1, step: 3 };
    const kinds: string[] = [];
    for (const frame of [begin, list, batch(2), complete])
      kinds.push((await agent.link.exchangeSync(frame, never)).kind);
    expect(kinds).toEqual(['sync-begun', 'sync-listed', 'sync-committed', 'sync-committed']);
    expect(frontDoor.mirrored).toEqual(['begin key-of-corp', 'changed 1, absent 0', 'complete']);
  });

  test('fails at once without a link, and when the link ends before the commit', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock, {
      mirror: {
        beginPass: async () => ({ kind: 'begun', fence: 1, mark: undefined }),
        completePass: async () => undefined,
        countOf: async () => 0,
        list: async () => ({ listing: '', count: 0 }),
        look: async () => [],
        apply: () => new Promise(() => undefined),
      },
    });
    const agent = await anAgent(frontDoor, clock);
    await expect(agent.link.exchangeSync(begin, never)).rejects.toMatchObject({ code: 'no-link' });
    await linked(clock, frontDoor, agent);
    await agent.link.exchangeSync(begin, never);
    const sent = agent.link.exchangeSync(batch(1), never);
    sent.catch(() => undefined);
    await clock.advance(0);
    agent.wires[0]?.cut();
    await expect(sent).rejects.toMatchObject({ code: 'no-link' });
  });

  test('fails when the store fails, and the link goes on', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock, {
      mirror: {
        beginPass: async () => ({ kind: 'begun', fence: 1, mark: undefined }),
        completePass: async () => undefined,
        countOf: async () => 0,
        list: async () => ({ listing: '', count: 0 }),
        look: async () => [],
        apply: async () => {
          throw new Error('disk full');
        },
      },
    });
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    await agent.link.exchangeSync(begin, never);
    await expect(agent.link.exchangeSync(batch(1), never)).rejects.toMatchObject({ code: 'sync-refused' });
    expect(eventsOf(frontDoor.seen, 'syncRefused')).toMatchObject([{ why: 'store-failed', generation: 1 }]);
    const asked = await frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    expect(asked.kind).toBe('answered');
  });

  test('waits while the wire is full, and answers pass meanwhile', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    const wire = agent.wires[0];
    wire?.left.fill();
    const sent = agent.link.exchangeSync(begin, never);
    await clock.advance(5_000);
    const asked = await frontDoor.relay.ask({
      tenantId: TENANT,
      agentId: agent.identity.agentId,
      request: inspect,
      signal: never,
    });
    expect(asked.kind).toBe('answered');
    expect(frontDoor.mirrored).toEqual([]);
    wire?.left.clear();
    await clock.advance(50);
    await sent;
    expect(frontDoor.mirrored).toEqual(['begin key-of-corp']);
  });

  test('gives up after a minute without a commit', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock, {
      mirror: {
        beginPass: async () => ({ kind: 'begun', fence: 1, mark: undefined }),
        completePass: async () => undefined,
        countOf: async () => 0,
        list: async () => ({ listing: '', count: 0 }),
        look: async () => [],
        apply: () => new Promise(() => undefined),
      },
    });
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    await agent.link.exchangeSync(begin, never);
    const sent = agent.link.exchangeSync(batch(1), never);
    sent.catch(() => undefined);
    await clock.advance(60_000);
    await expect(sent).rejects.toMatchObject({ code: 'deadline-exceeded' });
    expect(agent.link.state).toBe('serving');
  });

  test('refuses a batch out of contract here, before it could end the link', async () => {
    const clock = new FakeClock();
    const frontDoor = aFrontDoor(clock);
    const agent = await anAgent(frontDoor, clock);
    await linked(clock, frontDoor, agent);
    const accounts = [{ ...anAccount(), displayName: 'x'.repeat(300) }];
    const sent = agent.link.exchangeSync(batch(1, accounts), never);
    await expect(sent).rejects.toMatchObject({ code: 'malformed-frame' });
    const wide = { ...anAccount(), displayName: 'é'.repeat(256), mail: Array<string>(8).fill('é'.repeat(254)) };
    await expect(agent.link.exchangeSync(batch(1, Array(200).fill(wide)), never)).rejects.toMatchObject({
      code: 'frame-too-large',
    });
    expect(agent.link.state).toBe('serving');
  });
});
