// The lab's people as entries of a directory that is not Active Directory: what OpenLDAP and 389 Directory Server have in
// common. Pure. Service accounts are not among them: each directory brings its own, with rights in its own language.

import type { LdifEntry } from './ldif.js';
import type { LabPasswordSettings, LabPerson, LabPopulation, PersonState } from './samba-people.js';

/** Where `openLdapEntries` and `dirsrvEntries` put the people. */
export interface PeopleOptions {
  readonly suffix: string;
  /** When "now" is: states are times of the past and of the future. */
  readonly at: Date;
}

/** What an entry holds for a state; undefined: this kind of directory has no such state. */
export type StateAttributes = Readonly<Record<PersonState, Attributes | undefined>>;
type Attributes = LdifEntry['attributes'];

/** The people whose every state exists there; the others are not in that directory at all. */
export function peopleWithStates(population: LabPopulation, states: StateAttributes): readonly LabPerson[] {
  return population.people.filter((person) => (person.states ?? []).every((state) => states[state] !== undefined));
}

/** `suffix` is the directory's; `uid` takes the place of `sAMAccountName`. */
export function personDn(person: Pick<LabPerson, 'samAccountName' | 'unit'>, suffix: string): string {
  return `uid=${person.samAccountName},${person.unit},${suffix}`;
}

export function unitEntries(population: LabPopulation, suffix: string): LdifEntry[] {
  return population.units.map((unit) => {
    const name = /^ou=([^,]+)/i.exec(unit)?.[1];
    return { dn: `${unit},${suffix}`, attributes: { objectClass: 'organizationalUnit', ou: name } };
  });
}

/** The person as both kinds of directory hold it; `own` is what only this kind does. */
export function personEntry(person: LabPerson, suffix: string, own: Attributes): LdifEntry {
  const { samAccountName: uid, displayName = uid, mail, otherMailboxes = [] } = person;
  return {
    dn: personDn(person, suffix),
    attributes: {
      // No class for people beside inetOrgPerson has otherMailbox.
      objectClass: otherMailboxes.length > 0 ? ['inetOrgPerson', 'extensibleObject'] : 'inetOrgPerson',
      uid,
      cn: displayName,
      displayName,
      givenName: person.givenName,
      // inetOrgPerson has to have one.
      sn: person.surname ?? displayName,
      mail,
      otherMailbox: otherMailboxes,
      mobile: person.mobile,
      userPassword: person.password,
      ...own,
    },
  };
}

/** Everything that a person's states add to the entry. */
export function stateAttributes(person: LabPerson, states: StateAttributes): Attributes {
  return Object.assign({}, ...(person.states ?? []).map((state) => states[state]));
}

/** The policy that applies to the person in place of the directory's own; the first that names it. */
export function ownPolicy(person: LabPerson, population: LabPopulation): LabPasswordSettings | undefined {
  return population.passwordSettings?.find(({ appliesTo }) => appliesTo.includes(person.samAccountName));
}

/** RFC 4517 §3.3.13, in whole seconds. */
export function generalizedTime(date: Date): string {
  return `${date.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`;
}

export function daysAfter(date: Date, days: number): Date {
  return new Date(date.getTime() + days * 24 * 60 * 60 * 1000);
}
