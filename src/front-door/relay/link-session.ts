// One proven agent's link, seen from the front door: its `ready`, its requests and answers, its sync, its end.
// Believes of the agent what its identity signed, and only within its own tenant. Knows no WebSocket.

import { assert, assertNever } from '../../failure/assert.js';
import type { LinkEndReason } from '../../protocol/close-codes.js';
import {
  type AgentFrame,
  type AgentRequest,
  agentRequestSchema,
  decodeAgentFrame,
  type FrontDoorFrame,
} from '../../protocol/frames.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { LinkChannel, type LinkEnding } from '../../protocol/link-channel.js';
import { isValidSealingKey, type SealingKey } from '../../protocol/sealing-keys.js';
import type { Transport } from '../../protocol/transport.js';
import { AHEAD_SINCE, REPLACED_SINCE } from '../../protocol/version.js';
import type { Clock } from '../../timing/clock.js';
import type { EnrolledAgent } from '../enrolment/agent-registry.js';
import type { LiveAgent } from './relay.js';
import type { RelayEvents } from './relay-events.js';
import { ReportLane, type ReportLaneOptions } from './report-lane.js';
import { type AskOptions, type LaneResult, RequestLane } from './request-lane.js';
import { SyncLane, type SyncLaneOptions } from './sync-lane.js';
import type { ProvenAgent } from './welcome-agent.js';

type Ready = Extract<AgentFrame, { kind: 'ready' }>;
type Told = Exclude<AgentFrame, { kind: 'ping' | 'pong' | 'closing' }>;

export interface LinkSessionOptions {
  readonly transport: Transport;
  readonly proven: ProvenAgent;
  readonly clock: Clock;
  readonly mirror: SyncLaneOptions['mirror'];
  readonly passReports: ReportLaneOptions['reports'];
  readonly isLinked: SyncLaneOptions['isLinked'];
  /** Of which groups a tenant's policy wants to know. */
  readonly groupsNamed: (tenantId: TenantId) => readonly string[];
  readonly events: Pick<
    RelayEvents,
    'agentReady' | 'groupsNotTold' | 'sealingKeysRefused' | 'syncRefused' | 'passReportNotKept'
  >;
}

export class LinkSession {
  readonly agent: EnrolledAgent;
  readonly instanceId: string;
  readonly #channel: LinkChannel<AgentFrame, FrontDoorFrame>;
  readonly #clock: Clock;
  readonly #events: LinkSessionOptions['events'];
  readonly #groupsNamed: LinkSessionOptions['groupsNamed'];
  readonly #requests: RequestLane;
  readonly #sync: SyncLane;
  readonly #reports: ReportLane;
  #ready: Ready | undefined;
  #isDraining = false;

