// The front door's side of sync, real but for the link: a lane before a mirror in memory, asked frame by frame as an agent asks it.

import { SyncLane } from '../../src/front-door/relay/sync-lane.js';
import { openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import {
  decodeAgentFrame,
  encodeFrame,
  type SentSyncFrame,
  type SyncFrame,
  type SyncReply,
  type TakenSyncReply,
} from '../../src/protocol/frames.js';
import { parseAgentId } from '../../src/protocol/identifiers.js';
import { entriesIn } from '../../src/protocol/mirror-listing.js';
import type { Clock } from '../../src/timing/clock.js';
import { TENANT } from './link-parties.js';

const agentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const another = parseAgentId('00000000-0000-4000-8000-0000000000a2');
const source = { tenantId: TENANT, agentId, directoryKey: 'key-of-corp' };

export interface MirrorBench extends AsyncDisposable {
  /** As the link carries it: a refusal throws. */
  exchange(frame: SentSyncFrame): Promise<TakenSyncReply>;
  /** The link was cut and is there again: what was under way is over. */
  relink(): void;
  /** Another agent keeps the mirror for a while, and this one again. */
  leadByAnother(): Promise<void>;
  /** Who is offered, by anchor. */
  present(): Promise<readonly string[]>;
  /** What is held of each of these names, however it was written. */
  displayName(samAccountName: string): Promise<string | undefined>;
}

export async function openMirrorBench(clock: Clock): Promise<MirrorBench> {
  const store = await openSqliteStore({ path: ':memory:', clock });
  await store.agents.add({
    agentId,
    tenantId: TENANT,
    name: 'dc1',
    identityPublicKey: new Uint8Array(32),
    enrolledAtMs: 0,
    lastSeenAtMs: undefined,
    isRevoked: false,
  });
  const turnOf = ({ generation, step }: SentSyncFrame | SyncReply) => `${generation}/${step}`;
  const waiting = new Map<string, (reply: SyncReply) => void>();
  const newLane = () =>
    new SyncLane({
      tenantId: TENANT,
      agentId,
      mirror: store.mirror,
      tellsReplaced: true,
      isLinked: (id) => id === agentId,
      reply: (frame) => waiting.get(turnOf(frame))?.(frame),
      onRefused: () => undefined,
    });
  let lane = newLane();
  return {
    exchange: async (frame) => {
      const reply = await new Promise<SyncReply>((resolve) => {
        waiting.set(turnOf(frame), resolve);
        void lane.take(frame.kind === 'sync-batch' ? received(frame) : frame);
      });
      waiting.delete(turnOf(frame));
      if (reply.kind === 'sync-refused') throw new Error(`${frame.kind} was refused`);
      return reply;
    },
    relink: () => {
      lane = newLane();
    },
    leadByAnother: async () => {
      await store.mirror.beginPass({ ...source, agentId: another }, () => false);
    },
    present: async () => {
      const { listing } = await store.mirror.list(source, { after: undefined, max: 10_000 });
      return [...entriesIn(listing)].filter(({ isAbsent }) => !isAbsent).map(({ anchor }) => anchor);
    },
    displayName: async (samAccountName) => {
      const found = await store.mirror.find(TENANT, samAccountName);
      return found.kind === 'found' ? found.account.displayName : undefined;
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** As it comes out at the other end of a link. */
function received(frame: SentSyncFrame): SyncFrame {
  const read = decodeAgentFrame(encodeFrame(frame));
  if (read.kind !== 'sync-batch') throw new Error('a batch has become something else');
  return read;
}
