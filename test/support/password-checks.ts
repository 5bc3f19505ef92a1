// Builds what a password is checked against: an ordinary account under an ordinary domain policy, one thing changed at a time.

import { createBannedWords } from '../../src/agent/passwords/banned-words.js';
import type { PasswordCheck } from '../../src/agent/passwords/check-password.js';
import type { RuleModes } from '../../src/agent/passwords/rule-verdicts.js';
import type { PasswordPolicy } from '../../src/protocol/password-policy.js';
import { admitPassword } from '../../src/protocol/password-text.js';

export const DAY_MS = 86_400_000;

export const DOMAIN_POLICY: PasswordPolicy = {
  source: 'domain',
  lengthMin: 12,
  mustBeComplex: true,
  historyLength: 24,
  historyOnReset: 'enforced',
  ageMinMs: DAY_MS,
};

export const ALL_ENFORCED: RuleModes = {
  'too-short': 'enforce',
  'not-complex': 'enforce',
  'contains-name': 'enforce',
  'banned-word': 'enforce',
  breached: 'enforce',
  'too-young': 'enforce',
  'in-history': 'enforce',
};

const bannedWords = createBannedWords({ custom: ['Fabrikam'] });

/** A password that every rule lets pass, of Ada Example, whose password is a week old. */
export function passwordCheck(changes: Partial<PasswordCheck> & { readonly password?: string } = {}): PasswordCheck {
  const { password = '7 Otters sing a song', ...rest } = changes;
  return {
    text: admitPassword(password),
    operation: 'change',
    account: {
      samAccountName: 'aexample',
      displayName: 'Ada Example (Sales)',
      givenName: 'Ada',
      surname: 'Example',
      userPrincipalName: 'ada.example@corp.example.com',
    },
    organisationNames: ['Contoso'],
    policy: DOMAIN_POLICY,
    passwordAge: { kind: 'set', ageMs: 7 * DAY_MS },
    schemePrefix: 'taken-as-text',
    bannedWords,
    breach: { kind: 'answered', timesSeen: 0 },
    modes: ALL_ENFORCED,
    ...rest,
  };
}
