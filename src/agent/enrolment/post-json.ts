// The port enrolment reaches the front door through. Types and one failure.

import { Failure } from '../../failure/failure.js';

export interface HttpsAnswer {
  readonly status: number;
  readonly body: string;
}

/** Posts a JSON text. Rejects with PostFailed, DeadlineExceeded, or the signal's reason. */
export type PostJson = (url: URL, body: string, signal: AbortSignal) => Promise<HttpsAnswer>;

/** No answer: name, network, proxy, certificate. */
export class PostFailed extends Failure {
  readonly code = 'front-door-unreachable';
  readonly retry = { mayRetry: true, why: 'the network or the front door may be back at the next attempt' };
}
