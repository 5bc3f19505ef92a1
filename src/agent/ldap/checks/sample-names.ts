// Names of real accounts below a base, a few from every place: rights differ from unit to unit. Reads names and nothing else.

import type { Filter } from 'ldapts';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';

/** Accounts whose permissions are read, for each scope. */
const SAMPLE_MAX = 25;
/** Names among which they are chosen: directories give 500 or 1000 at most at a time. */
const CANDIDATES_MAX = 500;

export interface NamesWanted {
  readonly base: string;
  readonly filter: Filter;
  /** Accounts at or below one of these are not looked at. */
  readonly excluded: readonly string[];
}

export async function sampleNames(
  connection: Pick<LdapConnection, 'search'>,
  { base, filter, excluded }: NamesWanted,
  signal: AbortSignal,
): Promise<string[]> {
  const candidates = await connection
    .search({ base, scope: 'sub', filter, attributes: NO_ATTRIBUTES, sizeLimit: CANDIDATES_MAX }, signal)
    .catch(refusedTo(`show the people below ${base}`));
  const closed = excluded.map(parseDistinguishedName);
  const names = candidates
    .map(({ distinguishedName }) => distinguishedName)
    .filter((name) => !closed.some((place) => isWithin(parseDistinguishedName(name), place)));
  return spread(names, SAMPLE_MAX);
}

/** The first of every place, then the second of every place, and so on. Pure. */
export function spread(names: readonly string[], max: number): string[] {
  const byPlace = new Map<string, string[]>();
  for (const name of names) {
    const place = JSON.stringify(placeOf(parseDistinguishedName(name)));
    byPlace.set(place, [...(byPlace.get(place) ?? []), name]);
  }
  const places = [...byPlace.values()];
  const rounds = Math.max(0, ...places.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => places.flatMap((place) => place[round] ?? []))
    .flat()
    .slice(0, max);
}

/** Where an entry lies. */
export function placeOf(name: DistinguishedName): DistinguishedName {
  return name.slice(1);
}

/** RFC 4511 §4.5.1.8. */
export const NO_ATTRIBUTES = ['1.1'];
