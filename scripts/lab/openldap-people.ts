// The lab's people and password rules as OpenLDAP's ppolicy overlay holds them (slapo-ppolicy(5)). Pure.
// Knows nothing of how they get there.

import type { PeopleOptions, StateAttributes } from './ldap-people.js';
import {
  daysAfter,
  generalizedTime,
  ownPolicy,
  peopleWithStates,
  personEntry,
  stateAttributes,
  unitEntries,
} from './ldap-people.js';
import type { LdifEntry } from './ldif.js';
import type { LabPerson, LabPopulation, PasswordRules } from './samba-people.js';

/** Locked by an administrator, for good: the overlay itself never writes this time (draft-behera-10 §5.3.3). */
const FOR_EVER = '000001010000Z';
const LONG_AGO_DAYS = -400;
const DAY_SECONDS = 24 * 60 * 60;

/** Entries below `suffix`, which exists already, as does `ou=policies` there. */
export function openLdapEntries(population: LabPopulation, { suffix, at }: PeopleOptions): LdifEntry[] {
  const states = statesAt(at);
  const policyDn = (name: string) => `cn=${name},ou=policies,${suffix}`;
  return [
    ...unitEntries(population, suffix),
    ...(population.passwordSettings ?? []).map((rules) => policyEntry(policyDn(rules.name), rules)),
    ...peopleWithStates(population, states).map((person) => {
      const rules = ownPolicy(person, population);
      return personEntry(person, suffix, {
        // slapadd writes none, and without one there is no age.
        pwdChangedTime: generalizedTime(at),
        pwdPolicySubentry: rules === undefined ? undefined : policyDn(rules.name),
        ...stateAttributes(person, states),
      });
    }),
  ];
}

/** Who of the population is in such a directory. */
export function openLdapPeople(population: LabPopulation): readonly LabPerson[] {
  return peopleWithStates(population, statesAt(new Date(0)));
}

export function policyEntry(dn: string, rules: PasswordRules): LdifEntry {
  return {
    dn,
    attributes: {
      objectClass: ['organizationalRole', 'pwdPolicy'],
      cn: /^cn=([^,]+)/.exec(dn)?.[1],
      pwdAttribute: 'userPassword',
      pwdMinLength: String(rules.minimumLength),
      pwdInHistory: String(rules.historyLength),
      // 2: what cannot be checked, as a password that comes hashed, is refused.
      pwdCheckQuality: rules.complexity ? '2' : '1',
      pwdMinAge: String(rules.minimumAgeDays * DAY_SECONDS),
      pwdMaxAge: String(rules.maximumAgeDays * DAY_SECONDS),
      pwdLockout: rules.lockoutThreshold > 0 ? 'TRUE' : 'FALSE',
      pwdMaxFailure: String(rules.lockoutThreshold),
      // 0: locked until somebody unlocks it.
      pwdLockoutDuration: String(rules.lockoutMinutes * 60),
      pwdFailureCountInterval: String(rules.lockoutWindowMinutes * 60),
      pwdMustChange: 'TRUE',
      pwdAllowUserChange: 'TRUE',
      pwdSafeModify: 'FALSE',
    },
  };
}

function statesAt(at: Date): StateAttributes {
  return {
    locked: { pwdAccountLockedTime: generalizedTime(at) },
    'must-change': { pwdReset: 'TRUE' },
    disabled: { pwdAccountLockedTime: FOR_EVER },
    expired: { pwdEndTime: generalizedTime(daysAfter(at, -1)) },
    'password-expired': { pwdChangedTime: generalizedTime(daysAfter(at, LONG_AGO_DAYS)) },
    'password-never-expires': {},
    // Administrators, smart cards, a person who may not change the own password: nothing on the entry says so.
    'protected-administrator': undefined,
    'cannot-change-password': undefined,
    'smartcard-required': undefined,
  };
}
