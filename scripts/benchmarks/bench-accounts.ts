// Whose passwords are reset: invented people, enough of them that nobody meets the limit on resets of one account.

import { randomBytes } from 'node:crypto';

export interface BenchAccount {
  readonly distinguishedName: string;
  /** What the product ties it to its person by: objectGUID or entryUUID, as it writes them. */
  readonly anchor: string;
}

/** Below the front door's own five an hour, because the fifth one is the last. */
export const RESETS_PER_ACCOUNT_MAX = 4;

/** How many accounts so many resets need. */
export function accountsFor(resets: number): number {
  return Math.ceil(resets / RESETS_PER_ACCOUNT_MAX);
}

/** Hands out accounts one after another and begins anew at the end: callers at the same time never share one. */
export function inTurn<T>(items: readonly T[]): () => T {
  let at = 0;
  return () => {
    const item = items[at % items.length];
    at += 1;
    if (item === undefined) throw new RangeError('nobody is there to take turns');
    return item;
  };
}

/** Upper case, lower case, digits and a symbol, and never the same twice: a directory remembers. */
export function newPassword(): string {
  return `Gate-7-${randomBytes(12).toString('base64url')}`;
}
