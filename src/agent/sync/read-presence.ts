// The part of a reconciliation that finds who is gone, where a directory does not tell: what everybody is known by is compared with
// what the mirror holds, and nothing else of anybody is read.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { Followed } from './followed.js';
import { DirectoryTooLarge, MIRROR_ENTRIES_MAX, type Seen } from './mirror-contents.js';
import type { PassParts } from './run-pass.js';
import { type FewTaken, takeAwayFew } from './take-away-few.js';

/**
 * Whoever is not mirrored and is there has changed lately, and comes with the changes; or is not managed here. `judged`: who was looked
 * for already in this pass.
 */
export async function readPresence(
  since: Followed,
  judged: ReadonlySet<AccountAnchor>,
  parts: PassParts,
): Promise<FewTaken> {
  const { deps, line, tally, way, signal } = parts;
  const { counts } = tally;
  using mirror = await line.list();
  let [lookedOver, unreadable] = [0, 0];
  for await (const page of deps.reader.readPresent(signal)) {
    unreadable += page.leftOut;
    for (const anchor of page.anchors) mirror.see(anchor);
    lookedOver += page.anchors.length;
    if (lookedOver > MIRROR_ENTRIES_MAX)
      throw new DirectoryTooLarge(`more than ${MIRROR_ENTRIES_MAX} accounts are there: is there an end?`);
    await line.showLife();
    await way.afterWork();
    deps.onProgress({ read: lookedOver, expected: mirror.size });
  }
  // The changes may have met the same people.
  counts.unreadable = Math.max(counts.unreadable, unreadable);
  const gone = new Map<AccountAnchor, Seen>();
  if (tally.isWhole)
    for (const anchor of mirror.unseen()) if (!judged.has(anchor)) gone.set(anchor, mirror.see(anchor));
  const taken = await takeAwayFew(gone, { ...since, present: mirror.present }, parts);
  if (taken.kind === 'taken') tally.lookedOver = lookedOver;
  return taken;
}
