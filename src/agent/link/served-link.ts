// One established link from its first `ready` to its end: serves the front door's requests, carries sync, drains.
// Bounded: so many requests at once, so many sync frames, each with a deadline. Knows neither directory nor ledger.

import { assertNever } from '../../failure/assert.js';
import {
  type AgentAnswer,
  type AgentFrame,
  type AgentRequest,
  agentAnswerSchema,
  type FrontDoorFrame,
  isInContract,
  MalformedFrame,
  type SentFrame,
  type SentSyncFrame,
  type SyncReply,
  spelledOut,
  type TakenSyncReply,
} from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import { FrameTooLarge, type LinkChannel, type LinkEnding } from '../../protocol/link-channel.js';
import type { EndedPass } from '../../protocol/sync-reports.js';
import { AHEAD_SINCE, ROWS_SINCE } from '../../protocol/version.js';
import type { Clock } from '../../timing/clock.js';
import { DeadlineExceeded, unlessAborted, withDeadline } from '../../timing/waits.js';
import type { LinkEvents } from './link-events.js';
import { NoLink, SyncRefused } from './link-failures.js';
import type { GoAwayWindow } from './reconnect-policy.js';

/** What `ready` tells the front door. */
export type Announcement = Omit<Extract<AgentFrame, { kind: 'ready' }>, 'kind'>;
/**
 * Answers one request. `signal` aborts when nobody waits for the answer any more; what was begun may be finished. `mayWrite`: what a
 * command waits for before it writes; false: it never may.
 */
export type Serve = (request: AgentRequest, signal: AbortSignal, mayWrite: Promise<boolean>) => Promise<AgentAnswer>;

/** How long the front door may take to commit one batch; then the pass fails. */
const SYNC_REPLY_DEADLINE_MS = 60_000;
/** Sync waits while more than this is unsent, so that answers to people go first. */
const SYNC_WAITS_ABOVE_BYTES = 64 * 1024;

export interface ServedLinkOptions {
  readonly channel: LinkChannel<FrontDoorFrame, SentFrame>;
  /** Of the link, as both sides agreed. */
  readonly version: number;
  readonly serve: Serve;
  readonly clock: Clock;
  readonly events: Pick<LinkEvents, 'requestFailed'>;
}

interface AwaitedReply {
  readonly generation: number;
  readonly step: number;
  readonly replied: PromiseWithResolvers<TakenSyncReply>;
  /** It is on its way, or will never be. */
  readonly sent: PromiseWithResolvers<void>;
}

export class ServedLink {
  readonly #channel: LinkChannel<FrontDoorFrame, SentFrame>;
  readonly #serve: Serve;
  readonly #clock: Clock;
  readonly #events: Pick<LinkEvents, 'requestFailed'>;
  /** Each with what it waits for before it writes; undefined: nothing. */
  readonly #inFlight = new Map<number, PromiseWithResolvers<boolean> | undefined>();
  readonly #abandoned = new AbortController();
  /** Whether the front door takes a sync frame while it is at the one before. */
  readonly #canBeAhead: boolean;
  /** Whether it takes accounts as rows. */
  readonly #takesRows: boolean;
  /** In the order of asking. */
  readonly #awaited: AwaitedReply[] = [];
  #whenIdle: (() => void) | undefined;
  /** Passes that give way to whoever waits for an answer. */
  readonly #givingWay = new Set<() => void>();
  #askedMs: number | undefined;
  #isDraining = false;
  #goAway: GoAwayWindow | undefined;

  constructor(options: ServedLinkOptions) {
    this.#channel = options.channel;
    this.#serve = options.serve;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#canBeAhead = options.version >= AHEAD_SINCE;
    this.#takesRows = options.version >= ROWS_SINCE;
  }

  /** What the front door asked for, if it asked us to leave. */
  get goAway(): GoAwayWindow | undefined {
    return this.#goAway;
  }

