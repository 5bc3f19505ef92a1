// Why a link could not be made, or not be used. Each says what the other side is told and when to come back.

import { Failure } from '../../failure/failure.js';
import { type LinkEndReason, reasonOfCode } from '../../protocol/close-codes.js';

/** The handshake failed on our side, for a reason the front door is told. */
export abstract class HandshakeFailure extends Failure {
  abstract readonly endReason: LinkEndReason;
}

/** Who answered is not the front door this agent was enrolled with: another host, another key, or somebody in between. */
export class FrontDoorNotGenuine extends HandshakeFailure {
  readonly code = 'front-door-not-genuine';
  readonly retry = { mayRetry: false, why: 'the same answerer has the same key' };
  readonly endReason = 'not-authenticated';
}

/** The two clocks are too far apart for commands to have a meaningful end of life. */
export class ClocksApart extends HandshakeFailure {
  readonly code = 'clock-skew';
  readonly retry = { mayRetry: true, why: 'a time service may set the clock' };
  readonly endReason = 'clock-skew';
  /** Positive when this machine's clock is ahead of the front door's. */
  readonly aheadMs: number;

  constructor(aheadMs: number) {
    const seconds = Math.round(Math.abs(aheadMs) / 1000);
    super(`this machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the front door's: set it (NTP)`);
    this.aheadMs = aheadMs;
  }
}

export class VersionsApart extends HandshakeFailure {
  readonly code = 'version-not-supported';
  readonly retry = { mayRetry: false, why: 'one of the two programs has to be upgraded' };
  readonly endReason = 'version-not-supported';
}

export class HandshakeTooSlow extends HandshakeFailure {
  readonly code = 'handshake-timeout';
  readonly retry = { mayRetry: true, why: 'the front door may be less busy at the next attempt' };
  readonly endReason = 'handshake-timeout';
}

export class HandshakeMalformed extends HandshakeFailure {
  readonly code = 'malformed-handshake';
  readonly retry = { mayRetry: false, why: 'what answers does not speak this protocol' };
  readonly endReason = 'malformed-frame';
}

/** Who answered closed before it had proven to be the front door: the reason is anybody's word. */
export class LinkRefused extends Failure {
  readonly code = 'link-refused';
  readonly retry = { mayRetry: true, why: 'the close code says when' };
  readonly closeCode: number;
  readonly reason: LinkEndReason | undefined;

  constructor(closeCode: number) {
    const reason = reasonOfCode(closeCode);
    super(`the front door ended the handshake: ${reason ?? `close code ${closeCode}`}`);
    this.closeCode = closeCode;
    this.reason = reason;
  }
}

/** There is no link to send on, or it ended before the front door confirmed. */
export class NoLink extends Failure {
  readonly code = 'no-link';
  readonly retry = { mayRetry: true, why: 'the agent dials again by itself' };
}

/** The front door did not take a part of a pass: the pass is over. */
export class SyncRefused extends Failure {
  readonly code = 'sync-refused';
  readonly retry = { mayRetry: true, why: 'the next pass starts from a new read' };
}
