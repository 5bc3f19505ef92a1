// The front door's half of the handshake: challenges, checks the agent's proof, proves itself, leaves with the keys for every
// later frame. A stranger learns nothing: unknown, wrong key and wrong tenant are one refusal after one time.

import { Failure } from '../../failure/failure.js';
import { toBase64Url } from '../../protocol/base64url.js';
import { LINK_ENDS, type LinkEndReason } from '../../protocol/close-codes.js';
import { FrameProtection, makeEphemeralKey } from '../../protocol/frame-protection.js';
import { decodeWith } from '../../protocol/frames.js';
import {
  type Challenge,
  isSignedBy,
  type Prove,
  proveSchema,
  signAs,
  transcriptOf,
  type Welcome,
} from '../../protocol/handshake.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Transport } from '../../protocol/transport.js';
import { LINK_VERSIONS } from '../../protocol/version.js';
import type { Clock } from '../../timing/clock.js';
import { DeadlineExceeded, wait, withDeadline } from '../../timing/waits.js';
import type { AgentRegistry, EnrolledAgent } from '../enrolment/agent-registry.js';
import type { FrontDoorKey } from '../enrolment/front-door-key.js';

/** A refused proof is answered this long after it came, whatever was wrong with it. */
const REFUSAL_AFTER_MS = 500;

export interface WelcomeOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  /** The host name agents reach this front door by, lower case, without port. */
  readonly hostName: string;
  /** Which agents pinned at enrolment. */
  readonly frontDoorKey: FrontDoorKey;
  readonly registry: Pick<AgentRegistry, 'find'>;
  readonly signal: AbortSignal;
}

export interface ProvenAgent {
  readonly agent: EnrolledAgent;
  readonly instanceId: string;
  readonly version: number;
  readonly protection: FrameProtection;
}

/** The handshake ended without a link. `reason` is what the peer is told, if it still listens. */
export class HandshakeRefused extends Failure {
  readonly code = 'handshake-refused';
  readonly retry = { mayRetry: true, why: 'the reason says when' };
  readonly reason: LinkEndReason | 'left';

  constructor(reason: LinkEndReason | 'left', options: { readonly cause?: unknown } = {}) {
    super(`the handshake ended: ${reason}`, options);
    this.reason = reason;
  }
}

/** Throws HandshakeRefused; the transport is closed then, with its code. */
export async function welcomeAgent(options: WelcomeOptions): Promise<ProvenAgent> {
  const { transport, clock, signal } = options;
  try {
    return await withDeadline(
      { clock, deadlineMs: LIMITS.handshakeDeadlineMs, what: 'the agent to prove itself', signal },
      async (inner) => await exchange({ ...options, signal: inner }),
    );
  } catch (error) {
    const refused = asRefusal(error, signal);
    if (refused.reason === 'left') transport.terminate();
    else transport.close(LINK_ENDS[refused.reason].code);
    throw refused;
  }
}

async function exchange(options: WelcomeOptions): Promise<ProvenAgent> {
  const { transport, clock, random, hostName, frontDoorKey } = options;
  const ephemeral = makeEphemeralKey();
  const challenge: Challenge = {
    kind: 'challenge',
    versionMin: LINK_VERSIONS.min,
    versionMax: LINK_VERSIONS.max,
    frontDoor: hostName,
    nonce: toBase64Url(random(32)),
    ephemeral: ephemeral.publicText,
    timeMs: clock.nowMs(),
  };
  transport.send(new TextEncoder().encode(JSON.stringify(challenge)));

  const prove = readProve(await transport.receive());
  const transcript = transcriptOf(challenge, prove);
  const agent = await identify(prove, transcript, options);
  checkTerms(prove, agent, clock.nowMs());

  const welcome: Welcome = { kind: 'welcome', signature: signAs('front-door', transcript, frontDoorKey.privateKey) };
  transport.send(new TextEncoder().encode(JSON.stringify(welcome)));
  const protection = new FrameProtection({ side: 'front-door', own: ephemeral, peer: prove.ephemeral, transcript });
  return { agent, instanceId: prove.instanceId, version: prove.version, protection };
}

function readProve(bytes: Uint8Array | undefined): Prove {
  if (bytes === undefined) throw new HandshakeRefused('left');
  try {
    return decodeWith(proveSchema, bytes);
  } catch (error) {
    throw new HandshakeRefused('malformed-frame', { cause: error });
  }
}

async function identify(prove: Prove, transcript: Uint8Array, options: WelcomeOptions): Promise<EnrolledAgent> {
  const { clock, registry, frontDoorKey, signal } = options;
  const cameAtMs = clock.monotonicMs();
  const agent = await registry.find(prove.agentId).catch((cause: unknown) => {
    // Our own store: not the agent's fault, so it may come back soon.
    throw new HandshakeRefused('going-away', { cause });
  });
  // Verified even for an unknown agent, so that the work is the same: with our own key, which never signs as an agent.
  const publicKey = agent?.identityPublicKey ?? frontDoorKey.publicKey;
  const isTheirs = isSignedBy('agent', transcript, prove.signature, publicKey);
  if (agent !== undefined && isTheirs && agent.tenantId === prove.tenantId) return agent;
  await wait(clock, Math.max(0, REFUSAL_AFTER_MS - (clock.monotonicMs() - cameAtMs)), signal);
  throw new HandshakeRefused('not-authenticated');
}

/** Only for one who has proven to be the agent: a stranger is not told who was revoked. */
function checkTerms(prove: Prove, agent: EnrolledAgent, nowMs: number): void {
  if (agent.isRevoked) throw new HandshakeRefused('revoked');
  if (prove.version < LINK_VERSIONS.min || prove.version > LINK_VERSIONS.max) {
    throw new HandshakeRefused('version-not-supported');
  }
  if (Math.abs(nowMs - prove.timeMs) > LIMITS.clockSkewMaxMs) throw new HandshakeRefused('clock-skew');
}

function asRefusal(error: unknown, signal: AbortSignal): HandshakeRefused {
  if (error instanceof HandshakeRefused) return error;
  if (signal.aborted) return new HandshakeRefused('going-away', { cause: error });
  if (error instanceof DeadlineExceeded) return new HandshakeRefused('handshake-timeout', { cause: error });
  // Keys and signatures in shape but not in substance: stray bits, a point of low order.
  return new HandshakeRefused('malformed-frame', { cause: error });
}
