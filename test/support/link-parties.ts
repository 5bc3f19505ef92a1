// Both parties of a link for tests: an enrolled agent with its identity, a front door with its key, and lists of what each reports.

import { randomBytes, randomUUID } from 'node:crypto';
import { type Identity, makeIdentityKey } from '../../src/agent/enrolment/identity.js';
import { AgentLink, type AgentLinkOptions } from '../../src/agent/link/link.js';
import type { LinkEvents } from '../../src/agent/link/link-events.js';
import type { Announcement } from '../../src/agent/link/served-link.js';
import type { AgentRegistry } from '../../src/front-door/enrolment/agent-registry.js';
import { generateFrontDoorKey, readFrontDoorKey } from '../../src/front-door/enrolment/front-door-key.js';
import { LinkRelay, type LinkRelayOptions } from '../../src/front-door/relay/link-relay.js';
import type { RelayEvents } from '../../src/front-door/relay/relay-events.js';
import { toBase64Url } from '../../src/protocol/base64url.js';
import { parseAgentId, parseTenantId } from '../../src/protocol/identifiers.js';
import { keyIdOf } from '../../src/protocol/sealing.js';
import { type SealingKey, signSealingKey } from '../../src/protocol/sealing-keys.js';
import type { EndedPass } from '../../src/protocol/sync-reports.js';
import type { Clock } from '../../src/timing/clock.js';
import { memoryAgentRegistry } from './memory-agent-registry.js';
import { type Tap, type TransportPair, transportPair } from './transport-pair.js';

export const TENANT = parseTenantId('example');
export const HOST = 'reset.example.com';

export const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes));

export const frontDoorKey = readFrontDoorKey(generateFrontDoorKey());

/** An identity as enrolment leaves it, known to `registry`. */
export async function enrolled(
  registry: Pick<AgentRegistry, 'add'>,
  changes: Partial<Identity> = {},
): Promise<Identity> {
  const identity: Identity = {
    ...makeIdentityKey(),
    tenantId: TENANT,
    agentId: parseAgentId(randomUUID()),
    frontDoorPublicKey: frontDoorKey.publicKey,
    frontDoorUrl: `https://${HOST}`,
    ...changes,
  };
  const { agentId, tenantId, publicKey } = identity;
  await registry.add({
    agentId,
    tenantId,
    name: 'dc1',
    identityPublicKey: publicKey,
    enrolledAtMs: 0,
    lastSeenAtMs: undefined,
    isRevoked: false,
  });
  return identity;
}

/** A sealing key signed by its owner; the point is no point, which nobody here asks. */
export async function aSealingKey(
  owner: Identity,
  changes: Partial<Pick<SealingKey, 'notBeforeMs' | 'notAfterMs'>> = {},
): Promise<SealingKey> {
  const publicKey = random(65);
  const key = {
    keyId: await keyIdOf(publicKey),
    publicKey: toBase64Url(publicKey),
    notBeforeMs: 0,
    notAfterMs: Date.UTC(2100, 0),
    ...changes,
  };
  return signSealingKey(key, { ...owner, identity: owner.privateKey });
}

export async function anAnnouncement(owner: Identity): Promise<Announcement> {
  return {
    software: 'drawbridge/0.1.0',
    sealingKeys: [await aSealingKey(owner)],
    operations: ['reset', 'unlock'],
    isHeld: false,
  };
}

export type Seen = { readonly event: string } & Readonly<Record<string, unknown>>;

export function linkEventsInto(seen: Seen[]): LinkEvents {
  const into = (event: string) => (fields: object) => void seen.push({ ...fields, event });
  return {
    linkDialling: into('linkDialling'),
    linkServing: into('linkServing'),
    linkEnded: into('linkEnded'),
    clocksApart: into('clocksApart'),
    requestFailed: into('requestFailed'),
  };
}

export function relayEventsInto(seen: Seen[]): RelayEvents {
  const into = (event: string) => (fields: object) => void seen.push({ ...fields, event });
  return {
    handshakeRefused: into('handshakeRefused'),
    agentLinked: into('agentLinked'),
    agentReady: into('agentReady'),
    agentUnlinked: into('agentUnlinked'),
    agentLinkReplaced: into('agentLinkReplaced'),
    sealingKeysRefused: into('sealingKeysRefused'),
    syncRefused: into('syncRefused'),
    linkFault: into('linkFault'),
    lastSeenNotKept: into('lastSeenNotKept'),
    passReportNotKept: into('passReportNotKept'),
    groupsNotTold: into('groupsNotTold'),
  };
}

export interface FrontDoorParty {
  readonly relay: LinkRelay;
  readonly registry: AgentRegistry;
  readonly seen: Seen[];
  /** What the mirror was told, in order. */
  readonly mirrored: string[];
  /** What was told of passes, in order. */
  readonly toldPasses: EndedPass[];
}

export function aFrontDoor(clock: Clock, changes: Partial<LinkRelayOptions> = {}): FrontDoorParty {
  const seen: Seen[] = [];
  const mirrored: string[] = [];
  const toldPasses: EndedPass[] = [];
  const registry = memoryAgentRegistry();
  const relay = new LinkRelay({
    clock,
    random,
    hostName: HOST,
    frontDoorKey,
    registry,
    groupsNamed: () => [],
    mirror: {
      beginPass: async ({ directoryKey }) => {
        mirrored.push(`begin ${directoryKey}`);
        return { kind: 'begun', fence: 1, mark: undefined };
      },
      completePass: async () => void mirrored.push('complete'),
      countOf: async () => 0,
      list: async () => ({ listing: '', count: 0 }),
      look: async () => [],
      apply: async (_, { changed, absent }) => {
        mirrored.push(`changed ${changed.length}, absent ${absent.length}`);
        return changed.map(({ fingerprint }) => fingerprint);
      },
    },
    passReports: { keep: async (_, pass) => void toldPasses.push(pass) },
    events: relayEventsInto(seen),
    ...changes,
  });
  return { relay, registry, seen, mirrored, toldPasses };
}

export interface AgentParty {
  readonly link: AgentLink;
  readonly identity: Identity;
  readonly seen: Seen[];
  /** Every wire that was dialled, in order; `left` is the agent's end. */
  readonly wires: TransportPair[];
  readonly stop: AbortController;
}

/** An agent that dials `frontDoor` through memory, with `tap` in between. Not started: call `link.run(stop.signal)`. */
export async function anAgent(
  frontDoor: FrontDoorParty,
  clock: Clock,
  changes: Partial<AgentLinkOptions> & { readonly tap?: Tap } = {},
): Promise<AgentParty> {
  const { tap, ...options } = changes;
  const identity = options.identity ?? (await enrolled(frontDoor.registry));
  const announcement = await anAnnouncement(identity);
  const seen: Seen[] = [];
  const wires: TransportPair[] = [];
  const link = new AgentLink({
    identity,
    instanceId: randomUUID(),
    open: async () => {
      const wire = transportPair(tap);
      wires.push(wire);
      void frontDoor.relay.accept(wire.right, '192.0.2.1');
      return wire.left;
    },
    announcement: () => announcement,
    serve: async () => ({ kind: 'inspected', inspection: { kind: 'not-found' } }),
    clock,
    random,
    randomFraction: () => 0.5,
    events: linkEventsInto(seen),
    ...options,
  });
  return { link, identity, seen, wires, stop: new AbortController() };
}
