// Where the changes of a directory are followed from: what the agent keeps of a pass that came to its end, and when that still holds.
// The state it belongs to is the mirror's: only under the mark that the mirror still shows. Pure but for the port.

import type { SyncMark } from '../../protocol/frames.js';
import type { ChangeCursor } from '../directory/ports.js';

export interface Followed {
  readonly mark: SyncMark;
  readonly cursor: ChangeCursor;
  /** When the pass began that brought the cursor; 0 where an earlier program kept it without. */
  readonly atMs: number;
  /** What everybody's disposition was decided by: with other rules everybody has to be looked at again. */
  readonly rules: string;
  /** How many were offered. */
  readonly present: number;
  /** How many went since everybody was read last: many small steps are a large one. */
  readonly removed: number;
}

/** The last two of each directory: the end of a pass may have been lost on its way. */
export interface FollowedBook {
  keep(directoryId: string, followed: Followed): void;
  find(directoryId: string, mark: SyncMark): Followed | undefined;
  /** Until the next pass has come to its end, nothing is followed. */
  forget(directoryId: string): void;
}

/**
 * Directories forget who was deleted after a while, and say nothing of it to whoever asks later: Active Directory after 180 days, in old
 * forests 60 (the tombstone lifetime), and it may be set lower. Well below all that are in use.
 */
const FOLLOWED_DAYS_MAX = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What to follow from, or why everybody has to be read. `followed`: what is kept under the mark. */
export function judgeFollowed(
  mark: SyncMark | undefined,
  {
    followed,
    rules,
    nowMs,
  }: { readonly followed: Followed | undefined; readonly rules: string; readonly nowMs: number },
): Followed | { readonly because: string } {
  if (mark === undefined) return { because: 'no earlier pass of this agent is the last one over this directory' };
  if (followed === undefined) return { because: 'nothing is kept here of the last pass, or it has failed' };
  if (followed.rules !== rules) return { because: 'the settings, the version or what is open has changed' };
  // A clock that was far ahead then says as little.
  if (Math.abs(nowMs - followed.atMs) > FOLLOWED_DAYS_MAX * DAY_MS)
    return { because: `the last pass is more than ${FOLLOWED_DAYS_MAX} days ago, or its time is not known` };
  return followed;
}
