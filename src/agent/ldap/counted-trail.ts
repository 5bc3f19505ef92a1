// Follows changes by a number that the server gives to each, in order: uSNChanged of Active Directory (MS-ADTS 3.1.1.1.9), entryusn
// of 389 Directory Server. The numbers are one server's own: another one, or the same one restored, counts differently.

import { GreaterThanEqualsFilter } from 'ldapts';
import { z } from 'zod';
import { ChangesLost } from '../directory/ports.js';
import {
  type AnchorAttribute,
  type ChangedEntry,
  type ChangeTrail,
  type Followed,
  type Place,
  readCursor,
  searchChanged,
} from './change-trail.js';

export interface CountedTrailOptions<Server> {
  /** Carries the number. */
  readonly attribute: string;
  readonly anchor: AnchorAttribute;
  /** Undefined where the server tells none of it: then nothing is followed there. */
  position(held: Followed<Server>, signal: AbortSignal): Promise<Position | undefined>;
  /** Where to look for changed entries. Deleted ones may lie elsewhere. */
  searches(server: Server): readonly Place[];
}

export interface Position {
  /** Of the server's database: another after a restore. */
  readonly incarnation: string;
  /** The number of the last change so far. */
  readonly last: bigint;
}

const cursorSchema = z.strictObject({
  counted: z.string(),
  incarnation: z.string(),
  last: z.string().regex(/^\d{1,19}$/),
});

export function countedTrail<Server>(options: CountedTrailOptions<Server>): ChangeTrail<Server> {
  const { attribute, anchor, position, searches } = options;
  const cursorAt = ({ incarnation, last }: Position) =>
    JSON.stringify({ counted: attribute, incarnation, last: `${last}` });
  return {
    attributes: [attribute],
    // Where deleted entries lie, few may look.
    areGoneTold: () => false,

    async begin(held, signal) {
      const before = await position(held, signal);
      // Where the number may not be read, nothing is found by it, and no server says so.
      let isReadable = false;
      return {
        note: (entry) => {
          isReadable ||= entry.integer(attribute) !== undefined;
        },
        end: () => (isReadable ? before && cursorAt(before) : undefined),
      };
    },

    async *follow(held, since, signal): AsyncGenerator<readonly ChangedEntry[], string | undefined> {
      const followed = readCursor(since, cursorSchema);
      // Before the first search: what changes meanwhile is found again the next time.
      const now = await position(held, signal);
      const from = BigInt(followed.last);
      if (followed.counted !== attribute || now === undefined || now.incarnation !== followed.incarnation)
        throw new ChangesLost('another server answers than the one that was followed, or it was restored');
      if (now.last < from) throw new ChangesLost('the server counts its changes anew: it was restored');
      if (now.last === from) return cursorAt(now);
      const changed = new GreaterThanEqualsFilter({ attribute, value: `${from + 1n}` });
      for (const search of searches(held.server))
        for await (const page of searchChanged(held, { ...search, changed, anchor, attributes: [] }, signal))
          yield page.map((found) => found.changed);
      return cursorAt(now);
    },
  };
}
