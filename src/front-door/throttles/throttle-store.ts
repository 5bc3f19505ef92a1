// The port for what throttles remember. One row per rule and key; pruned once it does not matter any more.
// Decides nothing: what an attempt does to a state is decided outside, inside one transaction.

import type { ThrottleState } from './decide-throttle.js';
import type { ThrottleName } from './throttle-rules.js';

export interface ThrottleKey {
  readonly name: ThrottleName;
  /** Whom it is about; never a user ID in clear. */
  readonly key: string;
}

export interface ForgottenThrottle {
  readonly name: ThrottleName;
  readonly state: ThrottleState;
}

export interface ThrottleStore {
  read(key: ThrottleKey): Promise<ThrottleState | undefined>;
  /**
   * Replaces the state by what `decide` makes of it, with nobody in between; resolves to `decide`'s result.
   * `decide` is pure and may run more than once.
   */
  update<T>(
    key: ThrottleKey,
    decide: (state: ThrottleState | undefined) => {
      readonly state: ThrottleState;
      readonly forgottenAtMs: number;
      readonly result: T;
    },
  ): Promise<T>;
  /** Forgets these rules for every key that is `key` or begins with it and a slash; resolves to what there was. */
  clear(names: readonly ThrottleName[], key: string): Promise<readonly ForgottenThrottle[]>;
}
