// What an agent is told on a link depends on the version that was agreed on: an older one ends the link over a field it does not know.

import { expect, test } from 'vitest';
import { LinkSession } from '../../../../src/front-door/relay/link-session.js';
import { FrameProtection, makeEphemeralKey } from '../../../../src/protocol/frame-protection.js';
import {
  decodeWith,
  type FrontDoorFrame,
  frontDoorFrameSchema,
  type SentFrame,
} from '../../../../src/protocol/frames.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';
import { LinkChannel } from '../../../../src/protocol/link-channel.js';
import { REPLACED_SINCE } from '../../../../src/protocol/version.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { anAccount, aWrittenBatch } from '../../../support/front-door-builders.js';
import { relayEventsInto, TENANT } from '../../../support/link-parties.js';
import { transportPair } from '../../../support/transport-pair.js';

const agent = {
  agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1'),
  tenantId: TENANT,
  name: 'dc1',
  identityPublicKey: new Uint8Array(32),
  enrolledAtMs: 0,
  lastSeenAtMs: undefined,
  isRevoked: false,
};

function sessionAt(version: number) {
  const clock = new FakeClock();
  const wire = transportPair();
  const [own, theirs] = [makeEphemeralKey(), makeEphemeralKey()];
  const transcript = new Uint8Array(32);
  const session = new LinkSession({
    transport: wire.right,
    proven: {
      agent,
      instanceId: 'i1',
      version,
      protection: new FrameProtection({ side: 'front-door', own: theirs, peer: own.publicText, transcript }),
    },
    clock,
    mirror: {
      beginPass: async () => ({ kind: 'begun', fence: 1, mark: undefined }),
      completePass: async () => undefined,
      countOf: async () => 0,
      list: async () => ({ listing: '', count: 0 }),
      look: async () => [],
      apply: async (_, { changed }) => changed.map(() => 'of-before'),
    },
    passReports: { keep: async () => undefined },
    isLinked: () => true,
    groupsNamed: () => [],
    events: relayEventsInto([]),
  });
  const channel = new LinkChannel<FrontDoorFrame, SentFrame>({
    transport: wire.left,
    protection: new FrameProtection({ side: 'agent', own, peer: theirs.publicText, transcript }),
    decode: (bytes) => decodeWith(frontDoorFrameSchema, bytes),
    clock,
  });
  void session.run();
  return channel;
}

test.each([
  ['one of today', REPLACED_SINCE, { replaced: ['of-before'] }],
  ['none of before', REPLACED_SINCE - 1, {}],
])(
  'what a batch has replaced is told to an agent that speaks a version that knows of it: %s',
  async (_, version, told) => {
    const channel = sessionAt(version);
    channel.send({ kind: 'sync-begin', generation: 1, step: 0, directoryId: 'corp' });
    expect(await channel.receive()).toMatchObject({ kind: 'sync-begun' });
    channel.send({ kind: 'sync-batch', generation: 1, step: 1, changed: aWrittenBatch(anAccount()), absent: [] });
    expect(await channel.receive()).toEqual({ kind: 'sync-committed', generation: 1, step: 1, ...told });
    channel.end('going-away');
  },
);
