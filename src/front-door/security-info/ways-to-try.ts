// Which of somebody's ways they may try, so that they know before a bad night that it works. Pure.
// Promises that what is tried is the very way the person points at, and one that a reset would take.

import { methodOf } from '../methods/every-method.js';
import type { KeptMethod } from '../methods/method-store.js';
import type { RegisteredMethod } from '../methods/proof-method.js';

export interface WayToTry {
  /** Of the kept row, or of what is registered where no row is kept here. */
  readonly id: string;
  /** What its owner calls it; empty: nothing. */
  readonly name: string;
  readonly method: RegisteredMethod;
}

/** `registered`: what the person's policy takes of what they have. */
export function waysToTry(kept: readonly KeptMethod[], registered: readonly RegisteredMethod[]): readonly WayToTry[] {
  return registered.flatMap((method): WayToTry[] => {
    // To try a code is to use it up: nobody is to stand there on the night with fewer than they printed, nor with none.
    if (methodOf(method.kind).isUsedUp) return [];
    const rows = kept.filter(({ kind }) => kind === method.kind);
    // Registered once for all that there are of its kind; a try is of one of them.
    if (method.address === '') return rows.map(({ id, name }) => ({ id, name, method: { ...method, keptId: id } }));
    const row = rows.find(({ address }) => address.toLowerCase() === method.address.toLowerCase());
    return [{ id: row?.id ?? method.id, name: row?.name ?? '', method }];
  });
}
