// What an account says of its person by the attributes that the settings name, and by which conditions its addresses are found.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { USUAL_PERSON } from '../../../../src/agent/ldap/person-entry.js';
import {
  ADDRESS_TRANSFORMS,
  addressesFrom,
  addressFilters,
  mappedAttributes,
  NAME_TRANSFORMS,
  nameFrom,
  personMap,
} from '../../../../src/agent/ldap/person-map.js';
import { anEntry } from '../../../support/ldap-entries.js';

const entry = anEntry({
  dn: 'uid=ada,dc=example,dc=com',
  cn: 'Lovelace, Ada',
  empty: '',
  spaced: '  Ada  ',
  mail: ['ada@example.com', 'Ada@Example.com', 'a.lovelace@example.com'],
  proxyAddresses: ['SMTP:ada@corp.example.com', 'smtp:ADA@example.com', 'x500:/o=corp/cn=ada', 'smtp'],
});

describe('a name', () => {
  test.each([
    [
      'the first with a value',
      [{ attribute: 'displayName' }, { attribute: 'empty' }, { attribute: 'cn' }],
      'Lovelace, Ada',
    ],
    ['without white space around it', [{ attribute: 'spaced', transform: 'trim' }], 'Ada'],
    ['with the given name first', [{ attribute: 'cn', transform: 'given-name-first' }], 'Ada Lovelace'],
    ['what is fixed, for whoever has none', [{ attribute: 'displayName' }, { fixed: 'A colleague' }], 'A colleague'],
    ['none', [{ attribute: 'displayName' }], undefined],
    ['none by no attribute at all', [], undefined],
  ] as const)('is %s', (_, sources, name) => {
    expect(nameFrom(sources, entry)).toBe(name);
  });

  test.each(['Ada', 'Lovelace, Ada, Countess', 'Lovelace,', ', Ada', ''])(
    'that is not exactly a surname, a comma and a given name stays as it is: %j',
    (cn) => {
      const sources = [{ attribute: 'cn', transform: 'given-name-first' }] as const;

      expect(nameFrom(sources, anEntry({ dn: 'cn=x', cn })) ?? '').toBe(cn);
    },
  );
});

describe('addresses', () => {
  test('are those of every source, each once', () => {
    const sources = [{ attribute: 'mail' }, { attribute: 'proxyAddresses', transform: 'smtp-address' }] as const;

    expect(addressesFrom(sources, entry)).toEqual([
      'ada@example.com',
      'a.lovelace@example.com',
      'ada@corp.example.com',
    ]);
  });

  test('are none of no source', () => {
    expect(addressesFrom([], entry)).toEqual([]);
    expect(addressFilters([], 'ada@example.com')).toEqual([]);
  });

  test('whatever an address is made of, the condition it is found by holds for the value it came from', () => {
    const anyAddress = fc.stringMatching(/^[a-zA-Z.]{1,12}@[a-zA-Z.]{1,12}$/);
    fc.assert(
      fc.property(anyAddress, fc.constantFrom(undefined, ...ADDRESS_TRANSFORMS), (address, transform) => {
        const value =
          transform === 'smtp-address' ? `SMTP:${address}` : transform === 'trim' ? ` ${address} ` : address;
        const sources = [{ attribute: 'mail', transform }];
        const [found = ''] = addressesFrom(sources, anEntry({ dn: 'cn=x', mail: value }));
        const [filter] = addressFilters(sources, found);
        // As servers compare: without regard to case and to white space around it (RFC 4518).
        expect(filter?.toString().toLowerCase()).toBe(`(mail=${value.trim()})`.toLowerCase());
      }),
    );
  });
});

test('no transform can make text of nothing, or fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(undefined, ...NAME_TRANSFORMS), (cn, transform) => {
      const name = nameFrom([{ attribute: 'cn', transform }], anEntry({ dn: 'cn=x', cn }));
      expect(name === undefined || name.length > 0).toBe(true);
    }),
  );
});

test('what the settings do not give is as the kind of directory has it', () => {
  const map = personMap({ mail: [{ attribute: 'rfc822Mailbox' }], surname: undefined }, USUAL_PERSON);

  expect(map).toEqual({ ...USUAL_PERSON, mail: [{ attribute: 'rfc822Mailbox' }] });
  expect(mappedAttributes(map)).toEqual(['displayName', 'cn', 'givenName', 'sn', 'rfc822Mailbox']);
});
