// The bases of the settings: what is refused, and which one a name is in.

import { EqualityFilter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { parseDistinguishedName } from '../../../../src/agent/directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import { baseAround, filterAttributes, readManagedBases, within } from '../../../../src/agent/ldap/managed-bases.js';

const WHOLE = 'dc=example,dc=com';
const everybody = new EqualityFilter({ attribute: 'objectClass', value: 'person' });

test('without any, everybody of the directory’s base is in it', () => {
  const [base] = readManagedBases(WHOLE, []);
  expect(base).toMatchObject({ dn: WHOLE, filter: undefined });
});

test('a name is in the base around it, and is asked for with its filter', () => {
  const bases = readManagedBases(WHOLE, [
    { dn: `ou=staff,${WHOLE}`, filter: '(employeeType=staff)' },
    { dn: `ou=guests,${WHOLE}` },
  ]);
  const of = (dn: string) => baseAround(bases, parseDistinguishedName(dn));
  const asked = (dn: string) => within(of(dn) ?? { filter: undefined }, everybody).toString();
  expect(asked(`uid=ada,ou=Staff,${WHOLE}`)).toBe('(&(objectClass=person)(employeeType=staff))');
  expect(asked(`uid=ada,ou=guests,${WHOLE}`)).toBe('(objectClass=person)');
  expect(of(`uid=ada,ou=others,${WHOLE}`)).toBeUndefined();
});

test('what the filters look at is known, since a change of it is one of who is managed here', () => {
  const filter =
    '(&(employeeType=staff)(!(title=Robot*))(|(mail=*)(accountLevel>=3)(memberOf:1.2.840.113556.1.4.1941:=CN=x)(cn;lang-de=a)))';
  expect(filterAttributes([{ dn: WHOLE, filter }, { dn: WHOLE }])).toEqual([
    'employeeType',
    'title',
    'mail',
    'accountLevel',
    'memberOf',
    'cn',
  ]);
});

describe('refused with what to do', () => {
  test.each([
    ['outside the directory’s base', [{ dn: 'ou=staff,dc=other,dc=com' }], /is not within dc=example/],
    ['within another', [{ dn: WHOLE }, { dn: `ou=staff,${WHOLE}` }], /is within dc=example.*name one of them/],
    ['named twice', [{ dn: WHOLE }, { dn: 'DC=Example,DC=com' }], /name one of them/],
    ['with a filter that is none', [{ dn: WHOLE, filter: '(employeeType=' }], /RFC 4515/],
    [
      'with bytes beyond ASCII in a filter',
      [{ dn: WHOLE, filter: '(cn=M\\c3\\bcller)' }],
      /write the characters themselves/,
    ],
  ])('%s', (_, settings, message) => {
    expect(() => readManagedBases(WHOLE, settings)).toThrow(DirectoryMisconfigured);
    expect(() => readManagedBases(WHOLE, settings)).toThrow(message);
  });
});
