// What an agent tells of an account's groups: by names of its own settings, never by those of the directory. No I/O.
// Both lists, so that "not in it" is never taken for "not told": whoever decides by a group that is in neither does not know.

import { z } from 'zod';

/** Short on purpose: a name stands in the mirror once for every account. */
export const GROUP_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;
export const GROUP_NAME_WORDS = 'must be 1–32 of a–z, 0–9 and hyphen';

/** Groups that an agent tells of, in one directory; the settings refuse more. */
export const TOLD_GROUPS_MAX = 32;

export const groupNameSchema = z.string().regex(GROUP_NAME, GROUP_NAME_WORDS);
const names = z.array(groupNameSchema).max(TOLD_GROUPS_MAX);

export const toldGroupsSchema = z.strictObject({
  /** However deep. */
  in: names,
  notIn: names,
});

/** Of which groups each directory's accounts are told. */
export const toldDirectorySchema = z.strictObject({
  directoryId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  groups: names,
});

export type ToldGroups = z.infer<typeof toldGroupsSchema>;
export type ToldDirectory = z.infer<typeof toldDirectorySchema>;