  /** Serves until the link ends. Never rejects for what the peer or one request did. */
  async run(announcement: Announcement): Promise<LinkEnding> {
    this.announce(announcement);
    for (let frame = await this.#channel.receive(); frame !== undefined; frame = await this.#channel.receive()) {
      this.#take(frame);
    }
    const ending = await this.#channel.ending();
    this.#abandoned.abort(new NoLink('the link ended before the answer'));
    for (const { replied } of this.#awaited)
      replied.reject(new NoLink('the link ended before the front door answered'));
    return ending;
  }

  announce(announcement: Announcement): void {
    this.#channel.send({ kind: 'ready', ...announcement });
  }

  /**
   * Resolves when nobody waits for an answer of ours, or after so long: at once, where nobody does. Resolves to when somebody last asked,
   * by the clock's `monotonicMs`, if anybody ever did.
   */
  async untilQuiet(atMostMs: number): Promise<number | undefined> {
    if (this.#inFlight.size === 0) return this.#askedMs;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.#clock.after(atMostMs, resolve);
    this.#givingWay.add(resolve);
    await promise;
    timer.cancel();
    this.#givingWay.delete(resolve);
    return this.#askedMs;
  }

  /** Tells of a pass that has ended; nothing comes of one that is out of contract, or too long. */
  tellPass(pass: EndedPass): void {
    const frame = { kind: 'pass-ended' as const, pass };
    if (!isInContract(frame)) return;
    try {
      this.#channel.send(frame);
    } catch (error) {
      if (!(error instanceof FrameTooLarge)) throw error;
    }
  }

  /**
   * Resolves to the front door's answer, for a batch once it is committed. Frames leave in the order of asking; as many wait for their
   * answers as both sides' limit says. Throws NoLink, SyncRefused, DeadlineExceeded or MalformedFrame.
   */
  async exchangeSync(frame: SentSyncFrame, signal: AbortSignal): Promise<TakenSyncReply> {
    // Checked here, where it fails this pass; the front door would end the link.
    if (!isInContract(frame)) throw new MalformedFrame(`a ${frame.kind} frame out of contract`);
    if (this.#awaited.length >= LIMITS.syncFramesAtOnceMax)
      throw new SyncRefused('as many sync frames as may be wait for their answers');
    const { generation, step } = frame;
    const before = this.#awaited.at(-1);
    const awaited: AwaitedReply = {
      generation,
      step,
      replied: Promise.withResolvers<TakenSyncReply>(),
      sent: Promise.withResolvers<void>(),
    };
    this.#awaited.push(awaited);
    // It may be rejected while we still wait for the wire to clear: that wait sees it below.
    awaited.replied.promise.catch(() => undefined);
    try {
      return await withDeadline(
        {
          clock: this.#clock,
          deadlineMs: SYNC_REPLY_DEADLINE_MS,
          what: 'the front door to take a part of a pass',
          signal,
        },
        async (inner) => {
          if (before !== undefined) await this.#untilBehind(before, inner);
          const isClear = this.#channel.untilUnsent(SYNC_WAITS_ABOVE_BYTES);
          await unlessAborted(isClear, AbortSignal.any([inner, this.#abandoned.signal]));
          this.#channel.send(this.#takesRows ? frame : spelledOut(frame));
          awaited.sent.resolve();
          return await awaited.replied.promise;
        },
      );
    } finally {
      awaited.sent.resolve();
      this.#awaited.splice(this.#awaited.indexOf(awaited), 1);
    }
  }

  /** Resolves when a frame may follow that one, however that ends. */
  async #untilBehind({ sent, replied }: AwaitedReply, signal: AbortSignal): Promise<void> {
    const mayFollow: Promise<unknown> = this.#canBeAhead ? sent.promise : replied.promise.catch(() => undefined);
    await unlessAborted(mayFollow, signal);
  }

  /** Takes nothing new, waits for what is under way, at most until the deadline, and leaves. */
  async drain(deadlineMs: number): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    this.#channel.send({ kind: 'draining' });
    if (this.#inFlight.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = this.#clock.after(deadlineMs, resolve);
        this.#whenIdle = () => {
          timer.cancel();
          resolve();
        };
        this.#abandoned.signal.addEventListener('abort', this.#whenIdle, { once: true });
      });
    }
    this.#channel.end('going-away');
  }

  #take(frame: Exclude<FrontDoorFrame, { kind: 'ping' | 'pong' | 'closing' }>): void {
    switch (frame.kind) {
      case 'request':
        this.#takeRequest(frame);
        return;
      case 'write-decided':
        // One that was answered already, or never waited, has nothing to learn.
        this.#inFlight.get(frame.number)?.resolve(frame.mayWrite);
        return;
      case 'sync-begun':
      case 'sync-led':
      case 'sync-listed':
      case 'sync-looked':
      case 'sync-committed':
      case 'sync-refused':
        this.#settleSync(frame);
        return;
      case 'go-away':
        this.#goAway = frame;
        return;
      default:
        assertNever(frame);
    }
  }

