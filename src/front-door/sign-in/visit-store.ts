// The port for visits under way, and how they are kept: whole and encrypted, bound to their session. Found by the hash of the session's
// cookie. Whose a visit is stands beside it only once somebody is signed in, so that all of an account can be ended.

import type { DataBox } from '../methods/data-box.js';
import type { AccountRef } from '../methods/method-store.js';
import { isKnown, type Visit, visitSchema } from './visit.js';

export interface VisitRow {
  readonly state: Uint8Array;
  /** Rises with every save: two requests at once cannot both go on from the same state. */
  readonly version: number;
}

interface NewRow {
  readonly state: Uint8Array;
  readonly expiresAtMs: number;
  readonly account: AccountRef | undefined;
}

export interface VisitRows {
  /** In place of whatever the session was at. */
  put(sessionHash: string, row: NewRow): Promise<void>;
  find(sessionHash: string): Promise<VisitRow | undefined>;
  /** False when another request saved in between, or the visit is gone: nothing was changed. */
  save(sessionHash: string, row: NewRow & { readonly version: number }): Promise<boolean>;
  remove(sessionHash: string): Promise<void>;
  /** All in which this account is signed in, but for one session's. */
  removeOfAccount(account: AccountRef, exceptSessionHash: string | undefined): Promise<void>;
}

export interface StoredVisit {
  readonly visit: Visit;
  readonly version: number;
}

export interface VisitStore extends Pick<VisitRows, 'remove' | 'removeOfAccount'> {
  put(sessionHash: string, visit: Visit): Promise<void>;
  find(sessionHash: string): Promise<StoredVisit | undefined>;
  save(sessionHash: string, visit: Visit, version: number): Promise<boolean>;
}

/** Its `find` throws DataBoxNotOpened for a row that another data key sealed, or that is another session's. */
export function sealedVisits(rows: VisitRows, box: DataBox): VisitStore {
  const rowOf = (sessionHash: string, visit: Visit): NewRow => ({
    state: box.seal(sessionHash, new TextEncoder().encode(JSON.stringify(visit))),
    expiresAtMs: visit.expiresAtMs,
    account: isKnown(visit) ? visit.person : undefined,
  });
  return {
    remove: (sessionHash) => rows.remove(sessionHash),
    removeOfAccount: (account, exceptSessionHash) => rows.removeOfAccount(account, exceptSessionHash),
    put: (sessionHash, visit) => rows.put(sessionHash, rowOf(sessionHash, visit)),
    async find(sessionHash) {
      const row = await rows.find(sessionHash);
      if (row === undefined) return undefined;
      const text = new TextDecoder().decode(box.open(sessionHash, row.state));
      return { visit: visitSchema.parse(JSON.parse(text)), version: row.version };
    },
    save: (sessionHash, visit, version) => rows.save(sessionHash, { ...rowOf(sessionHash, visit), version }),
  };
}
