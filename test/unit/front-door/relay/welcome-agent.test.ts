// The front door's half of the handshake against agents made by hand: what a stranger learns, and what a proven agent is told.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../../src/agent/enrolment/identity.js';
import { makeIdentityKey } from '../../../../src/agent/enrolment/identity.js';
import { welcomeAgent } from '../../../../src/front-door/relay/welcome-agent.js';
import { toBase64Url } from '../../../../src/protocol/base64url.js';
import { makeEphemeralKey } from '../../../../src/protocol/frame-protection.js';
import { decodeWith } from '../../../../src/protocol/frames.js';
import { challengeSchema, type Prove, signAs, transcriptOf } from '../../../../src/protocol/handshake.js';
import { parseAgentId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { LINK_VERSIONS } from '../../../../src/protocol/version.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { enrolled, frontDoorKey, HOST, random } from '../../../support/link-parties.js';
import { memoryAgentRegistry } from '../../../support/memory-agent-registry.js';
import { transportPair } from '../../../support/transport-pair.js';

const never = new AbortController().signal;

function aFrontDoorWelcoming() {
  const clock = new FakeClock();
  const registry = memoryAgentRegistry();
  const wire = transportPair();
  const start = () => {
    const welcomed = welcomeAgent({
      transport: wire.right,
      clock,
      random,
      hostName: HOST,
      frontDoorKey,
      registry,
      signal: never,
    });
    welcomed.catch(() => undefined);
    return welcomed;
  };
  return { clock, registry, wire, start };
}

/** Answers the challenge as `identity`, honestly signed, whatever the changes make of it. */
async function prove(
  { wire, clock }: Pick<ReturnType<typeof aFrontDoorWelcoming>, 'wire' | 'clock'>,
  identity: Identity,
  changes: Partial<Prove> = {},
): Promise<void> {
  const bytes = await wire.left.receive();
  const challenge = decodeWith(challengeSchema, bytes ?? new Uint8Array());
  const unsigned = {
    kind: 'prove' as const,
    version: 1,
    tenantId: identity.tenantId,
    agentId: identity.agentId,
    instanceId: randomUUID(),
    nonce: toBase64Url(random(32)),
    ephemeral: makeEphemeralKey().publicText,
    timeMs: clock.nowMs(),
    ...changes,
  };
  const signature = changes.signature ?? signAs('agent', transcriptOf(challenge, unsigned), identity.privateKey);
  wire.left.send(new TextEncoder().encode(JSON.stringify({ ...unsigned, signature })));
}

describe('the front door’s handshake', () => {
  test('welcomes an enrolled agent, and never challenges twice alike', async () => {
    const first = aFrontDoorWelcoming();
    const welcomed = first.start();
    const identity = await enrolled(first.registry);
    await prove(first, identity);
    expect((await welcomed).agent.agentId).toBe(identity.agentId);

    const second = aFrontDoorWelcoming();
    const third = aFrontDoorWelcoming();
    void second.start();
    void third.start();
    const challenges = await Promise.all([second.wire.left.receive(), third.wire.left.receive()]);
    expect(Buffer.compare(challenges[0] ?? new Uint8Array(), challenges[1] ?? new Uint8Array())).not.toBe(0);
  });

  test.each<[string, (identity: Identity) => Partial<Identity>]>([
    ['an agent nobody enrolled', () => ({ agentId: parseAgentId(randomUUID()) })],
    ['an agent with another key', () => makeIdentityKey()],
    ['an agent of another tenant', () => ({ tenantId: parseTenantId('elsewhere') })],
  ])('refuses %s, each alike and after the same time', async (_, changesOf) => {
    const party = aFrontDoorWelcoming();
    const identity = await enrolled(party.registry);
    const welcomed = party.start();
    await prove(party, { ...identity, ...changesOf(identity) });
    let end: unknown;
    void party.wire.left.ended.then((ended) => {
      end = ended;
    });
    await party.clock.advance(499);
    expect(end).toBeUndefined();
    await party.clock.advance(1);
    expect(end).toEqual({ code: 4401, by: 'peer', cause: undefined });
    expect(await party.wire.left.receive()).toBeUndefined();
    await expect(welcomed).rejects.toMatchObject({ reason: 'not-authenticated' });
  });

  test('tells an agent that it was revoked, and a stranger who only knows its id nothing', async () => {
    const party = aFrontDoorWelcoming();
    const identity = await enrolled(party.registry);
    await party.registry.revoke(identity.agentId);
    const welcomed = party.start();
    await prove(party, identity);
    await expect(welcomed).rejects.toMatchObject({ reason: 'revoked' });

    const again = aFrontDoorWelcoming();
    const stranger = { ...(await enrolled(again.registry)), ...makeIdentityKey() };
    await again.registry.revoke(stranger.agentId);
    const refused = again.start();
    await prove(again, stranger);
    await again.clock.advance(500);
    await expect(refused).rejects.toMatchObject({ reason: 'not-authenticated' });
  });

  test.each<[string, Partial<Prove>]>([
    ['version-not-supported', { version: LINK_VERSIONS.max + 1 }],
    ['clock-skew', { timeMs: Date.UTC(2026, 0, 15, 12, 0, 0) + LIMITS.clockSkewMaxMs + 1 }],
    ['clock-skew', { timeMs: Date.UTC(2026, 0, 15, 12, 0, 0) - LIMITS.clockSkewMaxMs - 1 }],
    ['malformed-frame', { ephemeral: 'A'.repeat(43) }],
    ['malformed-frame', { signature: `${'A'.repeat(85)}B` }],
  ])('refuses with %s', async (reason, changes) => {
    const party = aFrontDoorWelcoming();
    const welcomed = party.start();
    await prove(party, await enrolled(party.registry), changes);
    await party.clock.advance(500);
    await expect(welcomed).rejects.toMatchObject({ reason });
  });

  test('ends at ten seconds when nobody answers the challenge', async () => {
    const party = aFrontDoorWelcoming();
    const welcomed = party.start();
    await party.clock.advance(LIMITS.handshakeDeadlineMs);
    await expect(welcomed).rejects.toMatchObject({ reason: 'handshake-timeout' });
    expect(await party.wire.left.ended).toMatchObject({ code: 4408 });
  });

  test('ends quietly when the peer is gone, and soon when the own store fails', async () => {
    const party = aFrontDoorWelcoming();
    const welcomed = party.start();
    party.wire.cut();
    await expect(welcomed).rejects.toMatchObject({ reason: 'left' });

    const broken = aFrontDoorWelcoming();
    const identity = await enrolled(broken.registry);
    broken.registry.find = async () => {
      throw new Error('the store is locked');
    };
    const refused = broken.start();
    await prove(broken, identity);
    await expect(refused).rejects.toMatchObject({ reason: 'going-away' });
  });
});
