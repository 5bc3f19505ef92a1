// What an entry of a person says under names that are the same in every directory but Active Directory. Pure.

import { parseDistinguishedName } from '../directory/distinguished-name.js';
import type { AccountOfEntry } from './dialect.js';
import { distinctAddresses } from './distinct-addresses.js';
import type { LdapEntry } from './ldap-entry.js';
import type { Suffix } from './suffix.js';

export interface PersonReading {
  readonly suffix: Suffix;
  /** Holds people's private addresses; undefined: none is read. */
  readonly resetMailAttribute: string | undefined;
}

/** What every search asks for to fill them in. */
export function personAttributes(resetMailAttribute: string | undefined): string[] {
  const own = resetMailAttribute === undefined ? [] : [resetMailAttribute];
  return [...new Set(['objectClass', 'uid', 'cn', 'displayName', 'givenName', 'sn', 'mail', ...own])];
}

/** Undefined when the entry has no name to sign in by. */
export function readPerson(
  entry: LdapEntry,
  { suffix, resetMailAttribute }: PersonReading,
): Omit<AccountOfEntry, 'anchor' | 'revision' | 'state'> | undefined {
  const uid = signInName(entry);
  if (uid === undefined) return undefined;
  return {
    distinguishedName: entry.distinguishedName,
    displayName: entry.text('displayName') ?? entry.text('cn') ?? uid,
    givenName: entry.text('givenName'),
    surname: entry.text('sn'),
    userPrincipalName: undefined,
    samAccountName: uid,
    domainName: suffix.domainName,
    mail: distinctAddresses(entry.texts('mail')),
    resetMail: resetMailAttribute === undefined ? [] : distinctAddresses(entry.texts(resetMailAttribute)),
  };
}

/** Of several the one that the entry itself is named by: the order of the others means nothing. */
function signInName(entry: LdapEntry): string | undefined {
  const [only, another] = entry.texts('uid');
  if (only === undefined || another === undefined) return only ?? namingUid(entry);
  return namingUid(entry) ?? only;
}

function namingUid(entry: LdapEntry): string | undefined {
  const [relative = []] = parseDistinguishedName(entry.distinguishedName);
  return relative.find(({ type }) => type.toLowerCase() === 'uid')?.value;
}

/** Machines and services that have a uid: never people. */
export function isMachineOrService(entry: LdapEntry): boolean {
  return entry.texts('objectClass').some((name) => NO_PEOPLE.has(name.toLowerCase()));
}

/** RFC 4519 §3 (device, applicationProcess), RFC 2307 §3 (ipHost), FreeIPA's own. */
const NO_PEOPLE: ReadonlySet<string> = new Set(['device', 'applicationprocess', 'iphost', 'ipahost', 'ipaservice']);
