// People for developers and tests of the lab itself: one per state, invented. Passwords are for a throw-away domain only.

import type { LabPopulation } from './samba-people.js';
import { LAB_PASSWORD_RULES } from './samba-people.js';

/** What everybody's password is at first, but for Lena's, whose policy wants it twice, joined by a hyphen. */
export const SAMPLE_PASSWORD = 'Bridge-Lamp-47';
export const SAMPLE_SERVICE_ACCOUNT = { samAccountName: 'svc-drawbridge', password: 'Service-Gate-91-xyz' };

const PEOPLE = 'OU=People';
const OUTSIDE = 'OU=Partners';

export const SAMPLE_POPULATION: LabPopulation = {
  units: [PEOPLE, OUTSIDE, 'OU=Service Accounts'],
  policy: LAB_PASSWORD_RULES,
  people: [
    {
      ...person('ada', 'Ada Example'),
      mail: 'ada@example.com',
      otherMailboxes: ['ada.private@example.org'],
      mobile: '+44 7700 900947',
    },
    { ...person('bert', 'Bert Locked'), states: ['locked'] },
    { ...person('cleo', 'Cleo Mustchange'), states: ['must-change'] },
    { ...person('dora', 'Dora Disabled'), states: ['disabled'] },
    { ...person('emil', 'Emil Expired'), states: ['expired'] },
    { ...person('fred', 'Fred Administrator'), states: ['protected-administrator'] },
    { ...person('gina', 'Gina Cannotchange'), states: ['cannot-change-password'] },
    { ...person('hugo', 'Hugo Smartcard'), states: ['smartcard-required'] },
    { ...person('iris', 'Iris Outside'), unit: OUTSIDE },
    { ...person('joerg', 'Jörg Müßig-Ærø') },
    { ...person('kim1', 'Kim One'), mail: 'kim@example.com' },
    { ...person('kim2', 'Kim Two'), mail: 'kim@example.com' },
    { ...person('lena', 'Lena Strict'), password: `${SAMPLE_PASSWORD}-${SAMPLE_PASSWORD}` },
  ],
  serviceAccounts: [{ ...SAMPLE_SERVICE_ACCOUNT, unit: 'OU=Service Accounts', delegatedUnits: [PEOPLE] }],
  passwordSettings: [{ ...LAB_PASSWORD_RULES, name: 'Strict', precedence: 10, minimumLength: 20, appliesTo: ['lena'] }],
};

function person(samAccountName: string, displayName: string) {
  const [givenName = '', surname = ''] = displayName.split(' ');
  const mail = `${samAccountName}@example.com`;
  return { samAccountName, displayName, givenName, surname, mail, password: SAMPLE_PASSWORD, unit: PEOPLE };
}

/** The same people for a directory that is not Active Directory, with those whose state only such a directory has. */
export const LDAP_SAMPLE_POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    { ...person('mona', 'Mona Stale'), states: ['password-expired'] },
    person('nora', 'Nora Young'),
  ],
  passwordSettings: [
    ...(SAMPLE_POPULATION.passwordSettings ?? []),
    { ...LAB_PASSWORD_RULES, name: 'Ageing', precedence: 20, maximumAgeDays: 90, appliesTo: ['mona'] },
    { ...LAB_PASSWORD_RULES, name: 'Patient', precedence: 30, minimumAgeDays: 1, appliesTo: ['nora'] },
  ],
};
