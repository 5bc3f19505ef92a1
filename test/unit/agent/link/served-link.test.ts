// The agent's end of a link against a front door that does not keep to the contract.

import { describe, expect, test } from 'vitest';
import { type Serve, ServedLink } from '../../../../src/agent/link/served-link.js';
import { FrameProtection, makeEphemeralKey } from '../../../../src/protocol/frame-protection.js';
import {
  type AgentFrame,
  type AgentRequest,
  decodeAgentFrame,
  decodeWith,
  type FrontDoorFrame,
  frontDoorFrameSchema,
} from '../../../../src/protocol/frames.js';
import { parseAccountAnchor, parseResetId } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { LinkChannel } from '../../../../src/protocol/link-channel.js';
import { LINK_VERSIONS } from '../../../../src/protocol/version.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, aWrittenBatch } from '../../../support/front-door-builders.js';
import { aFrontDoor, anAnnouncement, enrolled, linkEventsInto, type Seen } from '../../../support/link-parties.js';
import { transportPair } from '../../../support/transport-pair.js';

const inspect: AgentRequest = { kind: 'inspect', subject: { kind: 'user-id', userId: 'ada' } };
const unlock: AgentRequest = {
  kind: 'unlock',
  resetId: parseResetId('00000000-0000-4000-8000-000000000001'),
  anchor: parseAccountAnchor('a1'),
  notAfterMs: 0,
};

async function served(serve: Serve, version = LINK_VERSIONS.max) {
  const clock = new FakeClock();
  const wire = transportPair();
  const [own, theirs] = [makeEphemeralKey(), makeEphemeralKey()];
  const transcript = new Uint8Array(32);
  const wireTexts: string[] = [];
  const channel = new LinkChannel<FrontDoorFrame, AgentFrame>({
    transport: wire.left,
    protection: new FrameProtection({ side: 'agent', own, peer: theirs.publicText, transcript }),
    decode: (bytes) => decodeWith(frontDoorFrameSchema, bytes),
    clock,
  });
  const frontDoor = new LinkChannel<AgentFrame, FrontDoorFrame>({
    transport: wire.right,
    protection: new FrameProtection({ side: 'front-door', own: theirs, peer: own.publicText, transcript }),
    decode: (bytes) => {
      wireTexts.push(Buffer.from(bytes).toString());
      return decodeAgentFrame(bytes);
    },
    clock,
  });
  const seen: Seen[] = [];
  const link = new ServedLink({ channel, version, serve, clock, events: linkEventsInto(seen) });
  const ending = link.run(await anAnnouncement(await enrolled(aFrontDoor(clock).registry)));
  expect((await frontDoor.receive())?.kind).toBe('ready');
  return { clock, link, frontDoor, ending, seen, wire, wireTexts };
}

const stuck: Serve = () => new Promise(() => undefined);

