// Which versions of the link this build speaks, and how two builds agree on one. Pure.

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The link's versions of this build. Raise `max` for any change a peer must know of; from the first release on `min` follows two versions
 * behind. Until then it also grows by fields that may be absent: a front door takes the agents of before, and an agent sends the front
 * door of before nothing new unless its settings ask for it. Upgrade the front door first.
 */
export const LINK_VERSIONS: VersionRange = { min: 1, max: 5 };

/**
 * From this version on an agent gets ready for a command that it may not write yet (`isAhead`), and a front door takes a sync frame while it
 * is at the one before (`syncFramesAtOnceMax`).
 */
export const AHEAD_SINCE = 2;

/** From this version on a front door takes accounts as rows of values, and what may be done with many of them once (`rows`, `dispositions`). */
export const ROWS_SINCE = 4;

/** From this version on a front door tells of each account that a batch changes what it held before (`replaced`). */
export const REPLACED_SINCE = 5;

/** The highest version both speak, or undefined. */
export function agreeOnVersion(ours: VersionRange, theirs: VersionRange): number | undefined {
  const highest = Math.min(ours.max, theirs.max);
  return highest >= Math.max(ours.min, theirs.min) ? highest : undefined;
}
