// Requests to one agent: so many in flight, so many waiting their turn, each with a deadline that counts from the asking.
// Says of each whether it was ever sent, because what was sent may have happened; and has the agent get ready for what it may not
// write yet. Knows no socket.

import type { AgentAnswer, AgentRequest } from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Clock } from '../../timing/clock.js';

/** `not-sent`: the agent never saw it. `lost`: it was sent, and no answer came in time. */
export type LaneResult =
  | { readonly kind: 'answered'; readonly answer: AgentAnswer }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'lost' };

interface Asked {
  readonly request: AgentRequest;
  readonly mayWrite: Promise<void> | undefined;
  readonly resolve: (result: LaneResult) => void;
}

export interface AskOptions {
  /** See Relay.ask. */
  readonly mayWrite?: Promise<void> | undefined;
  readonly signal: AbortSignal;
}

export interface RequestLaneOptions {
  readonly clock: Clock;
  /** Whether the agent knows requests that it may not write yet; to another one they are sent when it may. */
  readonly canBeAhead: boolean;
  readonly send: (number: number, request: AgentRequest, isAhead: boolean) => void;
  /** Of a request that was sent ahead. */
  readonly decide: (number: number, mayWrite: boolean) => void;
}

export class RequestLane {
  readonly #options: RequestLaneOptions;
  readonly #waiting: Asked[] = [];
  /** Keeps its place after the deadline too: the agent still counts it, and closes on one more. */
  readonly #inFlight = new Map<number, Asked>();
  #nextNumber = 0;
  #takesNew = true;
  #whenIdle: (() => void) | undefined;

  constructor(options: RequestLaneOptions) {
    this.#options = options;
  }

  /** Never rejects. An abort after sending is a lost answer: the agent goes on. What may never be written was not sent. */
  async ask(request: AgentRequest, { mayWrite, signal }: AskOptions): Promise<LaneResult> {
    if (mayWrite === undefined || this.#options.canBeAhead) return this.#ask({ request, mayWrite }, signal);
    const mayEver = await mayWrite.then(YES, NO);
    return mayEver ? this.#ask({ request, mayWrite: undefined }, signal) : { kind: 'not-sent' };
  }

  #ask({ request, mayWrite }: Pick<Asked, 'request' | 'mayWrite'>, signal: AbortSignal): Promise<LaneResult> {
    const isFull =
      this.#inFlight.size >= LIMITS.requestsInFlightMax && this.#waiting.length >= LIMITS.requestsQueuedMax;
    if (!this.#takesNew || isFull || signal.aborted) return Promise.resolve({ kind: 'not-sent' });
    return new Promise((resolve) => {
      const giveUp = () => asked.resolve({ kind: this.#forget(asked) ? 'not-sent' : 'lost' });
      const timer = this.#options.clock.after(LIMITS.requestDeadlineMs, giveUp);
      signal.addEventListener('abort', giveUp, { once: true });
      const asked: Asked = {
        request,
        mayWrite,
        resolve: (result) => {
          timer.cancel();
          signal.removeEventListener('abort', giveUp);
          resolve(result);
        },
      };
      this.#waiting.push(asked);
      this.#sendNext();
    });
  }

  /** False when the agent answers what was not asked: it does not keep to the protocol. */
  settle(number: number, answer: AgentAnswer): boolean {
    const asked = this.#inFlight.get(number);
    if (asked === undefined || !isFitting(asked.request, answer)) return false;
    this.#inFlight.delete(number);
    asked.resolve({ kind: 'answered', answer });
    this.#sendNext();
    if (this.#inFlight.size === 0) this.#whenIdle?.();
    return true;
  }

  /** Sends nothing more; what is in flight may still be answered. */
  stopTaking(): void {
    this.#takesNew = false;
    for (const asked of this.#waiting.splice(0)) asked.resolve({ kind: 'not-sent' });
  }

  /** Resolves when nothing is in flight. */
  async untilIdle(): Promise<void> {
    if (this.#inFlight.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  /** The link is gone. */
  close(): void {
    this.stopTaking();
    for (const asked of this.#inFlight.values()) asked.resolve({ kind: 'lost' });
    this.#inFlight.clear();
    this.#whenIdle?.();
  }

  #sendNext(): void {
    while (this.#inFlight.size < LIMITS.requestsInFlightMax) {
      const asked = this.#waiting.shift();
      if (asked === undefined) return;
      const number = this.#nextNumber++;
      this.#inFlight.set(number, asked);
      this.#options.send(number, asked.request, asked.mayWrite !== undefined);
      if (asked.mayWrite !== undefined) void this.#decideLater(number, asked, asked.mayWrite);
    }
  }

  async #decideLater(number: number, asked: Asked, mayWrite: Promise<void>): Promise<void> {
    const mayEver = await mayWrite.then(YES, NO);
    // Refused meanwhile, or the link is gone: nobody waits for the word.
    if (this.#inFlight.get(number) !== asked) return;
    this.#options.decide(number, mayEver);
    if (!mayEver) asked.resolve({ kind: 'not-sent' });
  }

  /** True when it was still waiting, and now is not. */
  #forget(asked: Asked): boolean {
    const at = this.#waiting.indexOf(asked);
    if (at !== -1) this.#waiting.splice(at, 1);
    return at !== -1;
  }
}

const YES = () => true;
const NO = () => false;

/** A question is answered by what was found, a command by its outcome; `agent-fault` answers either. */
function isFitting(request: AgentRequest, answer: AgentAnswer): boolean {
  if (answer.kind === 'outcome' && answer.outcome.kind === 'agent-fault') return true;
  return (request.kind === 'inspect') === (answer.kind === 'inspected');
}
