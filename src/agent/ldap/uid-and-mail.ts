// Which people answer to a user ID where accounts are named by uid (RFC 4519 §2.39): in every directory but Active Directory. Filter objects, never text, so that nothing typed can be syntax. Pure.
// All forms count alike, and `uid@domain` is none of them: an address is somebody's because the directory says so.

import { AndFilter, EqualityFilter, type Filter, OrFilter, PresenceFilter } from 'ldapts';
import { type AddressSources, addressFilters } from './person-map.js';
import type { Suffix } from './suffix.js';

/** The people named by `userId` (canonical), or with that address in `mail`; undefined when nobody here can have such a name. */
export function peopleNamed(
  userId: string,
  { domainName }: Pick<Suffix, 'domainName'>,
  mail: AddressSources,
): Filter | undefined {
  if (!isComparable(userId)) return undefined;
  const backslash = userId.indexOf('\\');
  if (backslash !== -1) {
    const isOurs = userId.slice(0, backslash).toLowerCase() === domainName.toLowerCase();
    const uid = userId.slice(backslash + 1);
    return isOurs && uid !== '' ? peopleWith(new EqualityFilter({ attribute: 'uid', value: uid })) : undefined;
  }
  const names: Filter[] = [new EqualityFilter({ attribute: 'uid', value: userId })];
  // An uid may have an @ in it; an address always has.
  if (userId.includes('@')) names.push(...addressFilters(mail, userId));
  return peopleWith(new OrFilter({ filters: names }));
}

/** Everybody the mirror holds. */
export function everybodyWithUid(): Filter {
  return peopleWith(new PresenceFilter({ attribute: 'uid' }));
}

/** People: of a class for people (RFC 4519 §3.12), or for those who sign in to machines (RFC 2307 §3). */
export function peopleWith(condition: Filter): Filter {
  const classes = ['person', 'posixAccount'].map((value) => new EqualityFilter({ attribute: 'objectClass', value }));
  return new AndFilter({ filters: [new OrFilter({ filters: classes }), condition] });
}

/**
 * Servers prepare both sides before they compare (RFC 4518 §2): compatibility forms are folded, other characters dropped. What
 * would be changed by that could mean a name that it is not, and be counted as another one by every limit of ours.
 */
function isComparable(name: string): boolean {
  return (
    name !== '' &&
    name.isWellFormed() &&
    name === name.normalize('NFKC') &&
    !/[\p{Cc}\p{Default_Ignorable_Code_Point}\ufffc]/u.test(name)
  );
}
