// The lab's people as LDIF: what a loader reads back is what was meant, and nobody is put into a state that is not there.

import { expect, test } from 'vitest';
import { dirsrvEntries, dirsrvPeople } from '../../../scripts/lab/dirsrv-people.js';
import { ldifOf } from '../../../scripts/lab/ldif.js';
import { openLdapEntries, openLdapPeople } from '../../../scripts/lab/openldap-people.js';
import { LDAP_SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';

const OPTIONS = { suffix: 'dc=example,dc=com', at: new Date('2026-03-01T12:00:00Z') };

test.each([
  ['plain', 'cn: plain'],
  ['', 'cn: '],
  ['Jörg', 'cn:: SsO2cmc='],
  [' leading', 'cn:: IGxlYWRpbmc='],
  ['trailing ', 'cn:: dHJhaWxpbmcg'],
  [':colon', 'cn:: OmNvbG9u'],
  ['<file', 'cn:: PGZpbGU='],
  ['two\nlines', 'cn:: dHdvCmxpbmVz'],
])('%j is written as %j', (cn, line) => {
  expect(ldifOf([{ dn: 'cn=x', attributes: { cn } }])).toBe(`dn: cn=x\n${line}\n\n`);
});

test('nothing is written for what is undefined or empty, and a line for each of several values', () => {
  const attributes = { cn: ['a', 'b'], sn: undefined, mail: [] };
  expect(ldifOf([{ dn: 'cn=x', attributes }])).toBe('dn: cn=x\ncn: a\ncn: b\n\n');
});

test.each([
  ['OpenLDAP', openLdapEntries, 'pwdAccountLockedTime', '20260301120000Z', '000001010000Z'],
  ['389 Directory Server', dirsrvEntries, 'accountUnlockTime', '19700101000000Z', undefined],
])('%s holds who is locked, and who is disabled, in its own way', (_, entries, attribute, locked, disabled) => {
  const heldBy = (uid: string) =>
    entries(LDAP_SAMPLE_POPULATION, OPTIONS).find(({ attributes }) => attributes.uid === uid)?.attributes[attribute];
  expect([heldBy('bert'), heldBy('dora'), heldBy('ada')]).toEqual([locked, disabled, undefined]);
});

test('who is in a state that a directory does not have is not in it', () => {
  const names = (people: typeof LDAP_SAMPLE_POPULATION.people) => people.map(({ samAccountName }) => samAccountName);
  expect(names(openLdapPeople(LDAP_SAMPLE_POPULATION))).toContain('emil');
  expect(names(dirsrvPeople(LDAP_SAMPLE_POPULATION))).not.toContain('emil');
  for (const people of [openLdapPeople, dirsrvPeople]) {
    expect(names(people(LDAP_SAMPLE_POPULATION))).not.toContain('fred');
  }
});
