// Who lives in a lab's domain: units, people in every state that the product has an answer for, a service account with
// exactly the three delegated rights, and password rules. Described as values; one Python script writes them.
// `ensurePeople` makes what is missing; `restorePeople` also puts back what people, tests or a demo changed.

import type { SambaDatabase } from './samba-domain.js';
import { runSambaScript } from './samba-script.js';

/** How an account may be, each as a real directory would hold it. Not every directory has every state. */
export type PersonState =
  | 'locked'
  | 'must-change'
  | 'disabled'
  | 'expired'
  | 'protected-administrator'
  | 'cannot-change-password'
  | 'smartcard-required'
  | 'password-never-expires'
  /** Where password rules with a maximum age apply. */
  | 'password-expired';

export interface LabPerson {
  readonly samAccountName: string;
  readonly password: string;
  /** Where the account lies, relative to the domain: `OU=People`. */
  readonly unit: string;
  /** Default: the account's name at the domain's own suffix. */
  readonly userPrincipalName?: string;
  /** Default: the account's name. Also the common name. */
  readonly displayName?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly mail?: string;
  /** Further addresses (`otherMailbox`). Default: none. */
  readonly otherMailboxes?: readonly string[];
  /** Default: none. */
  readonly mobile?: string;
  /** Default: none, an ordinary account. */
  readonly states?: readonly PersonState[];
}

/** An account with Reset Password, write lockoutTime and write pwdLastSet on the people of `delegatedUnits`, no more. */
export interface LabServiceAccount {
  readonly samAccountName: string;
  readonly password: string;
  readonly unit: string;
  readonly delegatedUnits: readonly string[];
}

export interface PasswordRules {
  readonly minimumLength: number;
  readonly complexity: boolean;
  readonly historyLength: number;
  readonly minimumAgeDays: number;
  /** 0: passwords never expire. */
  readonly maximumAgeDays: number;
  /** Failed sign-ins that lock an account; 0: never. */
  readonly lockoutThreshold: number;
  /** 0: locked until somebody unlocks it. */
  readonly lockoutMinutes: number;
  readonly lockoutWindowMinutes: number;
}

/** A fine-grained password policy (PSO) for some accounts or groups, by their names. */
export interface LabPasswordSettings extends PasswordRules {
  readonly name: string;
  readonly precedence: number;
  readonly appliesTo: readonly string[];
}

export interface LabPopulation {
  /** Parents before children: `OU=People`, `OU=Berlin,OU=People`. */
  readonly units: readonly string[];
  readonly people: readonly LabPerson[];
  readonly serviceAccounts?: readonly LabServiceAccount[];
  /** The domain's own rules. Default: Samba's, as provisioned. */
  readonly policy?: PasswordRules;
  readonly passwordSettings?: readonly LabPasswordSettings[];
}

/** Rules for a lab: strict enough to refuse, without a minimum age, and locked stays locked until unlocked. */
export const LAB_PASSWORD_RULES: PasswordRules = {
  minimumLength: 8,
  complexity: true,
  historyLength: 5,
  minimumAgeDays: 0,
  maximumAgeDays: 0,
  lockoutThreshold: 5,
  lockoutMinutes: 0,
  lockoutWindowMinutes: 15,
};

/** Makes what is missing and leaves the rest alone, apart from the domain's rules. */
export async function ensurePeople(domain: SambaDatabase, population: LabPopulation): Promise<void> {
  await runSambaScript(domain.smbConfFile, 'samba_people.py', peopleRequest(domain, population, false));
}

/** Makes what is missing and puts everybody back: place, attributes, password and state. */
export async function restorePeople(domain: SambaDatabase, population: LabPopulation): Promise<void> {
  await runSambaScript(domain.smbConfFile, 'samba_people.py', peopleRequest(domain, population, true));
}

/**
 * Adds `person0`, `person1` and so on to a unit that has none of them: accounts as plain as can be, whom nobody signs in as. About six
 * milliseconds each, before the domain's first start.
 */
export async function addCrowd(
  domain: SambaDatabase,
  { unit, count }: { readonly unit: string; readonly count: number },
): Promise<void> {
  const upnSuffix = domain.realm.toLowerCase();
  await runSambaScript(domain.smbConfFile, 'samba_crowd.py', { unit, count, upnSuffix });
}

/** What the script is told. Pure. */
function peopleRequest(domain: SambaDatabase, population: LabPopulation, restore: boolean) {
  const upnSuffix = domain.realm.toLowerCase();
  return {
    restore,
    units: population.units,
    people: population.people.map((person) => personRequest(person, upnSuffix)),
    serviceAccounts: (population.serviceAccounts ?? []).map((account) => ({
      ...personRequest(account, upnSuffix),
      delegatedUnits: account.delegatedUnits,
    })),
    policy: population.policy,
    passwordSettings: population.passwordSettings ?? [],
  };
}

function personRequest(person: LabPerson, upnSuffix: string) {
  const displayName = person.displayName ?? person.samAccountName;
  return {
    samAccountName: person.samAccountName,
    commonName: displayName,
    password: person.password,
    unit: person.unit,
    states: person.states ?? [],
    // An empty list removes the attribute.
    attributes: {
      userPrincipalName: person.userPrincipalName ?? `${person.samAccountName}@${upnSuffix}`,
      displayName,
      givenName: person.givenName ?? [],
      sn: person.surname ?? [],
      mail: person.mail ?? [],
      otherMailbox: person.otherMailboxes ?? [],
      mobile: person.mobile ?? [],
    },
  };
}
