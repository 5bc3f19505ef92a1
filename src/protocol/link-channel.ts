// Frames over a transport once both sides are proven: seals and opens each, answers and sends heartbeats, ends on silence.
// The same at both ends. After the first frame that is not the peer's, or not in the contract, nothing more is read.
// Why the peer ended is believed as a `closing` frame; of a close code, which anybody on the wire can write, only what is harmless.

import { assert } from '../failure/assert.js';
import { Failure } from '../failure/failure.js';
import type { Clock, Timer } from '../timing/clock.js';
import { comeBackUnproven, LINK_ENDS, type LinkEndReason, reasonOfCode } from './close-codes.js';
import { FrameNotAuthentic, type FrameProtection } from './frame-protection.js';
import { type AgentFrame, encodeFrame, type FrontDoorFrame, type SentFrame } from './frames.js';
import { LIMITS } from './limits.js';
import type { EndedBy, Transport } from './transport.js';

/** How a link ended. */
export interface LinkEnding {
  readonly by: EndedBy;
  readonly code: number;
  /** Undefined for a cut wire, for a close code of nobody's, and for one that asks for more than to come back soon. */
  readonly reason: LinkEndReason | undefined;
  readonly cause: unknown;
}

/** A frame of ours is above the limit: it was not sent, the link goes on. */
export class FrameTooLarge extends Failure {
  readonly code = 'frame-too-large';
  readonly retry = { mayRetry: false, why: 'the same frame stays too large' };
}

type Heartbeat = { readonly kind: 'ping' } | { readonly kind: 'pong' };
/** What the channel takes and sends by itself. */
type Upkeep = Heartbeat | { readonly kind: 'closing'; readonly reason: LinkEndReason };

export interface LinkChannelOptions<Incoming> {
  readonly transport: Transport;
  readonly protection: FrameProtection;
  /** Throws MalformedFrame on anything that is not one of the peer's frames. */
  readonly decode: (bytes: Uint8Array) => Incoming;
  readonly clock: Clock;
}

export class LinkChannel<Incoming extends AgentFrame | FrontDoorFrame, Outgoing extends SentFrame | FrontDoorFrame> {
  /** Resolves once, never rejects. */
  readonly ended: Promise<void>;
  readonly #transport: Transport;
  readonly #protection: FrameProtection;
  readonly #decode: (bytes: Uint8Array) => Incoming;
  readonly #clock: Clock;
  #ourEnd: { readonly reason: LinkEndReason; readonly cause: unknown } | undefined;
  /** What the peer said before it closed. */
  #toldEnd: LinkEndReason | undefined;
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
    this.ended = this.#transport.ended.then(() => {
      this.#hasEnded = true;
      this.#timer.cancel();
    });
  }

  /** See Transport. */
  untilUnsent(bytesMax: number): Promise<void> {
    return this.#transport.untilUnsent(bytesMax);
  }

  /** Milliseconds since the peer last said anything at all. */
  get silentMs(): number {
    return this.#clock.monotonicMs() - this.#heardAtMs;
  }

  /** Why it ended, as far as was read by now: to be asked once `receive` gave undefined. */
  async ending(): Promise<LinkEnding> {
    const end = await this.#transport.ended;
    if (this.#ourEnd !== undefined) return { by: 'us', code: LINK_ENDS[this.#ourEnd.reason].code, ...this.#ourEnd };
    const told = this.#toldEnd;
    if (told !== undefined) return { by: 'peer', code: LINK_ENDS[told].code, reason: told, cause: end.cause };
    const reason = reasonOfCode(end.code);
    return { ...end, reason: end.by === 'us' || comeBackUnproven(reason) === 'soon' ? reason : undefined };
  }

  /** Sends one frame; silently does not once the link has ended. Throws FrameTooLarge. */
  send(frame: Outgoing | Upkeep): void {
    if (this.#isOver) return;
    const bytes = encodeFrame(frame);
    if (bytes.length > LIMITS.frameBytesMax) {
      throw new FrameTooLarge(`a ${frame.kind} frame of ${bytes.length} bytes, ${LIMITS.frameBytesMax} are allowed`);
    }
    this.#transport.send(this.#protection.seal(bytes));
  }

  /** The next frame that is neither heartbeat nor closing; undefined once the link has ended, whoever ended it. */
  async receive(): Promise<Exclude<Incoming, Upkeep> | undefined> {
    for (;;) {
      const wire = await this.#transport.receive();
      // What came before the wire ended is read all the same: the reason may be in it.
      if (wire === undefined || this.#ourEnd !== undefined || this.#toldEnd !== undefined) return undefined;
      const frame = this.#read(wire);
      if (frame === undefined) return undefined;
      this.#heardAtMs = this.#clock.monotonicMs();
      this.#pingsUnanswered = 0;
      if (frame.kind === 'ping') this.send({ kind: 'pong' });
      if (frame.kind === 'closing') this.#follow(frame.reason);
      if (isNoUpkeep(frame)) return frame;
    }
  }

  /** Ends the link for a reason the peer is told. The first reason stands. */
  end(reason: LinkEndReason, cause?: unknown): void {
    if (this.#isOver) return;
    // Before the close code, which the peer does not have to believe.
    this.send({ kind: 'closing', reason });
    this.#ourEnd = { reason, cause };
    this.#timer.cancel();
    // A silent peer would not hear a polite close, and the wait for its answer would keep the socket.
    if (reason === 'heartbeat-lost') this.#transport.terminate();
    else this.#transport.close(LINK_ENDS[reason].code);
  }

  get #isOver(): boolean {
    return this.#hasEnded || this.#ourEnd !== undefined || this.#toldEnd !== undefined;
  }

  /** Closes as well, so that nobody in between keeps open what the peer has ended. */
  #follow(reason: LinkEndReason): void {
    this.#toldEnd = reason;
    this.#timer.cancel();
    this.#transport.close(LINK_ENDS[reason].code);
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

function isNoUpkeep<Incoming extends { readonly kind: string }>(frame: Incoming): frame is Exclude<Incoming, Upkeep> {
  return frame.kind !== 'ping' && frame.kind !== 'pong' && frame.kind !== 'closing';
}
