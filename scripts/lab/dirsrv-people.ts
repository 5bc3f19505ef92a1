// The lab's people and password rules as 389 Directory Server holds them. Pure. Knows nothing of how they get there.

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

/** The zero of 389 Directory Server's times: "for ever" in `accountUnlockTime`, "must change" in `passwordExpirationTime`. */
const EPOCH = '19700101000000Z';
const LONG_AGO_DAYS = -30;
const DAY_SECONDS = 24 * 60 * 60;

/** Entries below `suffix`, which exists already: units, people and the policies that some of them have of their own. */
export function dirsrvEntries(population: LabPopulation, { suffix, at }: PeopleOptions): LdifEntry[] {
  const states = statesAt(at);
  const container = `cn=nsPwPolicyContainer,${suffix}`;
  return [
    ...unitEntries(population, suffix),
    { dn: container, attributes: { objectClass: 'nsContainer', cn: 'nsPwPolicyContainer' } },
    ...(population.passwordSettings ?? []).map((rules) => ({
      dn: `cn=${rules.name},${container}`,
      attributes: { objectClass: ['ldapsubentry', 'passwordpolicy'], cn: rules.name, ...policyAttributes(rules) },
    })),
    ...peopleWithStates(population, states).map((person) => {
      const rules = ownPolicy(person, population);
      return personEntry(person, suffix, {
        pwdUpdateTime: generalizedTime(at),
        ...(rules === undefined ? {} : { pwdpolicysubentry: `cn=${rules.name},${container}` }),
        ...ageAttributes(rules ?? population.policy, at),
        ...stateAttributes(person, states),
      });
    }),
  ];
}

/** Who of the population is in such a directory. */
export function dirsrvPeople(population: LabPopulation): readonly LabPerson[] {
  return peopleWithStates(population, statesAt(new Date(0)));
}

/** The same attributes in `cn=config` and in a policy entry of its own. */
export function policyAttributes(rules: PasswordRules): Readonly<Record<string, string>> {
  return {
    passwordCheckSyntax: 'on',
    passwordMinLength: String(rules.minimumLength),
    passwordMinCategories: rules.complexity ? '3' : '1',
    passwordHistory: rules.historyLength > 0 ? 'on' : 'off',
    ...(rules.historyLength > 0 ? { passwordInHistory: String(rules.historyLength) } : {}),
    passwordMinAge: String(rules.minimumAgeDays * DAY_SECONDS),
    passwordExp: rules.maximumAgeDays > 0 ? 'on' : 'off',
    ...(rules.maximumAgeDays > 0 ? { passwordMaxAge: String(rules.maximumAgeDays * DAY_SECONDS) } : {}),
    passwordLockout: rules.lockoutThreshold > 0 ? 'on' : 'off',
    ...(rules.lockoutThreshold > 0 ? { passwordMaxFailure: String(rules.lockoutThreshold) } : {}),
    // Off: locked until somebody unlocks it, whatever the duration says.
    passwordUnlock: rules.lockoutMinutes > 0 ? 'on' : 'off',
    ...(rules.lockoutMinutes > 0 ? { passwordLockoutDuration: String(rules.lockoutMinutes * 60) } : {}),
    passwordResetFailureCount: String(rules.lockoutWindowMinutes * 60),
    passwordTrackUpdateTime: 'on',
  };
}

/** What the server itself writes beside a password when it has a minimum or a maximum age. */
function ageAttributes(rules: PasswordRules | undefined, at: Date): LdifEntry['attributes'] {
  const { minimumAgeDays = 0, maximumAgeDays = 0 } = rules ?? {};
  return {
    passwordAllowChangeTime: minimumAgeDays > 0 ? generalizedTime(daysAfter(at, minimumAgeDays)) : undefined,
    passwordExpirationTime: maximumAgeDays > 0 ? generalizedTime(daysAfter(at, maximumAgeDays)) : undefined,
  };
}

function statesAt(at: Date): StateAttributes {
  return {
    locked: { accountUnlockTime: EPOCH, passwordRetryCount: '5' },
    'must-change': { passwordExpirationTime: EPOCH },
    disabled: { nsAccountLock: 'true' },
    'password-expired': { passwordExpirationTime: generalizedTime(daysAfter(at, LONG_AGO_DAYS)) },
    'password-never-expires': {},
    // An account's own end, administrators, smart cards: there is nothing of the kind without FreeIPA or a plugin.
    expired: undefined,
    'protected-administrator': undefined,
    'cannot-change-password': undefined,
    'smartcard-required': undefined,
  };
}