  #takeRequest({ number, request, isAhead }: Extract<FrontDoorFrame, { kind: 'request' }>): void {
    if (this.#isDraining) {
      this.#channel.send({ kind: 'answer', number, answer: drainingAnswer(request) });
    } else if (this.#inFlight.has(number)) {
      this.#channel.end('malformed-frame');
    } else if (this.#inFlight.size >= LIMITS.requestsInFlightMax) {
      this.#channel.end('over-limit');
    } else {
      const decided = isAhead === true ? Promise.withResolvers<boolean>() : undefined;
      this.#inFlight.set(number, decided);
      this.#askedMs = this.#clock.monotonicMs();
      void this.#answer(number, request, decided?.promise ?? AT_ONCE);
    }
  }

  async #answer(number: number, request: AgentRequest, mayWrite: Promise<boolean>): Promise<void> {
    const answer = await this.#settle(request, mayWrite);
    this.#inFlight.delete(number);
    this.#channel.send({ kind: 'answer', number, answer });
    if (this.#inFlight.size > 0) return;
    this.#whenIdle?.();
    for (const goOn of this.#givingWay) goOn();
  }

  async #settle(request: AgentRequest, mayWrite: Promise<boolean>): Promise<AgentAnswer> {
    const bounds = { clock: this.#clock, deadlineMs: LIMITS.commandLifetimeMs, what: `the ${request.kind} to end` };
    try {
      const answer = await withDeadline({ ...bounds, signal: this.#abandoned.signal }, (signal) =>
        this.#serve(request, signal, mayWrite),
      );
      // An answer out of contract would end the link for everybody else in flight.
      return agentAnswerSchema.parse(answer);
    } catch (error) {
      if (!this.#abandoned.signal.aborted) this.#events.requestFailed({ kind: request.kind, error });
      return error instanceof DeadlineExceeded ? overdueAnswer(request) : FAULT;
    }
  }

  #settleSync(frame: SyncReply): void {
    const awaited = this.#awaited.find(
      ({ generation, step }) => generation === frame.generation && step === frame.step,
    );
    // A late word on a pass that was given up already: nobody waits for it.
    if (awaited === undefined) return;
    if (frame.kind !== 'sync-refused') awaited.replied.resolve(frame);
    else awaited.replied.reject(new SyncRefused('the front door did not take this part of the pass'));
  }
}

const AT_ONCE = Promise.resolve(true);
const FAULT: AgentAnswer = { kind: 'outcome', outcome: { kind: 'agent-fault' } };

function drainingAnswer(request: AgentRequest): AgentAnswer {
  return request.kind === 'inspect'
    ? { kind: 'inspected', inspection: { kind: 'try-later', reason: 'draining' } }
    : { kind: 'outcome', outcome: { kind: 'try-later', reason: 'draining' } };
}

/** A command that did not end may have been written: nobody here can say. */
function overdueAnswer(request: AgentRequest): AgentAnswer {
  return request.kind === 'inspect'
    ? { kind: 'inspected', inspection: { kind: 'try-later', reason: 'directory-unreachable' } }
    : { kind: 'outcome', outcome: { kind: 'unknown' } };
}