describe('the agent’s end of a link', () => {
  test('ends when more is asked of it at once than allowed', async () => {
    const { frontDoor, ending } = await served(stuck);
    for (let number = 0; number <= LIMITS.requestsInFlightMax; number += 1) {
      frontDoor.send({ kind: 'request', number, request: inspect });
    }
    expect(await ending).toMatchObject({ by: 'us', reason: 'over-limit' });
  });

  test('ends when one number is used for two requests', async () => {
    const { frontDoor, ending } = await served(stuck);
    frontDoor.send({ kind: 'request', number: 1, request: inspect });
    frontDoor.send({ kind: 'request', number: 1, request: unlock });
    expect(await ending).toMatchObject({ by: 'us', reason: 'malformed-frame' });
  });

  test('answers a command that never ends as unknown, and a question as to be asked later', async () => {
    const { clock, frontDoor } = await served(stuck);
    frontDoor.send({ kind: 'request', number: 1, request: unlock });
    frontDoor.send({ kind: 'request', number: 2, request: inspect });
    // Both read while time passes, so that heartbeats are answered.
    const first = frontDoor.receive();
    await clock.advance(LIMITS.commandLifetimeMs);
    expect(await first).toMatchObject({ number: 1, answer: { outcome: { kind: 'unknown' } } });
    expect(await frontDoor.receive()).toMatchObject({ number: 2, answer: { inspection: { kind: 'try-later' } } });
  });

  test('while it drains, answers what comes too late as to be tried later, without serving it', async () => {
    let calls = 0;
    const { clock, link, frontDoor, ending } = await served(() => {
      calls += 1;
      return new Promise(() => undefined);
    });
    frontDoor.send({ kind: 'request', number: 1, request: unlock });
    await clock.advance(0);
    void link.drain(30_000);
    frontDoor.send({ kind: 'request', number: 2, request: unlock });
    expect(await frontDoor.receive()).toEqual({ kind: 'draining' });
    expect(await frontDoor.receive()).toEqual({
      kind: 'answer',
      number: 2,
      answer: { kind: 'outcome', outcome: { kind: 'try-later', reason: 'draining' } },
    });
    expect(calls).toBe(1);
    await clock.advance(30_000);
    expect(await ending).toMatchObject({ reason: 'going-away' });
  });

  test.each([
    ['a version that knows of it', LINK_VERSIONS.max, 2],
    ['the first version', 1, 1],
  ])(
    'sends a second sync frame before the first is answered where the front door speaks %s',
    async (_, version, atOnce) => {
      const { clock, link, frontDoor } = await served(stuck, version);
      const never = new AbortController().signal;
      const batch = (step: number) =>
        link.exchangeSync({ kind: 'sync-batch', generation: 1, step, changed: [], absent: [] }, never);
      const both = [batch(1), batch(2)];
      await expect(batch(3)).rejects.toMatchObject({ code: 'sync-refused' });
      const heard: unknown[] = [];
      const hear = async () => {
        for (let count = 0; count < 2; count += 1) {
          const frame = await frontDoor.receive();
          heard.push(frame?.kind === 'sync-batch' && frame.step);
        }
      };
      const hearing = hear();
      await clock.advance(0);
      expect(heard).toEqual([1, 2].slice(0, atOnce));
      frontDoor.send({ kind: 'sync-committed', generation: 1, step: 1 });
      await hearing;
      frontDoor.send({ kind: 'sync-committed', generation: 1, step: 2 });
      expect(await Promise.all(both)).toMatchObject([{ step: 1 }, { step: 2 }]);
      expect(heard).toEqual([1, 2]);
    },
  );

  test.each([
    ['once for a whole batch, where the front door knows of that', LINK_VERSIONS.max, 1],
    ['of each account, where the front door speaks the first version', 1, 2],
    ['of each account, where it speaks the third', 3, 2],
  ])('tells what may be done %s', async (_, version, times) => {
    const { frontDoor, link, wireTexts } = await served(stuck, version);
    const disposition = Object.freeze({ kind: 'contact-administrator' as const, reason: 'disabled' as const });
    const accounts = ['a1', 'a2'].map((anchor) => anAccount({ anchor: parseAccountAnchor(anchor), disposition }));
    const changed = aWrittenBatch(...accounts);
    const frame = { kind: 'sync-batch' as const, generation: 1, step: 1, changed, absent: [] };
    const taken = link.exchangeSync(frame, new AbortController().signal);
    const heard = await frontDoor.receive();
    expect(heard).toEqual({ ...frame, changed: accounts.map((account) => ({ account, fingerprint: 'f' })) });
    expect(wireTexts.at(-1)?.split('disabled')).toHaveLength(times + 1);
    frontDoor.send({ kind: 'sync-committed', generation: 1, step: 1 });
    await taken;
  });

  test('ignores an answer to a pass that nobody waits for', async () => {
    const { clock, frontDoor, link, wire } = await served(stuck);
    frontDoor.send({ kind: 'sync-committed', generation: 3, step: 7 });
    await clock.advance(0);
    frontDoor.send({ kind: 'go-away', reconnectAfterMinMs: 1, reconnectAfterMaxMs: 2 });
    await clock.advance(0);
    expect(link.goAway).toMatchObject({ reconnectAfterMinMs: 1, reconnectAfterMaxMs: 2 });
    wire.cut();
  });

  test('reads nothing more after it ended the link', async () => {
    let calls = 0;
    const { clock, frontDoor, wire } = await served(() => {
      calls += 1;
      return new Promise(() => undefined);
    });
    wire.left.deliver(new Uint8Array(40));
    frontDoor.send({ kind: 'request', number: 1, request: inspect });
    await clock.advance(0);
    expect(calls).toBe(0);
  });
});
