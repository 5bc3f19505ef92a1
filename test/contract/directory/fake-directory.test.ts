// The fake directory keeps the contract, so that what is tested with it is tested with something that could be real.

import type { LabPerson } from '../../../scripts/lab/samba-people.js';
import { aPerson, FakeDirectory } from '../../support/fake-directory.js';
import { ACTIVE_DIRECTORY_MANNERS, CONTRACT_POPULATION, describeDirectoryContract } from './directory-contract.js';

describeDirectoryContract('the fake directory', ACTIVE_DIRECTORY_MANNERS, async () => {
  const people = CONTRACT_POPULATION.people.map((person, at) => ({
    account: accountOf(person, at),
    password: person.password,
  }));
  const directory = new FakeDirectory({ people, pageSize: 5 });
  const anchorOf = (samAccountName: string) =>
    people.find(({ account }) => account.samAccountName === samAccountName)?.account.anchor ?? nobody(samAccountName);
  return {
    directory,
    signsIn: async (samAccountName, password) => directory.takes(anchorOf(samAccountName), password),
    remove: async (samAccountName) => directory.remove(anchorOf(samAccountName)),
    [Symbol.asyncDispose]: async () => undefined,
  };
});

function accountOf(person: LabPerson, at: number) {
  const states = person.states ?? [];
  return aPerson({
    anchor: `3197589d-30f3-4bfb-a0e3-${String(at).padStart(12, '0')}`,
    samAccountName: person.samAccountName,
    displayName: person.displayName ?? person.samAccountName,
    givenName: person.givenName,
    surname: person.surname,
    mail: person.mail === undefined ? [] : [person.mail],
    resetMail: person.otherMailboxes ?? [],
    resetPhones: person.mobile === undefined ? [] : [person.mobile],
    state: {
      isLocked: states.includes('locked'),
      mustChange: states.includes('must-change'),
      isPasswordExpired: states.includes('must-change') || states.includes('password-expired'),
      isDisabled: states.includes('disabled'),
      accountExpiresAtMs: states.includes('expired') ? Date.UTC(2026, 0, 1) : undefined,
      isProtected: states.includes('protected-administrator'),
      cannotChangePassword: states.includes('cannot-change-password'),
      isSmartcardRequired: states.includes('smartcard-required'),
    },
  });
}

function nobody(samAccountName: string): never {
  throw new Error(`${samAccountName} is not among the people`);
}
