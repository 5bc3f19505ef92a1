// Lets a few hash at a time: each takes tens of MiB and a thread, and many at once would take all there are. First come, first served.
// Knows no algorithm. More than WAITING_MAX are turned away, who may come again.

import { Failure } from '../../failure/failure.js';
import type { PasswordHasher } from './cloud-accounts.js';

/** So many hash and wait already that one more would wait too long. */
export class HasherBusy extends Failure {
  readonly code = 'hasher-busy';
  readonly retry = { mayRetry: true, why: 'what is being hashed is done within seconds' };
}

export interface HasherLimits {
  /** Side by side; the others wait. */
  readonly atOnceMax: number;
  /** One more is refused with HasherBusy. */
  readonly waitingMax: number;
}

/** Two of the four threads that Node has for such work: files and names are looked up by the others. 64 waiting are done in some seconds. */
export const HASHER_LIMITS: HasherLimits = { atOnceMax: 2, waitingMax: 64 };

export function boundedHasher(hasher: PasswordHasher, limits: HasherLimits = HASHER_LIMITS): PasswordHasher {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running < limits.atOnceMax) running += 1;
    else if (waiting.length >= limits.waitingMax)
      throw new HasherBusy('too many passwords and answers are being hashed');
    // Whoever is done hands its place on: `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return {
    hash: (password) => inTurn(() => hasher.hash(password)),
    matches: (passwordHash, password) => inTurn(() => hasher.matches(passwordHash, password)),
  };
}
