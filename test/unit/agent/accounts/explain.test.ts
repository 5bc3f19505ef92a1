// What `explain` tells of a disposition, and what the front door is told of an account.

import { expect, test } from 'vitest';
import type { WriteBackRules } from '../../../../src/agent/accounts/decide-disposition.js';
import { explainDisposition, renderExplanation } from '../../../../src/agent/accounts/explain.js';
import { EVERYBODY_MANAGED } from '../../../../src/agent/accounts/judge-managed.js';
import { toManagedAccount } from '../../../../src/agent/accounts/managed-account.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { managedAccountSchema } from '../../../../src/protocol/managed-accounts.js';
import { aPerson } from '../../../support/fake-directory.js';

const RULES: WriteBackRules = {
  managed: EVERYBODY_MANAGED,
  isOn: true,
  operations: { reset: true, unlock: false, change: false, signIn: false },
  scopeBases: ['OU=People,DC=corp,DC=example,DC=com'],
  excludedBases: [],
  excludedIdentities: [],
  excludedSignInNames: [],
};
const DISPOSITION = { kind: 'contact-administrator', reason: 'disabled' } as const;

test('names every fact, and marks the one that decided', () => {
  const explanation = explainDisposition(aPerson({ state: { isDisabled: true, isSmartcardRequired: true } }), RULES, 0);

  expect(explanation.disposition).toEqual(DISPOSITION);
  const told = explanation.facts.filter(({ consequence }) => consequence !== undefined);
  expect(told).toEqual([
    { fact: 'disabled', value: 'yes', consequence: 'disabled' },
    { fact: 'smart card required', value: 'yes', consequence: 'smartcard-required (would follow)' },
  ]);
  expect(explanation.facts.map(({ fact }) => fact)).toEqual(
    expect.arrayContaining(['locked', 'within the write-back scope']),
  );
});

test('names the rule that took somebody or left them, and what would follow if it were gone', () => {
  const exclude = [{ kind: 'below', dn: 'OU=People,DC=corp,DC=example,DC=com' }] as const;
  const person = aPerson({ state: { isDisabled: true } });
  const { disposition, facts } = explainDisposition(person, { ...RULES, managed: { include: [], exclude } }, 0);

  expect(disposition).toEqual({ kind: 'not-managed-here' });
  expect(facts.filter(({ consequence }) => consequence !== undefined)).toEqual([
    {
      fact: 'managed here',
      value: 'no, since the rules exclude whoever is below OU=People,DC=corp,DC=example,DC=com',
      consequence: 'not-managed-here',
    },
    { fact: 'disabled', value: 'yes', consequence: 'disabled (would follow)' },
  ]);
  expect(explainDisposition(person, RULES, 0).facts).toContainEqual({
    fact: 'managed here',
    value: 'yes, since it is in DC=corp,DC=example,DC=com',
    consequence: undefined,
  });
});

test('shows the base that puts the account in scope', () => {
  const { facts } = explainDisposition(aPerson(), RULES, 0);

  expect(facts).toContainEqual({
    fact: 'within the write-back scope',
    value: RULES.scopeBases[0],
    consequence: undefined,
  });
});

test('ends with the answer, operation by operation', () => {
  const lines = renderExplanation(explainDisposition(aPerson({ state: { isLocked: true } }), RULES, 0));

  expect(lines.slice(-5)).toEqual([
    'write-back',
    '  reset    allowed',
    '  change   closed: not-enabled',
    '  unlock   closed: not-enabled',
    '  sign-in  closed: not-enabled',
  ]);
  expect(lines.join('\n')).toMatch(/^signing in here is turned on +no$/m);
});

test('never passes terminal escapes of the directory on', () => {
  const lines = renderExplanation(explainDisposition(aPerson({ userPrincipalName: 'a\u001b[2Jb\u202e@x' }), RULES, 0));

  expect(lines.join(' ')).not.toMatch(/\p{Cc}|\p{Cf}/u);
});

test('what the front door learns fits the protocol, however much the directory holds', () => {
  const long = 'x'.repeat(2000);
  const account = aPerson({
    displayName: `${'y'.repeat(LIMITS.nameUnitsMax - 1)}😀`,
    samAccountName: long,
    userPrincipalName: long,
    mail: [`${long}@example.com`, ...Array.from({ length: 20 }, (_, at) => `ada${at}@example.com`)],
    resetMail: [long],
    resetPhones: [
      long,
      '+44 7700 900947',
      '+44 (0)7700 900947',
      '07700 900947',
      ...Array.from({ length: 9 }, (_, at) => `+4477009001${at}0`),
    ],
  });

  const managed = toManagedAccount(account, DISPOSITION, []);

  expect(managedAccountSchema.parse(managed)).toEqual(managed);
  expect(managed.displayName.isWellFormed()).toBe(true);
  expect(managed.mail).toEqual(Array.from({ length: LIMITS.addressesMax }, (_, at) => `ada${at}@example.com`));
  expect(managed.resetMail).toEqual([]);
  // As they are dialled, each once; what has no country is nobody's.
  expect(managed.resetPhones).toEqual(['+447700900947', '+447700900100', '+447700900110', '+447700900120']);
  expect(managed.userPrincipalName).toBeUndefined();
});

test('a phone that is left out is told with the reason', () => {
  const { facts } = explainDisposition(aPerson({ resetPhones: ['+44 7700 900947', '07700 900947'] }), RULES, 0);
  const told = facts.find(({ fact }) => fact === 'phones for codes')?.value;
  expect(told).toBe('+447700900947, 07700 900947 (left out: no + and country code)');
});
