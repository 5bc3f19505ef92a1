// Which versions of the link this build speaks, and how two builds agree on one. Pure.

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** The link's versions of this build. Raise `max` for any change a peer must know of; `min` follows two versions behind. */
export const LINK_VERSIONS: VersionRange = { min: 1, max: 1 };

/** The highest version both speak, or undefined. */
export function agreeOnVersion(ours: VersionRange, theirs: VersionRange): number | undefined {
  const highest = Math.min(ours.max, theirs.max);
  return highest >= Math.max(ours.min, theirs.min) ? highest : undefined;
}
