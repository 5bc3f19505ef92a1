// The part of a delta that reads: who has changed since the last pass is compared with what the mirror holds of them. Whoever may be
// gone is taken away only if few are; if many are, everybody is read, and that pass judges them all.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import { type ChangeCursor, ChangesLost } from '../directory/ports.js';
import type { Followed } from './followed.js';
import { type Seen, seenIn } from './mirror-contents.js';
import type { PassParts } from './run-pass.js';
import { takeAwayFew } from './take-away-few.js';

export type ChangesRead =
  | {
      readonly kind: 'followed';
      readonly cursor: ChangeCursor | undefined;
      readonly present: number;
      readonly removed: number;
      /** Otherwise whoever is gone, and was not told, has yet to be looked for. */
      readonly areGoneTold: boolean;
      /** Who was told, and taken away unless they were found to be there. */
      readonly gone: ReadonlySet<AccountAnchor>;
    }
  /** What was sent until then stays, and is true. */
  | { readonly kind: 'lost'; readonly because: string };

export async function readChanges(since: Followed, parts: PassParts): Promise<ChangesRead> {
  const { deps, line, update, tally, way, signal } = parts;
  const { counts } = tally;
  const gone = new Map<AccountAnchor, Seen>();
  let cursor: ChangeCursor | undefined;
  let areGoneTold = false;
  try {
    for await (const page of deps.reader.readChanges(since.cursor, signal)) {
      counts.unreadable += page.leftOut;
      const held = await line.look([...page.accounts.map(({ anchor }) => anchor), ...page.gone]);
      const away = [...page.gone];
      for (const account of page.accounts) {
        const isHere = update.take(account, (anchor) => seenIn(held.get(anchor)));
        if (!isHere) away.push(account.anchor);
        if (way.isDue) await way.afterWork();
        if (line.isAhead) await line.keepUp();
      }
      for (const anchor of away) {
        const entry = held.get(anchor);
        if (entry !== undefined && !entry.isAbsent) gone.set(anchor, seenIn(entry));
      }
      await line.showLife();
      // How many will have changed nobody knows.
      deps.onProgress({ read: counts.read, expected: counts.read });
      cursor = page.cursor ?? cursor;
      areGoneTold = page.areGoneTold ?? areGoneTold;
    }
  } catch (error) {
    if (error instanceof ChangesLost) return { kind: 'lost', because: error.message };
    throw error;
  }
  await line.settle();
  const taken = await takeAwayFew(gone, since, parts);
  if (taken.kind === 'too-many') return { kind: 'lost', because: taken.because };
  const { added, restored, quarantined } = counts;
  return {
    kind: 'followed',
    cursor,
    present: since.present + added + restored - quarantined,
    removed: since.removed + quarantined,
    areGoneTold,
    gone: new Set(gone.keys()),
  };
}
