// The part of a delta that reads: who has changed since the last pass is compared with what the mirror holds of them. Whoever may be
// gone is taken away only if few are; if many are, everybody is read, and that pass judges them all.

import type { MirroredEntry } from '../../protocol/frames.js';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { type ChangeCursor, ChangesLost } from '../directory/ports.js';
import type { Followed } from './followed.js';
import type { Seen } from './mirror-contents.js';
import { judgeRemovals } from './removal-guard.js';
import type { PassParts } from './run-pass.js';

export type ChangesRead =
  | {
      readonly kind: 'followed';
      readonly cursor: ChangeCursor | undefined;
      readonly present: number;
      readonly removed: number;
    }
  /** What was sent until then stays, and is true. */
  | { readonly kind: 'lost'; readonly because: string };

export async function readChanges(
  since: Followed,
  { deps, line, update, tally, signal }: PassParts,
): Promise<ChangesRead> {
  const { counts } = tally;
  const gone = new Map<AccountAnchor, Seen>();
  let cursor: ChangeCursor | undefined;
  try {
    for await (const page of deps.reader.readChanges(since.cursor, signal)) {
      counts.unreadable += page.leftOut;
      const held = await line.look([...page.accounts.map(({ anchor }) => anchor), ...page.gone]);
      const away = [...page.gone];
      for (const account of page.accounts) {
        const isHere = await update.take(account, (anchor) => seenIn(held.get(anchor)));
        if (!isHere) away.push(account.anchor);
      }
      for (const anchor of away) {
        const entry = held.get(anchor);
        if (entry !== undefined && !entry.isAbsent) gone.set(anchor, seenIn(entry));
      }
      await line.showLife();
      // How many will have changed nobody knows.
      deps.onProgress({ read: counts.read, expected: counts.read });
      cursor = page.cursor ?? cursor;
    }
  } catch (error) {
    if (error instanceof ChangesLost) return { kind: 'lost', because: error.message };
    throw error;
  }
  await line.settle();
  const verdict = judgeRemovals(
    { gone: gone.size + since.removed, present: since.present + since.removed },
    deps.limits,
  );
  if (gone.size > 0 && verdict.kind === 'held')
    return { kind: 'lost', because: `${gone.size} may be gone, which a look at everybody has to tell` };
  // Before anybody goes: a pass that fails on the way must not forget how many did.
  if (gone.size > 0 && !deps.isDryRun)
    deps.followed.keep(deps.directoryId, { ...since, removed: since.removed + gone.size });
  await update.takeAway([...gone.keys()], (anchor) => gone.get(anchor) ?? NEW);
  const { added, restored, quarantined } = counts;
  return {
    kind: 'followed',
    cursor,
    present: since.present + added + restored - quarantined,
    removed: since.removed + quarantined,
  };
}

const NEW: Seen = { kind: 'new' };

function seenIn(entry: MirroredEntry | undefined): Seen {
  return entry === undefined ? NEW : { kind: 'known', fingerprint: entry.fingerprint, isAbsent: entry.isAbsent };
}
