// The agent's half of the handshake: checks that the front door is the enrolled one, proves who we are, and leaves with the
// keys for every later frame. Says nothing of itself before the host name, the version and the clock fit.

import { toBase64Url } from '../../protocol/base64url.js';
import { LINK_ENDS } from '../../protocol/close-codes.js';
import { FrameProtection, makeEphemeralKey } from '../../protocol/frame-protection.js';
import { decodeWith } from '../../protocol/frames.js';
import {
  type Challenge,
  challengeSchema,
  isSignedBy,
  type Prove,
  signAs,
  transcriptOf,
  welcomeSchema,
} from '../../protocol/handshake.js';
import { LIMITS } from '../../protocol/limits.js';
import { agreeOnVersion, LINK_VERSIONS } from '../../protocol/version.js';
import type { Clock } from '../../timing/clock.js';
import { DeadlineExceeded, withDeadline } from '../../timing/waits.js';
import type { Identity } from '../enrolment/identity.js';
import {
  ClocksApart,
  FrontDoorNotGenuine,
  HandshakeFailure,
  HandshakeMalformed,
  HandshakeTooSlow,
  LinkRefused,
  VersionsApart,
} from './link-failures.js';
import type { Transport } from './transport.js';

export interface ProveOptions {
  readonly transport: Transport;
  readonly identity: Identity;
  /** A UUID, new at every start of the process. */
  readonly instanceId: string;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  readonly signal: AbortSignal;
}

export interface ProvenLink {
  readonly version: number;
  readonly protection: FrameProtection;
}

/** Throws a HandshakeFailure or LinkRefused, or the signal's reason; the transport is closed then, with its code. */
export async function proveIdentity(options: ProveOptions): Promise<ProvenLink> {
  const { transport, clock, signal } = options;
  try {
    return await withDeadline(
      { clock, deadlineMs: LIMITS.handshakeDeadlineMs, what: 'the handshake', signal },
      async () => await exchange(options),
    );
  } catch (error) {
    const failure = asFailure(error, signal);
    transport.close(LINK_ENDS[failure instanceof HandshakeFailure ? failure.endReason : 'going-away'].code);
    throw failure;
  }
}

async function exchange({ transport, identity, instanceId, clock, random }: ProveOptions): Promise<ProvenLink> {
  const challenge = await next(transport, (bytes) => decodeWith(challengeSchema, bytes));
  const version = checkChallenge(challenge, identity, clock.nowMs());
  const ephemeral = makeEphemeralKey();
  const unsigned: Omit<Prove, 'signature'> = {
    kind: 'prove',
    version,
    tenantId: identity.tenantId,
    agentId: identity.agentId,
    instanceId,
    nonce: toBase64Url(random(32)),
    ephemeral: ephemeral.publicText,
    timeMs: clock.nowMs(),
  };
  const transcript = transcriptOf(challenge, unsigned);
  const prove: Prove = { ...unsigned, signature: signAs('agent', transcript, identity.privateKey) };
  transport.send(new TextEncoder().encode(JSON.stringify(prove)));

  const welcome = await next(transport, (bytes) => decodeWith(welcomeSchema, bytes));
  if (!isSignedBy('front-door', transcript, welcome.signature, identity.frontDoorPublicKey)) {
    throw new FrontDoorNotGenuine(
      'the front door does not hold the key pinned at enrolment: somebody may be in between',
    );
  }
  const protection = new FrameProtection({ side: 'agent', own: ephemeral, peer: challenge.ephemeral, transcript });
  return { version, protection };
}

function checkChallenge(challenge: Challenge, identity: Identity, nowMs: number): number {
  const expected = hostOf(identity.frontDoorUrl);
  if (challenge.frontDoor !== expected) {
    throw new FrontDoorNotGenuine(
      `the front door calls itself ${JSON.stringify(challenge.frontDoor)}, not ${expected}`,
    );
  }
  const theirs = { min: challenge.versionMin, max: challenge.versionMax };
  const version = agreeOnVersion(LINK_VERSIONS, theirs);
  if (version === undefined) {
    throw new VersionsApart(
      `the front door speaks link versions ${theirs.min}–${theirs.max}, this agent ${LINK_VERSIONS.min}–${LINK_VERSIONS.max}`,
    );
  }
  const aheadMs = nowMs - challenge.timeMs;
  if (Math.abs(aheadMs) > LIMITS.clockSkewMaxMs) throw new ClocksApart(aheadMs);
  return version;
}

async function next<Message>(transport: Transport, decode: (bytes: Uint8Array) => Message): Promise<Message> {
  const bytes = await transport.receive();
  if (bytes === undefined) {
    const end = await transport.ended;
    throw new LinkRefused(end.code);
  }
  return decode(bytes);
}

function asFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof HandshakeFailure || error instanceof LinkRefused) return error;
  if (error instanceof DeadlineExceeded) return new HandshakeTooSlow('the front door took too long to prove itself');
  // Not JSON, not a handshake, or keys and signatures in shape but not in substance.
  return new HandshakeMalformed('what answers does not speak this protocol', { cause: error });
}

/** The host name as both sides compare it: lower case, without port. */
export function hostOf(frontDoorUrl: string): string {
  return new URL(frontDoorUrl).hostname;
}
