// What 389 Directory Server answers to "get effective rights", as rights: `entryLevelRights: vadn` and `attributeLevelRights:
// userPassword:wo, uid:rsc, …` (ldap/servers/plugins/acl/acleffectiverights.c). Pure. Anything else than exactly that is no answer:
// what is not understood must not pass for a right that is missing, nor for one that is held.

import type { LdapEntry } from '../ldap-entry.js';

/** What the server adds to an entry, besides the attributes that were asked for. */
const ENTRY_RIGHTS = 'entryLevelRights';
const ATTRIBUTE_RIGHTS = 'attributeLevelRights';

export interface EffectiveRights {
  /** Letters: view, add below, delete, rename (`vadn`). */
  readonly onEntry: ReadonlySet<string>;
  /** By attribute, in lower case. Letters: read, search, compare, write (add), obliterate (delete); `W` and `O` the own name only. */
  readonly onAttributes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Undefined when the entry tells no rights, or not in this form. */
export function effectiveRightsOf(entry: LdapEntry): EffectiveRights | undefined {
  const onEntry = lettersIn(only(entry.texts(ENTRY_RIGHTS)), 'vadn');
  const onAttributes = attributesIn(only(entry.texts(ATTRIBUTE_RIGHTS)));
  return onEntry === undefined || onAttributes === undefined ? undefined : { onEntry, onAttributes };
}

/** Replacing a value takes the old one away and adds the new one. Undefined when the attribute was not asked about. */
export function mayReplace({ onAttributes }: EffectiveRights, attribute: string): boolean | undefined {
  const letters = onAttributes.get(attribute.toLowerCase());
  return letters === undefined ? undefined : letters.has('w') && letters.has('o');
}

function attributesIn(text: string | undefined): EffectiveRights['onAttributes'] | undefined {
  if (text === undefined) return undefined;
  const rights = new Map<string, ReadonlySet<string>>();
  for (const pair of text.split(', ')) {
    const [, name, told] = NAME_AND_RIGHTS.exec(pair) ?? [];
    const letters = lettersIn(told, 'rscwoWO');
    const key = name?.toLowerCase();
    // Told twice, it could be told differently.
    if (key === undefined || letters === undefined || rights.has(key)) return undefined;
    rights.set(key, letters);
  }
  return rights;
}

/** The error that a control which is not critical is answered with, `*:50`, is none. */
const NAME_AND_RIGHTS = /^([A-Za-z][A-Za-z0-9.;_-]*):([A-Za-z]+)$/;

function lettersIn(text: string | undefined, known: string): ReadonlySet<string> | undefined {
  if (text === 'none') return new Set();
  const letters = new Set(text);
  const isUnderstood = text !== undefined && letters.size === text.length && text !== '';
  return isUnderstood && [...letters].every((letter) => known.includes(letter)) ? letters : undefined;
}

function only(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
