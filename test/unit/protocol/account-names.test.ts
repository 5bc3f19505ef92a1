// What an account answers to: each name once, in the one form in which names are compared.

import { expect, test } from 'vitest';
import { accountNames, ownNames } from '../../../src/protocol/account-names.js';
import { anAccount } from '../../support/front-door-builders.js';

const account = anAccount({
  userPrincipalName: 'Ada@Example.com',
  samAccountName: 'ADA',
  domainName: 'CORP',
  mail: ['ada@example.com', 'Ada.Lovelace@example.com'],
});

test('every name once, however it is spelled', () => {
  expect(accountNames(account)).toEqual(['ada@example.com', 'ada.lovelace@example.com', 'ada', 'corp\\ada']);
  expect(ownNames(account)).toEqual(['ada@example.com', 'ada.lovelace@example.com', 'ada']);
});

test('what is no name, an empty address or one of nothing but blanks, is left out', () => {
  expect(ownNames({ samAccountName: 'ada', mail: ['', '  '] })).toEqual(['ada']);
});
