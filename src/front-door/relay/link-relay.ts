// The Relay over the links of this process: who is live, and a question carried to one of them, never twice once it was sent.
// Holds one link per agent; a newer one replaces the older. Knows no WebSocket: it is handed transports.

import { assert, assertNever } from '../../failure/assert.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { Transport } from '../../protocol/transport.js';
import type { AgentRegistry } from '../enrolment/agent-registry.js';
import { LinkSession, type LinkSessionOptions } from './link-session.js';
import type { LiveAgent, Relay, Relayed } from './relay.js';
import type { RelayEvents } from './relay-events.js';
import { HandshakeRefused, type ProvenAgent, type WelcomeOptions, welcomeAgent } from './welcome-agent.js';

/** Agents that were sent away come back spread over this. */
const RECONNECT_SPREAD_MS = 20_000;
/** How long answers under way may take at a stop. */
const DRAIN_DEADLINE_MS = 30_000;

export interface LinkRelayOptions
  extends Pick<WelcomeOptions, 'clock' | 'random' | 'hostName' | 'frontDoorKey'>,
    Pick<LinkSessionOptions, 'mirror' | 'passReports' | 'groupsNamed'> {
  readonly registry: Pick<AgentRegistry, 'find' | 'markSeen'>;
  readonly events: RelayEvents;
}

export class LinkRelay implements Relay {
  readonly #options: LinkRelayOptions;
  /** In the order they were linked. */
  readonly #sessions = new Map<AgentId, LinkSession>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(options: LinkRelayOptions) {
    this.#options = options;
  }

  /** Takes a transport over from its opening to its end. Resolves when its handshake is settled; never rejects. */
  async accept(transport: Transport, address: string): Promise<void> {
    const { events } = this.#options;
    try {
      const proven = await welcomeAgent({ ...this.#options, transport, signal: this.#stopping.signal });
      const running = this.#serve(transport, proven, address).catch((error: unknown) => {
        const { tenantId, agentId } = proven.agent;
        events.linkFault({ tenantId, agentId, error });
      });
      this.#running.add(running);
      void running.finally(() => this.#running.delete(running));
    } catch (error) {
      assert(error instanceof HandshakeRefused, 'a handshake ends in a link or in a refusal');
      events.handshakeRefused({ address, reason: error.reason, cause: error.cause });
    }
  }

  liveAgents(tenantId: TenantId): readonly LiveAgent[] {
    return this.#sessionsOf(tenantId).flatMap((session) => session.live ?? []);
  }

  async ask({ tenantId, agentId, request, mayWrite, signal }: Parameters<Relay['ask']>[0]): Promise<Relayed> {
    const session = this.#sessions.get(agentId);
    if (session === undefined || session.agent.tenantId !== tenantId) return { kind: 'no-agent' };
    const result = await session.ask(request, { mayWrite, signal });
    switch (result.kind) {
      case 'not-sent':
        return { kind: 'no-agent' };
      case 'lost':
        return { kind: 'answer-lost', agentId };
      case 'answered':
        return { kind: 'answered', agentId, answer: result.answer };
      default:
        return assertNever(result);
    }
  }

  /** Ends the agent's link at once. The registry keeps it from coming back. */
  revoke(agentId: AgentId): void {
    this.#sessions.get(agentId)?.end('revoked');
  }

  /** Asks every agent to come back later, lets answers under way arrive, and ends all links. For a stop of the process. */
  async drain(): Promise<void> {
    this.#stopping.abort();
    const away = { reconnectAfterMaxMs: RECONNECT_SPREAD_MS, deadlineMs: DRAIN_DEADLINE_MS };
    await Promise.all([...this.#sessions.values()].map((session) => session.sendAway(away)));
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #serve(transport: Transport, proven: ProvenAgent, address: string): Promise<void> {
    const { clock, events } = this.#options;
    const { tenantId, agentId } = proven.agent;
    const session = new LinkSession({
      ...this.#options,
      transport,
      proven,
      isLinked: (id) => this.#sessions.has(id),
    });
    const sinceMs = clock.monotonicMs();
    this.#replace(session);
    events.agentLinked({ tenantId, agentId, address, instanceId: proven.instanceId, version: proven.version });
    if (this.#stopping.signal.aborted) session.end('going-away');
    void this.#recheck(session);
    const { by, reason, code, cause } = await session.run().finally(() => {
      if (this.#sessions.get(agentId) === session) this.#sessions.delete(agentId);
      // Ended already, but for a mistake of our own on the way.
      session.end('going-away');
    });
    events.agentUnlinked({ tenantId, agentId, by, reason, code, cause, linkedMs: clock.monotonicMs() - sinceMs });
    await this.#markSeen(session);
  }

  /** A revocation between the handshake's look into the registry and now found no link to end. */
  async #recheck(session: LinkSession): Promise<void> {
    await this.#markSeen(session);
    const agent = await this.#options.registry.find(session.agent.agentId).catch(() => undefined);
    if (agent?.isRevoked === true) session.end('revoked');
  }

  #replace(session: LinkSession): void {
    const { agentId, tenantId } = session.agent;
    const older = this.#sessions.get(agentId);
    // Deleted first, so that the newer link stands last in the order.
    this.#sessions.delete(agentId);
    this.#sessions.set(agentId, session);
    if (older === undefined) return;
    const isKeyCopySuspected = older.instanceId !== session.instanceId && older.isSurelyAlive;
    this.#options.events.agentLinkReplaced({ tenantId, agentId, isKeyCopySuspected });
    older.end('replaced-by-newer-link');
  }

  async #markSeen(session: LinkSession): Promise<void> {
    const { registry, clock, events } = this.#options;
    const { tenantId, agentId } = session.agent;
    try {
      await registry.markSeen(agentId, clock.nowMs());
    } catch (cause) {
      events.lastSeenNotKept({ tenantId, agentId, cause });
    }
  }

  #sessionsOf(tenantId: TenantId): LinkSession[] {
    return [...this.#sessions.values()].filter((session) => session.agent.tenantId === tenantId);
  }
}
