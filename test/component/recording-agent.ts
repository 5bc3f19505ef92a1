// An agent that a test enrolled, made of the real agent's own link: keeps every request of the front door as it was opened, and
// answers each as if all had gone well. For what a front door tells its agents, which nobody in between can read.

import { randomBytes, randomUUID } from 'node:crypto';
import type { CertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { enrol } from '../../src/agent/enrolment/enrol.js';
import { makeIdentityKey } from '../../src/agent/enrolment/identity.js';
import { httpsPoster } from '../../src/agent/https/https-post.js';
import { AgentLink } from '../../src/agent/link/link.js';
import { wsTransportOpener } from '../../src/agent/websocket/ws-transport.js';
import { makeOwnSealingKey } from '../../src/front-door/sealing-keys/own-sealing-key.js';
import type { AgentAnswer, AgentRequest } from '../../src/protocol/frames.js';
import type { Inspection } from '../../src/protocol/managed-accounts.js';
import { signSealingKey } from '../../src/protocol/sealing-keys.js';
import { Secret } from '../../src/secret/secret.js';
import { systemClock } from '../../src/timing/clock.js';
import { linkEventsInto } from '../support/link-parties.js';

const DAY_MS = 86_400_000;

export interface RecordingAgent extends AsyncDisposable {
  readonly requests: readonly AgentRequest[];
}

/** Linked when this returns. `found`: what it answers to every question about an account. */
export async function startRecordingAgent(options: {
  readonly port: number;
  readonly authority: CertificateAuthority;
  readonly code: string;
  readonly found: Inspection;
}): Promise<RecordingAgent> {
  const network = { authoritiesPem: options.authority.certificatePem, proxyAgent: undefined, clock: systemClock };
  const stop = new AbortController();
  const identity = await enrol({
    code: Secret.fromText(options.code),
    frontDoorUrl: `https://localhost:${options.port}`,
    agentName: 'recorder',
    post: httpsPoster(network),
    makeIdentityKey,
    signal: stop.signal,
  });
  const { keyId, publicKey } = await makeOwnSealingKey();
  const nowMs = systemClock.nowMs();
  const key = { keyId, publicKey, notBeforeMs: nowMs - DAY_MS, notAfterMs: nowMs + DAY_MS };
  const sealingKey = signSealingKey(key, { ...identity, identity: identity.privateKey });
  const requests: AgentRequest[] = [];
  const link = new AgentLink({
    identity,
    instanceId: randomUUID(),
    open: wsTransportOpener(network),
    announcement: () => ({
      software: 'recorder',
      sealingKeys: [sealingKey],
      operations: ['reset', 'unlock'],
      isHeld: false,
    }),
    serve: async (request): Promise<AgentAnswer> => {
      requests.push(request);
      if (request.kind === 'inspect') return { kind: 'inspected', inspection: options.found };
      return { kind: 'outcome', outcome: { kind: 'done', settledBy: 'answer' } };
    },
    clock: systemClock,
    random: (bytes) => new Uint8Array(randomBytes(bytes)),
    randomFraction: () => 0,
    events: linkEventsInto([]),
  });
  const run = link.run(stop.signal);
  await link.untilServing(stop.signal);
  return {
    requests,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await run;
    },
  };
}
