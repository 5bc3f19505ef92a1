// A password policy of 389 Directory Server as rules: its own in cn=config, or an entry of class passwordpolicy. Pure.
// What an entry does not say has the server's default (Red Hat Directory Server 12, "Configuration and schema reference").

import type { LdapEntry } from '../ldap-entry.js';

export interface Rules389 {
  /** In characters; 0 where the syntax is not checked. */
  readonly lengthMin: number;
  /** Of digits, capitals, small letters, symbols and characters beyond ASCII; 0 where the syntax is not checked. */
  readonly kindsMin: number;
  readonly historyLength: number;
  readonly ageMinMs: number;
  readonly doPasswordsExpire: boolean;
  /** Failed attempts that lock; 0: never. */
  readonly failuresMax: number;
  /** For how long one counts; 0: until one succeeds. */
  readonly failureWindowMs: number;
  /** Whether who gets a password from somebody else has to change it. */
  readonly isMustChangeKept: boolean;
  readonly mayPeopleChange: boolean;
}

export const RULE_ATTRIBUTES = [
  'objectClass',
  'passwordCheckSyntax',
  'passwordMinLength',
  'passwordMinCategories',
  'passwordHistory',
  'passwordInHistory',
  'passwordMinAge',
  'passwordExp',
  'passwordLockout',
  'passwordMaxFailure',
  'passwordResetFailureCount',
  'passwordMustChange',
  'passwordChange',
  'nsslapd-pwpolicy-local',
];

/** Undefined when its values may not be read: an entry that shows its class and no value at all cannot be told from that. */
export function rulesIn(entry: LdapEntry): Rules389 | undefined {
  const values = RULE_ATTRIBUTES.filter((name) => name.startsWith('password'));
  if (values.every((name) => entry.text(name) === undefined)) return undefined;
  const isOn = (name: string, otherwise: 'on' | 'off') => (entry.text(name) ?? otherwise).toLowerCase() === 'on';
  const number = (name: string, otherwise: number) => Number(entry.integer(name) ?? BigInt(otherwise));
  const isSyntaxChecked = isOn('passwordCheckSyntax', 'off');
  return {
    lengthMin: isSyntaxChecked ? number('passwordMinLength', 8) : 0,
    kindsMin: isSyntaxChecked ? number('passwordMinCategories', 3) : 0,
    historyLength: isOn('passwordHistory', 'off') ? number('passwordInHistory', 6) : 0,
    ageMinMs: number('passwordMinAge', 0) * 1000,
    doPasswordsExpire: isOn('passwordExp', 'off'),
    failuresMax: isOn('passwordLockout', 'off') ? number('passwordMaxFailure', 3) : 0,
    failureWindowMs: number('passwordResetFailureCount', 600) * 1000,
    isMustChangeKept: isOn('passwordMustChange', 'off'),
    mayPeopleChange: isOn('passwordChange', 'on'),
  };
}

/** Whether policies of entries' own count for nothing. Where that may not be read, an entry that names one is believed. */
export function areOwnPoliciesOff(config: LdapEntry): boolean {
  return config.text('nsslapd-pwpolicy-local')?.toLowerCase() === 'off';
}
