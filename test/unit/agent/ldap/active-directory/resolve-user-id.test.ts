// What is asked for a user ID: whole values of four attributes, whatever was typed.

import fc from 'fast-check';
import { AndFilter, EqualityFilter, OrFilter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { USUAL_PERSON } from '../../../../../src/agent/ldap/active-directory/read-account.js';
import { accountsNamed } from '../../../../../src/agent/ldap/active-directory/resolve-user-id.js';
import { anyCharacter } from '../../../../support/any-text.js';

const DOMAIN = { namingContext: 'DC=corp,DC=example,DC=com', dnsName: 'corp.example.com', netbiosName: 'CORP' };

/** The attribute and value of every name that is asked for. */
function asked(userId: string): [string, unknown][] | undefined {
  const filter = accountsNamed(userId, DOMAIN, USUAL_PERSON.mail);
  if (filter === undefined) return undefined;
  const [kind, names] = filter instanceof AndFilter ? filter.filters : [];
  expect(kind).toEqual(new EqualityFilter({ attribute: 'objectClass', value: 'user' }));
  if (!(names instanceof OrFilter)) throw new Error('no names');
  return names.filters.map((name) => {
    if (!(name instanceof EqualityFilter)) throw new Error('not an equality');
    return [name.attribute, name.value];
  });
}

describe('asks for', () => {
  test.each([
    ['ada', [['sAMAccountName', 'ada']]],
    ['corp\\ada', [['sAMAccountName', 'ada']]],
    ['corp.example.com\\ada', [['sAMAccountName', 'ada']]],
    [
      'ada@example.com',
      [
        ['userPrincipalName', 'ada@example.com'],
        ['mail', 'ada@example.com'],
        ['proxyAddresses', 'smtp:ada@example.com'],
      ],
    ],
    [
      'ada@corp.example.com',
      [
        ['userPrincipalName', 'ada@corp.example.com'],
        ['sAMAccountName', 'ada'],
        ['mail', 'ada@corp.example.com'],
        ['proxyAddresses', 'smtp:ada@corp.example.com'],
      ],
    ],
  ])('%s', (userId, names) => {
    expect(asked(userId)).toEqual(names);
  });

  test.each(['', 'other\\ada', '\\ada', 'corp\\', 'corp\\a\\b', '*', 'a*', 'a+b', 'corp\\a@b'])(
    'nobody: %j',
    (userId) => {
      expect(asked(userId)).toBeUndefined();
    },
  );

  test('whole values, whatever was typed: never a pattern, never another attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (userId) => {
        for (const [attribute, value] of asked(userId) ?? []) {
          expect(['sAMAccountName', 'userPrincipalName', 'mail', 'proxyAddresses']).toContain(attribute);
          expect(`smtp:${userId}`).toContain(value);
        }
      }),
    );
  });
});
