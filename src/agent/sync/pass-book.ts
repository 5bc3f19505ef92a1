// The port for what people ask of sync and what its passes left: written by a command beside the running agent and by the agent
// itself. Bounded: the newest records, a handful of requests.

import { Failure } from '../../failure/failure.js';
import type { PassKind } from '../../protocol/sync-reports.js';
import type { PassRecord } from './pass-report.js';

/** Records of passes that are kept, of all directories together. */
export const RECORDS_KEPT_MAX = 500;
/** Requests that wait; one more is refused. */
export const REQUESTS_WAITING_MAX = 20;
/** A request that no agent took in this time is void: whoever asked has gone. */
export const REQUEST_LIFETIME_MS = 60_000;

/** So many requests wait already. */
export class TooManyRequests extends Failure {
  readonly code = 'too-many-sync-requests';
  readonly retry = { mayRetry: true, why: 'the agent takes them one after the other' };
}

export interface PassRequest {
  readonly requestId: number;
  readonly directoryId: string;
  readonly kind: PassKind;
  /** One person alone, by what people type; undefined: a pass. */
  readonly userId?: string | undefined;
  readonly isDryRun: boolean;
}

/** How far the pass that runs has come. `expected` is a guess: what the mirror holds. */
export interface PassProgress {
  readonly directoryId: string;
  readonly generation: number;
  readonly read: number;
  readonly expected: number;
  readonly elapsedMs: number;
}

export interface PassBook {
  /** Asks for a pass. Throws TooManyRequests. Returns the id its record will be found by. */
  ask(request: Omit<PassRequest, 'requestId'>): number;
  /** What was asked and not taken yet, once. */
  takeRequests(): readonly PassRequest[];
  /** `requestIds`: whose requests this pass has answered. Of deltas that found nothing and that nobody asked for, the newest is kept. */
  keep(record: PassRecord, requestIds: readonly number[]): void;
  note(progress: PassProgress): void;
  /** The record of the pass that answered this request; `gone` when no agent took it in time, or ended before it was done. */
  answerTo(requestId: number): PassRecord | 'waiting' | 'gone';
  /** What an earlier run of the agent had taken is answered by nobody any more. */
  forgetTaken(): void;
  /** Undefined until the first note of this directory. */
  progressOf(directoryId: string): PassProgress | undefined;
  /** The newest first, dry runs too. What cannot be read is left out. */
  latest(directoryId: string, max: number): readonly PassRecord[];
}
