// A front door that an agent was enrolled with, and that has turned against it: proves itself with its own key, then asks
// whatever a test wants, byte by byte. Made of the real front door's own pieces; keeps every frame the agent sends, opened.

import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { vi } from 'vitest';
import type { CertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { acceptEnrolment, ENROLMENT_STATUS } from '../../src/front-door/enrolment/accept-enrolment.js';
import { generateFrontDoorKey, readFrontDoorKey } from '../../src/front-door/enrolment/front-door-key.js';
import { issueEnrolmentCode } from '../../src/front-door/enrolment/issue-code.js';
import { type ProvenAgent, welcomeAgent } from '../../src/front-door/relay/welcome-agent.js';
import { AGENT_ENDPOINT_LIMITS, AgentEndpoint } from '../../src/front-door/websocket/agent-endpoint.js';
import { type AgentAnswer, type AgentFrame, decodeAgentFrame, type SyncFrame } from '../../src/protocol/frames.js';
import { parseTenantId } from '../../src/protocol/identifiers.js';
import type { AgentOperation } from '../../src/protocol/operations.js';
import type { SealingKey } from '../../src/protocol/sealing-keys.js';
import type { Transport } from '../../src/protocol/transport.js';
import { systemClock } from '../../src/timing/clock.js';
import { memoryAgentRegistry } from '../support/memory-agent-registry.js';
import { LOOK_EVERY_MS } from '../support/programs.js';
import { portOf } from '../support/tcp-relay.js';

const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const WITHIN = { timeout: 20_000, interval: LOOK_EVERY_MS };

export interface HostileLink {
  /** Every frame the agent sent, as it was before it was sealed. */
  readonly heard: readonly Buffer[];
  /** The agent's sealing keys, and those of nobody else. */
  readonly sealingKeys: readonly SealingKey[];
  /** What the agent said may be asked of it. */
  readonly operations: readonly AgentOperation[];
  /** How the link ended, as a close code; undefined while it lasts. */
  readonly closeCode: number | undefined;
  /** Sends any value as a frame, in contract or not. */
  send(frame: unknown): void;
  /** Sends bytes that are not even protected. */
  sendUnprotected(bytes: Uint8Array): void;
  /** Asks and waits for the answer. */
  ask(request: unknown): Promise<AgentAnswer>;
}

export class HostileFrontDoor implements AsyncDisposable {
  readonly tenantId = parseTenantId('example');
  readonly links: HostileLink[] = [];
  readonly #registry = memoryAgentRegistry();
  readonly #key = readFrontDoorKey(generateFrontDoorKey());
  readonly #closing = new AbortController();
  readonly #server: ReturnType<typeof createServer>;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
  }

  static async open(authority: CertificateAuthority): Promise<HostileFrontDoor> {
    const { certificatePem: cert, privateKeyPem: key } = await authority.issue({ hostNames: ['localhost'] });
    const server = createServer({ cert, key });
    const door = new HostileFrontDoor(server);
    server.on('request', async (incoming, outgoing) => {
      const events = { agentEnrolled: () => undefined, enrolmentRefused: () => undefined };
      const deps = { registry: door.#registry, frontDoorKey: door.#key, clock: systemClock, randomUuid: randomUUID };
      const result = await acceptEnrolment({ ...deps, events }, await json(incoming));
      const status = ENROLMENT_STATUS[result.kind === 'enrolled' ? 'enrolled' : result.reason];
      outgoing.writeHead(status).end(JSON.stringify(result.kind === 'enrolled' ? result.answer : {}));
    });
    const endpoint = new AgentEndpoint({
      accept: (transport) => door.#welcome(transport),
      addressOf: () => '127.0.0.1',
      clock: systemClock,
      limits: AGENT_ENDPOINT_LIMITS,
      events: { connectionRefused: () => undefined },
    });
    endpoint.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return door;
  }

  get port(): number {
    return portOf(this.#server);
  }

  async issueCode(): Promise<string> {
    const deps = { registry: this.#registry, frontDoorKey: this.#key, clock: systemClock, random };
    return (await issueEnrolmentCode(deps, this.tenantId)).code.expose();
  }

  /** The nth link, once its agent has announced its keys. */
  async link(nth = 1): Promise<HostileLink> {
    return vi.waitFor(() => {
      const link = this.links[nth - 1];
      if (link === undefined || link.sealingKeys.length === 0) throw new Error(`no link ${nth} yet`);
      return link;
    }, WITHIN);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #welcome(transport: Transport): Promise<void> {
    const proven = await welcomeAgent({
      transport,
      clock: systemClock,
      random,
      hostName: 'localhost',
      frontDoorKey: this.#key,
      registry: this.#registry,
      signal: this.#closing.signal,
      // Not awaited by whoever accepts: an agent that was refused is simply no link here.
    }).catch(() => undefined);
    if (proven !== undefined) this.links.push(openLink(transport, proven));
  }
}

function openLink(transport: Transport, { protection }: ProvenAgent): HostileLink {
  const heard: Buffer[] = [];
  const frames: AgentFrame[] = [];
  let closeCode: number | undefined;
  let number = 0;
  const send = (frame: unknown) => transport.send(protection.seal(Buffer.from(JSON.stringify(frame))));
  const take = (frame: AgentFrame) => {
    frames.push(frame);
    if (frame.kind === 'ping') send({ kind: 'pong' });
    // Says that it keeps what it is sent, so that the agent's first pass comes to its end.
    if (frame.kind === 'sync-begin') send({ kind: 'sync-begun', ...turnOf(frame) });
    if (frame.kind === 'sync-list') send({ kind: 'sync-listed', ...turnOf(frame), listing: '', isLast: true });
    if (frame.kind === 'sync-look') send({ kind: 'sync-looked', ...turnOf(frame), entries: [] });
    if (frame.kind === 'sync-batch' || frame.kind === 'sync-complete')
      send({ kind: 'sync-committed', ...turnOf(frame) });
  };
  const listen = async () => {
    for (let wire = await transport.receive(); wire !== undefined; wire = await transport.receive()) {
      const bytes = Buffer.from(protection.open(wire));
      heard.push(bytes);
      take(decodeAgentFrame(bytes));
    }
    closeCode = (await transport.ended).code;
  };
  void listen();
  return {
    heard,
    get sealingKeys() {
      return frames.findLast((frame) => frame.kind === 'ready')?.sealingKeys ?? [];
    },
    get operations() {
      return frames.findLast((frame) => frame.kind === 'ready')?.operations ?? [];
    },
    get closeCode() {
      return closeCode;
    },
    send,
    sendUnprotected: (bytes) => transport.send(bytes),
    ask: async (request) => {
      number += 1;
      const asked = number;
      send({ kind: 'request', number: asked, request });
      return vi.waitFor(() => {
        const answer = frames.find((frame) => frame.kind === 'answer' && frame.number === asked);
        if (answer?.kind !== 'answer') throw new Error(`no answer to ${JSON.stringify(request).slice(0, 200)}`);
        return answer.answer;
      }, WITHIN);
    },
  };
}

const turnOf = ({ generation, step }: SyncFrame) => ({ generation, step });
