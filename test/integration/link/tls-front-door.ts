// A front door's agent side over real TLS on loopback, and agents that dial it with the real adapter.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { type CertificateAuthority, createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import type { Identity } from '../../../src/agent/enrolment/identity.js';
import { AgentLink, type AgentLinkOptions } from '../../../src/agent/link/link.js';
import { type WsTransportOptions, wsTransportOpener } from '../../../src/agent/websocket/ws-transport.js';
import {
  AGENT_ENDPOINT_LIMITS,
  AgentEndpoint,
  type AgentEndpointLimits,
} from '../../../src/front-door/websocket/agent-endpoint.js';
import type { Clock } from '../../../src/timing/clock.js';
import { systemClock } from '../../../src/timing/clock.js';
import {
  aFrontDoor,
  anAnnouncement,
  enrolled,
  type FrontDoorParty,
  linkEventsInto,
  random,
  type Seen,
} from '../../support/link-parties.js';
import { portOf } from '../../support/tcp-relay.js';

export const authority: CertificateAuthority = await createCertificateAuthority();
export const certificate = await authority.issue({ hostNames: ['localhost'] });

export interface TlsFrontDoor extends FrontDoorParty, AsyncDisposable {
  readonly port: number;
  readonly server: Server;
  /** HTTP statuses that connections were refused with. */
  readonly refusals: number[];
}

export async function startFrontDoor(
  options: { readonly clock?: Clock; readonly limits?: Partial<AgentEndpointLimits> } = {},
): Promise<TlsFrontDoor> {
  const clock = options.clock ?? systemClock;
  const party = aFrontDoor(clock, { hostName: 'localhost' });
  const refusals: number[] = [];
  const endpoint = new AgentEndpoint({
    accept: (transport, address) => party.relay.accept(transport, address),
    addressOf: (request) => request.socket.remoteAddress ?? '',
    clock,
    limits: { ...AGENT_ENDPOINT_LIMITS, ...options.limits },
    events: { connectionRefused: ({ status }) => void refusals.push(status) },
  });
  const server = createServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  endpoint.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...party,
    port: portOf(server),
    server,
    refusals,
    [Symbol.asyncDispose]: async () => {
      await party.relay.drain();
      endpoint[Symbol.dispose]();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface DiallingAgent extends AsyncDisposable {
  readonly link: AgentLink;
  readonly identity: Identity;
  readonly seen: Seen[];
}

/** An agent that is dialling already. `port` may be a relay's before the front door. */
export async function startAgent(
  frontDoor: FrontDoorParty,
  port: number,
  changes: Partial<AgentLinkOptions> & Partial<WsTransportOptions> = {},
): Promise<DiallingAgent> {
  const clock = changes.clock ?? systemClock;
  const identity =
    changes.identity ?? (await enrolled(frontDoor.registry, { frontDoorUrl: `https://localhost:${port}` }));
  const announcement = await anAnnouncement(identity);
  const seen: Seen[] = [];
  const stop = new AbortController();
  const transport = { authoritiesPem: authority.certificatePem, proxyAgent: undefined, clock, ...changes };
  const link = new AgentLink({
    instanceId: randomUUID(),
    open: wsTransportOpener(transport),
    announcement: () => announcement,
    serve: async () => ({ kind: 'inspected', inspection: { kind: 'not-found' } }),
    random,
    randomFraction: () => 0,
    events: linkEventsInto(seen),
    ...changes,
    clock,
    identity,
  });
  const run = link.run(stop.signal);
  return {
    link,
    identity,
    seen,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await run;
    },
  };
}
