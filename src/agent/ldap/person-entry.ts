// What an entry of a person says in every directory but Active Directory: under the same names, unless the settings map others. Pure.

import { parseDistinguishedName } from '../directory/distinguished-name.js';
import type { AccountOfEntry } from './dialect.js';
import type { LdapEntry } from './ldap-entry.js';
import { addressesFrom, mappedAttributes, nameFrom, type PersonMap } from './person-map.js';
import type { Suffix } from './suffix.js';

export interface PersonReading {
  readonly suffix: Suffix;
  readonly map: PersonMap;
}

/** Private addresses have no attribute that is theirs everywhere, and whose numbers may be trusted is not known. */
export const USUAL_PERSON: PersonMap = {
  displayName: [{ attribute: 'displayName' }, { attribute: 'cn' }],
  givenName: [{ attribute: 'givenName' }],
  surname: [{ attribute: 'sn' }],
  mail: [{ attribute: 'mail' }],
  resetMail: [],
  resetPhones: [],
};

/** What every search asks for to fill them in. */
export function personAttributes(map: PersonMap): string[] {
  return ['objectClass', 'uid', ...mappedAttributes(map)];
}

/** What an entry says besides its person. */
export type StandingOfEntry = Pick<AccountOfEntry, 'anchor' | 'identity' | 'revision' | 'state'>;

/** Undefined when the entry has no name to sign in by. */
export function readPerson(
  entry: LdapEntry,
  { suffix, map }: PersonReading,
  standing: () => StandingOfEntry,
): AccountOfEntry | undefined {
  const uid = signInName(entry);
  if (uid === undefined) return undefined;
  const { anchor, identity, revision, state } = standing();
  // Field by field: a million accounts are made here.
  return {
    anchor,
    identity,
    revision,
    distinguishedName: entry.distinguishedName,
    displayName: nameFrom(map.displayName, entry) ?? uid,
    givenName: nameFrom(map.givenName, entry),
    surname: nameFrom(map.surname, entry),
    userPrincipalName: undefined,
    samAccountName: uid,
    domainName: suffix.domainName,
    mail: addressesFrom(map.mail, entry),
    resetMail: addressesFrom(map.resetMail, entry),
    resetPhones: addressesFrom(map.resetPhones, entry),
    state,
  };
}

/** Of several the one that the entry itself is named by: the order of the others means nothing. */
function signInName(entry: LdapEntry): string | undefined {
  const names = entry.texts('uid');
  return names.length === 1 ? names[0] : (namingUid(entry) ?? names[0]);
}

function namingUid(entry: LdapEntry): string | undefined {
  const [relative = []] = parseDistinguishedName(entry.distinguishedName);
  return relative.find(({ type }) => type.toLowerCase() === 'uid')?.value;
}

/** Machines and services that have a uid: never people. */
export function isMachineOrService(entry: LdapEntry): boolean {
  return entry.keywords('objectClass').some((name) => NO_PEOPLE.has(name));
}

/** RFC 4519 §3 (device, applicationProcess), RFC 2307 §3 (ipHost), FreeIPA's own. */
const NO_PEOPLE: ReadonlySet<string> = new Set(['device', 'applicationprocess', 'iphost', 'ipahost', 'ipaservice']);
