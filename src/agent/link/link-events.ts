// What the link reports, one function per event. The agent's events.ts fulfils it; the link knows no logger.

import type { LinkEndReason } from '../../protocol/close-codes.js';
import type { AgentRequest } from '../../protocol/frames.js';

/** How one attempt or one link ended, with what an administrator may do about it. */
export interface LinkEndedEvent {
  /** `unreachable`: never connected. `cut`: the wire, or a close code of nobody's. */
  readonly reason: LinkEndReason | 'unreachable' | 'not-genuine' | 'cut' | 'stopped' | 'agent-fault';
  readonly advice: string;
  readonly servedMs: number;
  /** Undefined when the agent does not dial again. */
  readonly dialsAgainInMs: number | undefined;
  /** A Failure, mostly; for its code and chain of messages. */
  readonly cause: unknown;
}

export interface LinkEvents {
  linkDialling(event: { readonly frontDoorUrl: string; readonly attempt: number }): void;
  linkServing(event: { readonly frontDoorUrl: string; readonly version: number }): void;
  linkEnded(event: LinkEndedEvent): void;
  /** Positive: this machine's clock is ahead of the front door's. */
  clocksApart(event: { readonly aheadMs: number }): void;
  /** Our own mistake met by one request: it was answered with `agent-fault` or `unknown`, the link goes on. */
  requestFailed(event: { readonly kind: AgentRequest['kind']; readonly error: unknown }): void;
}