  constructor(options: LinkSessionOptions) {
    const { transport, proven, clock, mirror, passReports, isLinked, groupsNamed, events } = options;
    this.agent = proven.agent;
    this.instanceId = proven.instanceId;
    this.#clock = clock;
    this.#events = events;
    this.#groupsNamed = groupsNamed;
    const channel = new LinkChannel<AgentFrame, FrontDoorFrame>({
      transport,
      protection: proven.protection,
      decode: decodeAgentFrame,
      clock,
    });
    this.#channel = channel;
    this.#requests = new RequestLane({
      clock,
      canBeAhead: proven.version >= AHEAD_SINCE,
      send: (number, request, isAhead) =>
        channel.send({ kind: 'request', number, request, ...(isAhead ? { isAhead } : {}) }),
      decide: (number, mayWrite) => channel.send({ kind: 'write-decided', number, mayWrite }),
    });
    this.#sync = new SyncLane({
      ...this.#ids,
      mirror,
      tellsReplaced: proven.version >= REPLACED_SINCE,
      isLinked,
      reply: (frame) => channel.send(frame),
      onRefused: ({ frame, why, cause }) =>
        events.syncRefused({ ...this.#ids, generation: frame.generation, why, cause }),
    });
    this.#reports = new ReportLane({
      ...this.#ids,
      reports: passReports,
      onNotKept: (cause) => events.passReportNotKept({ ...this.#ids, cause }),
    });
  }

  /** What people may be offered of this agent; undefined before its `ready` and while it drains. */
  get live(): LiveAgent | undefined {
    if (this.#ready === undefined || this.#isDraining) return undefined;
    const nowMs = this.#clock.nowMs();
    const { operations, isHeld, directories } = this.#ready;
    return {
      agentId: this.agent.agentId,
      sealingKeys: this.#ready.sealingKeys.filter((key) => isCurrent(key, nowMs)),
      operations,
      isHeld,
      directories,
    };
  }

  /** Whether the agent was heard within one heartbeat: surely alive, not only not yet known to be dead. */
  get isSurelyAlive(): boolean {
    return this.#channel.silentMs < LIMITS.heartbeatMs;
  }

  /** Serves until the link ends. Never rejects for what the peer or the store did. */
  async run(): Promise<LinkEnding> {
    // An agent that proves itself and then says nothing is no use to anybody.
    const silence = this.#clock.after(LIMITS.handshakeDeadlineMs, () => {
      if (this.#ready === undefined) this.#channel.end('handshake-timeout');
    });
    for (let frame = await this.#channel.receive(); frame !== undefined; frame = await this.#channel.receive()) {
      await this.#take(frame);
    }
    const ending = await this.#channel.ending();
    silence.cancel();
    this.#requests.close();
    this.#ready = undefined;
    return ending;
  }

  /** Never rejects. `not-sent` too when the agent is not ready or draining. */
  ask(request: AgentRequest, how: AskOptions): Promise<LaneResult> {
    assert(agentRequestSchema.safeParse(request).success, 'a request in contract: another would end the link');
    return this.live === undefined ? Promise.resolve({ kind: 'not-sent' }) : this.#requests.ask(request, how);
  }

  end(reason: LinkEndReason): void {
    this.#isDraining = true;
    this.#requests.stopTaking();
    this.#channel.end(reason);
  }

  /** Asks the agent to leave, lets it finish what is in flight, at most until the deadline, and ends. */
  async sendAway(options: { readonly reconnectAfterMaxMs: number; readonly deadlineMs: number }): Promise<void> {
    this.#isDraining = true;
    this.#requests.stopTaking();
    this.#channel.send({ kind: 'go-away', reconnectAfterMinMs: 0, reconnectAfterMaxMs: options.reconnectAfterMaxMs });
    const overdue = this.#clock.after(options.deadlineMs, () => this.#channel.end('going-away'));
    await Promise.race([this.#requests.untilIdle(), this.#channel.ended]);
    overdue.cancel();
    this.#channel.end('going-away');
    await this.#channel.ended;
  }

  async #take(frame: Told): Promise<void> {
    switch (frame.kind) {
      case 'ready':
        await this.#takeReady(frame);
        return;
      case 'answer':
        if (!this.#requests.settle(frame.number, frame.answer)) this.#channel.end('malformed-frame');
        return;
      case 'draining':
        this.#isDraining = true;
        this.#requests.stopTaking();
        return;
      case 'pass-ended':
        this.#reports.take(frame.pass);
        return;
      case 'sync-begin':
      case 'sync-list':
      case 'sync-look':
      case 'sync-batch':
      case 'sync-complete':
        // Not awaited: answers to people pass while a batch is written. The lane takes one at a time.
        void this.#sync.take(frame);
        return;
      default:
        assertNever(frame);
    }
  }

  async #takeReady(frame: Ready): Promise<void> {
    const owner = { ...this.#ids, identityPublicKey: this.agent.identityPublicKey };
    // At the key's own beginning: whether it is its time now is asked whenever the key is offered.
    const verdicts = await Promise.all(frame.sealingKeys.map((key) => isValidSealingKey(key, owner, key.notBeforeMs)));
    const sealingKeys = frame.sealingKeys.filter((_, index) => verdicts[index] === true);
    const refused = frame.sealingKeys.length - sealingKeys.length;
    if (refused > 0) this.#events.sealingKeysRefused({ ...this.#ids, refused });
    this.#ready = { ...frame, sealingKeys };
    const { software, isHeld } = frame;
    this.#events.agentReady({ ...this.#ids, software, sealingKeys: sealingKeys.length, isHeld });
    const wanted = this.#groupsNamed(this.agent.tenantId);
    const directories: readonly { readonly directoryId?: string; readonly groups: readonly string[] }[] =
      frame.directories ?? [{ groups: [] }];
    for (const { directoryId, groups: told } of directories) {
      const groups = wanted.filter((name) => !told.includes(name));
      if (groups.length > 0) this.#events.groupsNotTold({ ...this.#ids, directoryId, groups });
    }
  }

  get #ids() {
    return { tenantId: this.agent.tenantId, agentId: this.agent.agentId };
  }
}

/** The agent's clock may be ahead of ours as far as the handshake allows. */
function isCurrent(key: SealingKey, nowMs: number): boolean {
  return nowMs + LIMITS.clockSkewMaxMs >= key.notBeforeMs && nowMs < key.notAfterMs;
}
