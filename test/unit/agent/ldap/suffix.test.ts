// The naming context of a base, and the name made of it.

import { expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import { suffixOf } from '../../../../src/agent/ldap/suffix.js';
import { anEntry } from '../../../support/ldap-entries.js';

const suffix = (namingContexts: string[], base: string) =>
  suffixOf(anEntry({ dn: '', namingContexts }), base, 'ldaps://ldap1');

test.each([
  [['dc=example,dc=com'], 'ou=People,DC=Example,dc=com', 'dc=example,dc=com', 'example.com'],
  [['cn=changelog', 'dc=example,dc=com'], 'dc=example,dc=com', 'dc=example,dc=com', 'example.com'],
  [['dc=com', 'dc=eu,dc=com'], 'ou=a,dc=eu,dc=com', 'dc=eu,dc=com', 'eu.com'],
  [['o=Example Corp'], 'ou=a,o=example corp', 'o=Example Corp', 'Example Corp'],
  [['ou=x,o=Example'], 'ou=x,o=Example', 'ou=x,o=Example', 'x'],
])('of %j the one that holds %s', (contexts, base, distinguishedName, domainName) => {
  expect(suffix(contexts, base)).toEqual({ distinguishedName, domainName });
});

test('none that holds the base is a mistake in the settings', () => {
  expect(() => suffix(['dc=example,dc=com'], 'dc=example,dc=org')).toThrow(DirectoryMisconfigured);
});
