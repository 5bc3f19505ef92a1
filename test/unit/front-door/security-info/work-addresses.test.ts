// Which addresses open with the very password that may be lost.

import { expect, test } from 'vitest';
import { workAddresses } from '../../../../src/front-door/security-info/work-addresses.js';
import { aTenant } from '../../../support/front-door-builders.js';

const tenant = aTenant({ domains: ['example.com'] });
const person = {
  kind: 'directory',
  userIds: ['ada@example.com', 'a.lovelace@west.example.com', 'ada@elsewhere.example', 'ada', 'corp\\ada'],
  addresses: [],
} as const;

test('what a directory’s account answers to within its organisation’s domains does, and nothing else', () => {
  expect(workAddresses(person, tenant)).toEqual(['ada@example.com', 'a.lovelace@west.example.com']);
});

test('where an organisation names no domains, every address that the account answers to does', () => {
  const addresses = ['ada@example.com', 'a.lovelace@west.example.com', 'ada@elsewhere.example'];
  expect(workAddresses(person, { domains: [] })).toEqual(addresses);
});

test('one that the directory itself names as private does not', () => {
  expect(workAddresses({ ...person, addresses: ['Ada@Example.com'] }, tenant)).toEqual(['a.lovelace@west.example.com']);
});

test('none does of an account of the front door’s own, whose password opens no mailbox', () => {
  expect(workAddresses({ ...person, kind: 'cloud-only' }, tenant)).toEqual([]);
});
