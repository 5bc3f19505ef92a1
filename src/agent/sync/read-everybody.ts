// The part of a full pass that reads: everything the mirror holds is compared with everybody the directory holds. Whoever a whole
// read did not find is taken away, past the guard.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { ChangeCursor } from '../directory/ports.js';
import { DirectoryTooLarge, MIRROR_ENTRIES_MAX, type MirrorContents } from './mirror-contents.js';
import { NameCollisions } from './name-collisions.js';
import { judgeRemovals, removalPlanId } from './removal-guard.js';
import type { PassParts } from './run-pass.js';

export interface EverybodyRead {
  /** From where to follow what has changed since. Undefined: nowhere. */
  readonly cursor: ChangeCursor | undefined;
  /** How many are offered now. */
  readonly present: number;
  /** Who went now. */
  readonly quarantined: number;
  /** A person has approved who went. */
  readonly wasApproved: boolean;
}

/** `removed`: how many went before, who count against the guard with those who go now. */
export async function readEverybody(parts: PassParts, removed: number): Promise<EverybodyRead> {
  const { deps, line, update, tally, way, signal } = parts;
  const { counts } = tally;
  // What a delta found before it could not go on is in the mirror, and counted, when that is listed.
  await line.settle();
  const before = { ...counts };
  using mirror = await line.list();
  using collisions = new NameCollisions();
  tally.collisions = collisions;
  const seenOf = (anchor: AccountAnchor) => mirror.see(anchor);
  let cursor: ChangeCursor | undefined;
  for await (const page of deps.reader.readAll(signal)) {
    counts.unreadable += page.leftOut;
    for (const account of page.accounts) {
      update.take(account, seenOf);
      if (way.isDue) await way.afterWork();
      if (line.isAhead) await line.keepUp();
    }
    if (counts.read > MIRROR_ENTRIES_MAX)
      throw new DirectoryTooLarge(`more than ${MIRROR_ENTRIES_MAX} accounts were read: is there an end?`);
    await line.showLife();
    deps.onProgress({ read: counts.read, expected: mirror.size });
    cursor = page.cursor ?? cursor;
  }
  await line.settle();
  const wasApproved = tally.isWhole && (await takeAwayUnseen(mirror, removed, parts));
  const came = counts.added - before.added + counts.restored - before.restored;
  const quarantined = counts.quarantined - before.quarantined;
  return { cursor, present: mirror.present + came - quarantined, quarantined, wasApproved };
}

/** Resolves to whether an approval was spent. */
async function takeAwayUnseen(mirror: MirrorContents, removed: number, parts: PassParts): Promise<boolean> {
  const { directoryId, approvals, isDryRun } = parts.deps;
  const unseen = mirror.unseen();
  const planId = removalPlanId(directoryId, unseen);
  if (await isHeld(unseen, { present: mirror.present, removed, planId }, parts)) return false;
  await parts.update.takeAway(unseen, (anchor) => mirror.see(anchor));
  // Only now: a pass that fails on the way must not cost the approval.
  if (isDryRun || !approvals.isGiven(planId)) return false;
  approvals.spend(planId);
  return true;
}

async function isHeld(
  unseen: readonly AccountAnchor[],
  { present, removed, planId }: { readonly present: number; readonly removed: number; readonly planId: string },
  { deps, update, tally }: PassParts,
): Promise<boolean> {
  const { directoryId, limits, approvals, isDryRun, events } = deps;
  const gone = unseen.length;
  if (gone === 0) return false;
  const verdict = judgeRemovals({ gone: gone + removed, present: present + removed }, limits);
  if (verdict.kind === 'clear' || (!isDryRun && approvals.isGiven(planId))) return false;
  const names = [...(await update.namesOf(unseen)).values()];
  tally.held = {
    planId,
    because: verdict.because,
    gone,
    present,
    names,
    ...(removed === 0 ? {} : { before: removed }),
  };
  if (!isDryRun) events.syncRemovalsHeld({ directoryId, ...tally.held });
  return true;
}
