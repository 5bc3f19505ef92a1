// An LDAPS proxy on loopback that does to one message of a directory what a test tells it to (ldap-faults.ts), and passes all
// others on as they are. Ends TLS on both sides with certificates of the lab, so it sees messages where others see bytes.
// Keeps what every request was and whether it left on a connection that was bound.

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import type { CertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { assertNever } from '../../src/failure/assert.js';
import { type Fault, type Step, stepsOf } from './ldap-faults.js';
import { type FramedMessage, LdapFraming } from './ldap-framing.js';
import { portOf } from './tcp-relay.js';

export type Operation = 'bind' | 'search' | 'entry' | 'modify' | 'extended';

/** Which message a fault befalls. Default: the next response, whatever it is. */
export interface Point {
  readonly on?: 'request' | 'response';
  /** `search` is the request, or the end of its answer; `entry` is one entry of it. */
  readonly operation?: Operation;
  /** Counted from 1, from now on. Default 1. */
  readonly nth?: number;
  /** How many such messages one after another. Default 1. */
  readonly times?: number;
}

/** What happens to a connection before any message. */
export type ConnectionFault = 'never-answered' | 'reset';

export interface Injected {
  /** How many messages have met the fault so far. */
  readonly met: number;
}

export interface SeenRequest {
  /** Counted from 1. */
  readonly connection: number;
  readonly operation: Operation | 'other';
  readonly messageId: number;
  /** Whether the directory had accepted a bind on this connection before. */
  readonly isBound: boolean;
  readonly bytes: Buffer;
}

export interface FaultyLdapProxy extends AsyncDisposable {
  readonly port: number;
  /** TCP connections so far. */
  readonly connections: number;
  /** All that came from the client, in order; those that a fault kept from the directory too. */
  readonly requests: readonly SeenRequest[];
  inject(fault: Fault, point?: Point): Injected;
  injectAtConnection(fault: ConnectionFault): Injected;
  /** From now on all messages and connections pass. What has begun to befall one goes on. */
  heal(): void;
  /** Sends it on every open connection, though nobody asked. */
  sendUnasked(bytes: Buffer): void;
}

export interface ProxyOptions {
  /** Issues the proxy's own certificate, and issued the directory's. */
  readonly authority: CertificateAuthority;
  /** The names of the proxy's certificate, the directory's among them. It is always good for 127.0.0.1. */
  readonly hostName: string;
  readonly directory: { readonly host: string; readonly port: number };
}

const TAGS: Readonly<Record<Operation, { readonly request: number; readonly response: number }>> = {
  bind: { request: 0x60, response: 0x61 },
  search: { request: 0x63, response: 0x65 },
  entry: { request: 0x63, response: 0x64 },
  modify: { request: 0x66, response: 0x67 },
  extended: { request: 0x77, response: 0x78 },
};

export async function startFaultyLdapProxy(options: ProxyOptions): Promise<FaultyLdapProxy> {
  const { authority, hostName, directory } = options;
  const issued = await authority.issue({ hostNames: [hostName], addresses: ['127.0.0.1'] });
  const armed: Armed[] = [];
  const atConnection: { readonly fault: ConnectionFault; readonly injected: Counter }[] = [];
  const requests: SeenRequest[] = [];
  const clients = new Set<TLSSocket>();
  const sockets = new Set<Socket>();
  const ended = new AbortController();
  let connections = 0;

  const secureContext = createSecureContext({ cert: issued.certificatePem, key: issued.privateKeyPem });
  // At once, as directories do: an answer in two parts would wait for the other side to take the first, 40 ms each time.
  const server = createServer({ noDelay: true }, (raw) => {
    connections += 1;
    sockets.add(raw);
    raw.on('error', () => raw.destroy()).on('close', () => sockets.delete(raw));
    const fault = atConnection.shift();
    if (fault !== undefined) fault.injected.met += 1;
    if (fault?.fault === 'reset') raw.resetAndDestroy();
    else if (fault === undefined) serve(raw, connections);
  });

  const serve = (raw: Socket, connection: number) => {
    const client = new TLSSocket(raw, { isServer: true, secureContext });
    const upstream = connect({ ...directory, ca: authority.certificatePem, servername: hostName });
    upstream.setNoDelay(true);
    clients.add(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      // A client that breaks off its handshake is no trouble of the proxy's either.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        clients.delete(client);
        other.destroy();
      });
    }
    const wire = { raw, state: { isBound: false, isFrozen: false }, signal: ended.signal };
    const carry = (on: 'request' | 'response', from: TLSSocket, to: TLSSocket) => {
      const framing = new LdapFraming();
      let before = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        for (const message of framing.take(chunk)) before = before.then(() => pass(on, message, to));
      });
    };
    const pass = async (on: 'request' | 'response', message: FramedMessage, to: TLSSocket) => {
      if (on === 'request') requests.push(seen(message, connection, wire.state.isBound));
      else if (isAcceptedBind(message)) wire.state.isBound = true;
      const fault = armed.find((candidate) => candidate.strikes(on, message))?.fault;
      const steps = fault === undefined ? [{ kind: 'send', bytes: message.bytes } as const] : stepsOf(fault, message);
      for (const step of steps) if (!wire.state.isFrozen) await carryOut(step, to, wire);
    };
    carry('request', client, upstream);
    carry('response', upstream, client);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    requests,
    get connections() {
      return connections;
    },
    inject: (fault, point = {}) => {
      const one = new Armed(fault, point);
      armed.push(one);
      return one;
    },
    injectAtConnection: (fault) => {
      const injected = { met: 0 };
      atConnection.push({ fault, injected });
      return injected;
    },
    heal: () => {
      armed.length = 0;
      atConnection.length = 0;
    },
    sendUnasked: (bytes) => {
      for (const client of clients) client.write(bytes);
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Counter {
  met: number;
}

class Armed implements Injected {
  readonly fault: Fault;
  readonly #point: Point;
  #before: number;
  met = 0;

  constructor(fault: Fault, point: Point) {
    this.fault = fault;
    this.#point = point;
    this.#before = (point.nth ?? 1) - 1;
  }

  /** Whether this message meets the fault. Counts it if so. */
  strikes(on: 'request' | 'response', { operation }: FramedMessage): boolean {
    const point = this.#point;
    if (on !== (point.on ?? 'response') || this.met >= (point.times ?? 1)) return false;
    if (point.operation !== undefined && TAGS[point.operation][on] !== operation) return false;
    if (this.#before > 0) {
      this.#before -= 1;
      return false;
    }
    this.met += 1;
    return true;
  }
}

interface Wire {
  readonly raw: Socket;
  readonly state: { isFrozen: boolean };
  readonly signal: AbortSignal;
}

async function carryOut(step: Step, to: TLSSocket, { raw, state, signal }: Wire): Promise<void> {
  switch (step.kind) {
    case 'send':
      if (to.writable) await new Promise<void>((resolve) => to.write(step.bytes, () => resolve()));
      return;
    case 'wait':
      // Ended early with the proxy: whoever waits for the message is gone then.
      await pause(step.forMs, undefined, { signal }).catch(() => undefined);
      return;
    case 'cut':
      raw.destroy();
      return;
    case 'reset':
      raw.resetAndDestroy();
      return;
    case 'half-close':
      to.end();
      return;
    case 'freeze':
      state.isFrozen = true;
      return;
    case 'break-record':
      raw.write('no TLS at all');
      return;
    default:
      return assertNever(step);
  }
}

function seen({ operation: tag, messageId, bytes }: FramedMessage, connection: number, isBound: boolean): SeenRequest {
  const operation = (['bind', 'search', 'modify', 'extended'] as const).find((name) => TAGS[name].request === tag);
  return { connection, operation: operation ?? 'other', messageId, isBound, bytes };
}

/** A bind response whose first element is the result code 0. */
function isAcceptedBind({ rest }: FramedMessage): boolean {
  const code = rest.indexOf(Buffer.from([0x0a, 0x01]));
  return rest[0] === TAGS.bind.response && rest[code + 2] === 0;
}
