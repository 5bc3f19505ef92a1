// What may be done to an account: every reason, alone and in its order, and what must not close an account.

import { describe, expect, test } from 'vitest';
import { decideDisposition, type WriteBackRules } from '../../../../src/agent/accounts/decide-disposition.js';
import { EVERYBODY_MANAGED } from '../../../../src/agent/accounts/judge-managed.js';
import type { AccountState } from '../../../../src/agent/directory/directory-account.js';
import { MalformedDistinguishedName } from '../../../../src/agent/directory/distinguished-name.js';
import { CONTACT_REASONS } from '../../../../src/protocol/dispositions.js';
import { aPerson } from '../../../support/fake-directory.js';

const NOW_MS = Date.UTC(2026, 5, 1);

function rules(changes: Partial<WriteBackRules> = {}): WriteBackRules {
  return {
    managed: EVERYBODY_MANAGED,
    isOn: true,
    operations: { reset: true, unlock: true, change: false, signIn: false },
    scopeBases: ['OU=People,DC=corp,DC=example,DC=com'],
    excludedBases: [],
    excludedIdentities: [],
    excludedSignInNames: [],
    ...changes,
  };
}

const decide = (state: Partial<AccountState> = {}, changes: Partial<WriteBackRules> = {}) =>
  decideDisposition(aPerson({ state }), rules(changes), NOW_MS);

describe('an ordinary account', () => {
  test('may be reset, and not unlocked while it is not locked', () => {
    expect(decide()).toEqual({
      kind: 'write-back',
      reset: { kind: 'allowed' },
      change: { kind: 'closed', reason: 'not-enabled' },
      unlock: { kind: 'closed', reason: 'not-locked' },
      signIn: { kind: 'closed', reason: 'not-enabled' },
    });
  });

  test('may be unlocked when it is locked', () => {
    expect(decide({ isLocked: true })).toMatchObject({ unlock: { kind: 'allowed' } });
  });

  test('has each operation closed that is not turned on, locked or not', () => {
    for (const isLocked of [true, false]) {
      expect(
        decide({ isLocked }, { operations: { reset: false, unlock: false, change: false, signIn: false } }),
      ).toMatchObject({
        kind: 'write-back',
        reset: { kind: 'closed', reason: 'not-enabled' },
        unlock: { kind: 'closed', reason: 'not-enabled' },
      });
    }
  });

  test('may sign in where that is turned on, which nothing else turns on', () => {
    const operations = { reset: false, unlock: false, change: false, signIn: true };
    expect(decide({}, { operations })).toMatchObject({ signIn: { kind: 'allowed' } });
    const others = { reset: true, unlock: true, change: true, signIn: false };
    expect(decide({}, { operations: others })).toMatchObject({ signIn: { kind: 'closed', reason: 'not-enabled' } });
  });

  test('may be reset when its password must be changed or has expired', () => {
    expect(decide({ mustChange: true, isPasswordExpired: true })).toMatchObject({ reset: { kind: 'allowed' } });
  });

  test('counts as inside a scope that is spelled otherwise', () => {
    expect(decide({}, { scopeBases: ['ou=PEOPLE, dc=corp, dc=example, dc=com'] }).kind).toBe('write-back');
  });
});

describe('an account is left to its administrator', () => {
  const { anchor } = aPerson();
  test.each<[string, Partial<AccountState>, Partial<WriteBackRules>]>([
    ['write-back-off', {}, { isOn: false }],
    ['outside-write-back-scope', {}, { scopeBases: [] }],
    ['outside-write-back-scope', {}, { scopeBases: ['OU=Partners,DC=corp,DC=example,DC=com'] }],
    ['outside-write-back-scope', {}, { excludedBases: ['OU=People,DC=corp,DC=example,DC=com'] }],
    ['outside-write-back-scope', {}, { excludedBases: [aPerson().distinguishedName] }],
    ['protected-account', {}, { excludedIdentities: [anchor] }],
    ['protected-account', {}, { excludedSignInNames: [aPerson().distinguishedName] }],
    ['protected-account', { isProtected: true }, {}],
    ['protected-account', { isSystemObject: true }, {}],
    ['disabled', { isDisabled: true }, {}],
    ['account-expired', { accountExpiresAtMs: NOW_MS }, {}],
    ['cannot-change-password', { cannotChangePassword: true }, {}],
    ['smartcard-required', { isSmartcardRequired: true }, {}],
    ['service-or-trust-account', { isServiceOrTrust: true }, {}],
  ])('%s', (reason, state, changes) => {
    expect(decide(state, changes)).toEqual({ kind: 'contact-administrator', reason });
  });

  test('but not for an end that lies ahead', () => {
    expect(decide({ accountExpiresAtMs: NOW_MS + 1 }).kind).toBe('write-back');
  });

  test('for the first of several reasons, in the order of the protocol', () => {
    const elsewhere: readonly string[] = ['agent-not-permitted', 'sign-in-restricted'];
    const everyReason = CONTACT_REASONS.filter((reason) => !elsewhere.includes(reason));
    const state: AccountState = {
      ...aPerson().state,
      isProtected: true,
      isDisabled: true,
      accountExpiresAtMs: 0,
      cannotChangePassword: true,
      isSmartcardRequired: true,
      isServiceOrTrust: true,
    };
    const cleared: [Partial<AccountState>, Partial<WriteBackRules>][] = [
      [{}, { isOn: false, scopeBases: [] }],
      [{}, { scopeBases: [] }],
      [{}, {}],
      [{ isProtected: false }, {}],
      [{ isDisabled: false }, {}],
      [{ accountExpiresAtMs: undefined }, {}],
      [{ cannotChangePassword: false }, {}],
      [{ isSmartcardRequired: false }, {}],
    ];
    let current = state;
    const reasons = cleared.map(([change, ruleChanges]) => {
      current = { ...current, ...change };
      const disposition = decide(current, ruleChanges);
      return disposition.kind === 'contact-administrator' ? disposition.reason : disposition.kind;
    });

    expect(reasons).toEqual(everyReason);
  });
});

test('refuses a rule that is no name rather than skip it', () => {
  expect(() => decide({}, { excludedBases: ['people'] })).toThrow(MalformedDistinguishedName);
});
