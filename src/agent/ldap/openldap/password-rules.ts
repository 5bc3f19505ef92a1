// A password policy entry of the ppolicy overlay as rules (slapo-ppolicy(5)). Pure.

import type { LdapEntry } from '../ldap-entry.js';

export interface OpenLdapRules {
  /** In bytes, as the overlay counts; 0 where it does not look at the quality. */
  readonly lengthMin: number;
  readonly historyLength: number;
  readonly ageMinMs: number;
  /** 0: passwords do not expire. */
  readonly ageMaxMs: number;
  /** Failed attempts that lock; 0: never. */
  readonly failuresMax: number;
  /** For how long one counts; 0: until one succeeds. */
  readonly failureWindowMs: number;
  /** For how long a lock holds; 0: until somebody unlocks. */
  readonly lockoutMs: number;
  /** Whether `pwdReset` makes a person change the password. */
  readonly isMustChangeKept: boolean;
  readonly mayPeopleChange: boolean;
}

export const RULE_ATTRIBUTES = [
  'pwdAttribute',
  'pwdMinLength',
  'pwdCheckQuality',
  'pwdInHistory',
  'pwdMinAge',
  'pwdMaxAge',
  'pwdLockout',
  'pwdMaxFailure',
  'pwdFailureCountInterval',
  'pwdLockoutDuration',
  'pwdMustChange',
  'pwdAllowUserChange',
];

/** What holds where the overlay is not loaded. */
export const NO_RULES: OpenLdapRules = {
  lengthMin: 0,
  historyLength: 0,
  ageMinMs: 0,
  ageMaxMs: 0,
  failuresMax: 0,
  failureWindowMs: 0,
  lockoutMs: 0,
  isMustChangeKept: false,
  mayPeopleChange: true,
};

/** Undefined when the entry is no policy, or its values may not be read: `pwdAttribute` is on every one. */
export function rulesIn(entry: LdapEntry): OpenLdapRules | undefined {
  if (entry.text('pwdAttribute') === undefined) return undefined;
  const number = (name: string) => Number(entry.integer(name) ?? 0n);
  const seconds = (name: string) => number(name) * 1000;
  return {
    lengthMin: number('pwdCheckQuality') > 0 ? number('pwdMinLength') : 0,
    historyLength: number('pwdInHistory'),
    ageMinMs: seconds('pwdMinAge'),
    ageMaxMs: seconds('pwdMaxAge'),
    failuresMax: isTrue(entry.text('pwdLockout')) ? number('pwdMaxFailure') : 0,
    failureWindowMs: seconds('pwdFailureCountInterval'),
    lockoutMs: seconds('pwdLockoutDuration'),
    isMustChangeKept: isTrue(entry.text('pwdMustChange')),
    // Absent means that they may.
    mayPeopleChange: entry.text('pwdAllowUserChange')?.toUpperCase() !== 'FALSE',
  };
}

function isTrue(text: string | undefined): boolean {
  return text?.toUpperCase() === 'TRUE';
}
