// The value of a password modify request, byte by byte, and that it does not show.

import { BerReader } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { passwordModifyValue } from '../../../../src/agent/ldap/password-modify.js';
import { looksStored } from '../../../../src/agent/ldap/stored-password.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function fieldsOf(value: Buffer) {
  const reader = new BerReader(value);
  reader.readSequence();
  const fields: Record<string, string> = {};
  for (let tag = reader.peek(); tag !== null; tag = reader.peek()) {
    fields[tag.toString(16)] = reader.readString(tag) ?? '';
  }
  return fields;
}

test('a reset names the person and the new password', () => {
  const value = passwordModifyValue({
    distinguishedName: 'uid=ada,ou=People,dc=example,dc=com',
    currentPassword: undefined,
    password: bytes('Grün-58'),
  });

  expect(fieldsOf(value)).toEqual({ '80': 'uid=ada,ou=People,dc=example,dc=com', '82': 'Grün-58' });
});

test('a change of one’s own names both passwords, and nobody', () => {
  const value = passwordModifyValue({
    distinguishedName: undefined,
    currentPassword: bytes('old'),
    password: bytes('new'),
  });

  expect(value.toString('hex')).toBe('300a81036f6c6482036e6577');
});

test.each([127, 128, 255, 256, 1000])('lengths are written right: %i bytes', (length) => {
  const password = 'x'.repeat(length);
  const value = passwordModifyValue({
    distinguishedName: 'uid=a',
    currentPassword: bytes(password),
    password: bytes(password),
  });

  expect(fieldsOf(value)).toEqual({ '80': 'uid=a', '81': password, '82': password });
});

test('a server is never asked to make a password up', () => {
  expect(() =>
    passwordModifyValue({ distinguishedName: 'uid=a', currentPassword: undefined, password: bytes('') }),
  ).toThrow(/never left to the server/);
});

test('what ldapts makes of it for a debug line shows nothing', () => {
  const request = {
    value: passwordModifyValue({ distinguishedName: 'uid=a', currentPassword: undefined, password: bytes('x') }),
  };

  expect(JSON.stringify(request)).toBe('{"value":"[secret]"}');
});

describe('a password that a directory could take for a stored form', () => {
  test.each([
    ['{SSHA}c2VjcmV0', true],
    ['{CLEARTEXT}x', true],
    ['{x} y', true],
    ['{x', false],
    ['x{SSHA}y', false],
    ['x}', false],
  ])('%s: %s', (password, isOne) => {
    expect(looksStored(bytes(password))).toBe(isOne);
  });
});
