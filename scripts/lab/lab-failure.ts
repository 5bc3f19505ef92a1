// The one kind of trouble a lab has: something on this machine is not as it needs it, and a person can put it right.

import { Failure } from '../../src/failure/failure.js';

/** A lab could not be set up. The message says what to do. */
export class LabFailure extends Failure {
  readonly code = 'lab-failed';
  readonly retry = { mayRetry: false, why: 'something on this machine has to change first' };
}
