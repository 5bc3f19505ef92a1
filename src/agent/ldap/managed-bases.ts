// The places of a directory whose accounts are managed, each with the filter of the settings: which one an entry is in, and how the
// server is asked for those in it. The server itself judges filters: no comparison of ours could be equal to all of its rules.

import { AndFilter, type Filter, FilterParser } from 'ldapts';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../directory/ports.js';

/** As the settings have it. */
export interface ManagedBaseSetting {
  readonly dn: string;
  /** RFC 4515. Undefined: everybody. */
  readonly filter?: string | undefined;
}

export interface ManagedBase {
  /** As the settings spell it. */
  readonly dn: string;
  readonly name: DistinguishedName;
  readonly filter: Filter | undefined;
}

/** Throws DirectoryMisconfigured for a name or a filter that is none, and for a base outside the directory's own or inside another. */
export function readManagedBases(baseDn: string, settings: readonly ManagedBaseSetting[]): ManagedBase[] {
  const whole = nameIn(baseDn);
  const given = settings.length === 0 ? [{ dn: baseDn }] : settings;
  const bases = given.map(({ dn, filter }: ManagedBaseSetting) => ({
    dn,
    name: nameIn(dn),
    filter: filter === undefined ? undefined : filterIn(filter),
  }));
  for (const [at, base] of bases.entries()) {
    if (!isWithin(base.name, whole)) throw new DirectoryMisconfigured(`the base ${base.dn} is not within ${baseDn}`);
    const around = bases.find((other, atOther) => atOther !== at && isWithin(base.name, other.name));
    if (around !== undefined)
      throw new DirectoryMisconfigured(`the base ${base.dn} is within ${around.dn}: name one of them`);
  }
  return bases;
}

/** Which attributes the filters look at, by what stands before each comparison in their text. */
export function filterAttributes(settings: readonly ManagedBaseSetting[]): string[] {
  const texts = settings.flatMap(({ filter }) => filter ?? []);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(COMPARED)].map(([, attribute = '']) => attribute)))];
}

/** `(attribute=`, `(attribute>=`, `(attribute:rule:=`, with or without options. */
const COMPARED = /\(\s*([A-Za-z][A-Za-z0-9-]*)(?:;[^=()~<>:]*)?(?:[~<>]?=|:)/g;

/** The base that a name is in, whatever its filter. */
export function baseAround(bases: readonly ManagedBase[], name: DistinguishedName): ManagedBase | undefined {
  return bases.find((base) => isWithin(name, base.name));
}

/** Both conditions. */
export function within({ filter }: Pick<ManagedBase, 'filter'>, condition: Filter): Filter {
  return filter === undefined ? condition : new AndFilter({ filters: [condition, filter] });
}

function nameIn(dn: string): DistinguishedName {
  try {
    return parseDistinguishedName(dn);
  } catch (cause) {
    throw new DirectoryMisconfigured(`the base DN ${JSON.stringify(dn)} is malformed`, { cause });
  }
}

function filterIn(text: string): Filter {
  // ldapts writes such a byte as a character of its own: the filter would compare with something else.
  if (/\\[89a-f][0-9a-f]/i.test(text))
    throw new DirectoryMisconfigured(`the filter ${text} has bytes beyond ASCII: write the characters themselves`);
  try {
    return FilterParser.parseString(text);
  } catch (cause) {
    throw new DirectoryMisconfigured(`the filter ${text} is none (RFC 4515), as in (employeeType=staff)`, { cause });
  }
}
