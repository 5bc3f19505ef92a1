// Frames over a transport once both sides are proven: seals and opens each, answers and sends heartbeats, ends on silence.
// The same at both ends. After the first frame that is not the peer's, or not in the contract, nothing more is read.

import { assert } from '../failure/assert.js';
import { Failure } from '../failure/failure.js';
import type { Clock, Timer } from '../timing/clock.js';
import { LINK_ENDS, type LinkEndReason, reasonOfCode } from './close-codes.js';
import { FrameNotAuthentic, type FrameProtection } from './frame-protection.js';
import { type AgentFrame, encodeFrame, type FrontDoorFrame } from './frames.js';
import { LIMITS } from './limits.js';
import type { EndedBy, Transport } from './transport.js';

/** How a link ended. `reason` is undefined for a cut wire and for a close code of nobody's. */
export interface LinkEnding {
  readonly by: EndedBy;
  readonly code: number;
  readonly reason: LinkEndReason | undefined;
  readonly cause: unknown;
}

/** A frame of ours is above the limit: it was not sent, the link goes on. */
export class FrameTooLarge extends Failure {
  readonly code = 'frame-too-large';
  readonly retry = { mayRetry: false, why: 'the same frame stays too large' };
}

type Heartbeat = { readonly kind: 'ping' } | { readonly kind: 'pong' };

export interface LinkChannelOptions<Incoming> {
  readonly transport: Transport;
  readonly protection: FrameProtection;
  /** Throws MalformedFrame on anything that is not one of the peer's frames. */
  readonly decode: (bytes: Uint8Array) => Incoming;
  readonly clock: Clock;
}

export class LinkChannel<Incoming extends { readonly kind: string }, Outgoing extends AgentFrame | FrontDoorFrame> {
  /** Resolves once, never rejects. */
  readonly ended: Promise<LinkEnding>;
  readonly #transport: Transport;
  readonly #protection: FrameProtection;
  readonly #decode: (bytes: Uint8Array) => Incoming;
  readonly #clock: Clock;
  #ourEnd: { readonly reason: LinkEndReason; readonly cause: unknown } | undefined;
  #hasEnded = false;
  #heardAtMs: number;
  #pingsUnanswered = 0;
  #timer: Timer;

  constructor(options: LinkChannelOptions<Incoming>) {
    this.#transport = options.transport;
    this.#protection = options.protection;
    this.#decode = options.decode;
    this.#clock = options.clock;
    this.#heardAtMs = this.#clock.monotonicMs();
    this.#timer = this.#clock.after(LIMITS.heartbeatMs, () => this.#beat());
    this.ended = this.#transport.ended.then((end) => {
      this.#hasEnded = true;
      this.#timer.cancel();
      if (this.#ourEnd !== undefined) return { by: 'us', code: LINK_ENDS[this.#ourEnd.reason].code, ...this.#ourEnd };
      return { ...end, reason: reasonOfCode(end.code) };
    });
  }

  get bufferedBytes(): number {
    return this.#transport.bufferedBytes;
  }

  /** Milliseconds since the peer last said anything at all. */
  get silentMs(): number {
    return this.#clock.monotonicMs() - this.#heardAtMs;
  }

  /** Sends one frame; silently does not once the link has ended. Throws FrameTooLarge. */
  send(frame: Outgoing | Heartbeat): void {
    if (this.#hasEnded || this.#ourEnd !== undefined) return;
    const bytes = encodeFrame(frame);
    if (bytes.length > LIMITS.frameBytesMax) {
      throw new FrameTooLarge(`a ${frame.kind} frame of ${bytes.length} bytes, ${LIMITS.frameBytesMax} are allowed`);
    }
    this.#transport.send(this.#protection.seal(bytes));
  }

  /** The next frame that is no heartbeat; undefined once the link has ended, whoever ended it. */
  async receive(): Promise<Exclude<Incoming, Heartbeat> | undefined> {
    for (;;) {
      const wire = await this.#transport.receive();
      if (wire === undefined || this.#ourEnd !== undefined) return undefined;
      const frame = this.#read(wire);
      if (frame === undefined) return undefined;
      this.#heardAtMs = this.#clock.monotonicMs();
      this.#pingsUnanswered = 0;
      if (frame.kind === 'ping') this.send({ kind: 'pong' });
      if (isNoHeartbeat(frame)) return frame;
    }
  }

  /** Ends the link for a reason the peer is told. The first reason stands. */
  end(reason: LinkEndReason, cause?: unknown): void {
    if (this.#ourEnd !== undefined || this.#hasEnded) return;
    this.#ourEnd = { reason, cause };
    this.#timer.cancel();
    // A silent peer would not hear a polite close, and the wait for its answer would keep the socket.
    if (reason === 'heartbeat-lost') this.#transport.terminate();
    else this.#transport.close(LINK_ENDS[reason].code);
  }

  #read(wire: Uint8Array): Incoming | undefined {
    try {
      return this.#decode(this.#protection.open(wire));
    } catch (error) {
      this.end(error instanceof FrameNotAuthentic ? 'frame-not-authentic' : 'malformed-frame', error);
      return undefined;
    }
  }

  #beat(): void {
    const dueMs = LIMITS.heartbeatMs * (this.#pingsUnanswered + 1);
    const leftMs = dueMs - this.silentMs;
    if (leftMs > 0) {
      this.#timer = this.#clock.after(leftMs, () => this.#beat());
    } else if (this.#pingsUnanswered === LIMITS.heartbeatsMissedMax) {
      this.end('heartbeat-lost');
    } else {
      assert(
        this.#pingsUnanswered < LIMITS.heartbeatsMissedMax,
        'a link with too many unanswered pings has been ended',
      );
      this.#pingsUnanswered += 1;
      this.send({ kind: 'ping' });
      this.#timer = this.#clock.after(LIMITS.heartbeatMs, () => this.#beat());
    }
  }
}

function isNoHeartbeat<Incoming extends { readonly kind: string }>(
  frame: Incoming,
): frame is Exclude<Incoming, Heartbeat> {
  return frame.kind !== 'ping' && frame.kind !== 'pong';
}
