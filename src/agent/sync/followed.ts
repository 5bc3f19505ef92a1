// Where the changes of a directory are followed from: what the agent keeps of a pass that came to its end, and when that still holds.
// The state it belongs to is the mirror's: only under the mark that the mirror still shows. Pure but for the port.

import type { SyncMark } from '../../protocol/frames.js';
import type { ChangeCursor } from '../directory/ports.js';

export interface Followed {
  readonly mark: SyncMark;
  readonly cursor: ChangeCursor;
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

/** What to follow from, or why everybody has to be read. `followed`: what is kept under the mark. */
export function judgeFollowed(
  mark: SyncMark | undefined,
  { followed, rules }: { readonly followed: Followed | undefined; readonly rules: string },
): Followed | { readonly because: string } {
  if (mark === undefined) return { because: 'no earlier pass of this agent is the last one over this directory' };
  if (followed === undefined) return { because: 'nothing is kept here of the last pass, or it has failed' };
  if (followed.rules !== rules) return { because: 'the settings, the version or what is open has changed' };
  return followed;
}
