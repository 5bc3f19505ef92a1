// What enrolment and the link need of the place where the agent's identity is kept. Knows nothing of files.

import type { Identity } from './identity.js';

export interface IdentityStore {
  /** Undefined when the agent is not enrolled. Throws a Failure when an identity is there and cannot be used. */
  load(): Promise<Identity | undefined>;
  /** Replaces any other, durably and whole or not at all. */
  save(identity: Identity): Promise<void>;
}
