// Which groups of the directory the front door is told of, and by which name: the agent's own settings say so, and nobody else can ask
// for another. Pure.

import type { ToldDirectory, ToldGroups } from '../../protocol/told-groups.js';
import type { DirectoryAccount } from '../directory/directory-account.js';

/** `name`: what the front door's policies call it. `group`: its distinguished name, which stays here. */
export interface ToldGroup {
  readonly name: string;
  readonly group: string;
}

/** Undefined where nothing is told: not that the account is in none. */
export function toldGroupsOf(
  { groups }: Pick<DirectoryAccount, 'groups'>,
  told: readonly ToldGroup[],
): ToldGroups | undefined {
  if (told.length === 0) return undefined;
  const isIn = ({ group }: ToldGroup) => groups.includes(group);
  const namesOf = (some: readonly ToldGroup[]) => some.map(({ name }) => name);
  return { in: namesOf(told.filter(isIn)), notIn: namesOf(told.filter((each) => !isIn(each))) };
}

/** What `ready` says of them; nothing at all where no group is told of. */
export function toldDirectoriesOf(
  directories: readonly { readonly id: string; readonly tellGroups: readonly ToldGroup[] }[],
): { readonly directories?: ToldDirectory[] } {
  if (directories.every(({ tellGroups }) => tellGroups.length === 0)) return {};
  return {
    directories: directories.map(({ id, tellGroups }) => ({
      directoryId: id,
      groups: tellGroups.map(({ name }) => name),
    })),
  };
}
