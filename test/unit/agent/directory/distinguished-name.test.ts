// Distinguished names by RFC 4514: read, compared and written back, with the standard's own examples and any other text.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDistinguishedName,
  isSameName,
  isSameText,
  isTextWithin,
  isWithin,
  MalformedDistinguishedName,
  parseDistinguishedName,
} from '../../../../src/agent/directory/distinguished-name.js';
import { anyCharacter } from '../../../support/any-text.js';

const parse = parseDistinguishedName;
const firstValue = (text: string) => parse(text)[0]?.[0]?.value;

describe('reads names (RFC 4514 §4 and what directories send)', () => {
  test.each([
    [
      'UID=jsmith,DC=example,DC=net',
      [
        ['UID', 'jsmith'],
        ['DC', 'example'],
        ['DC', 'net'],
      ],
    ],
    [
      'CN=James \\"Jim\\" Smith\\, III,DC=example',
      [
        ['CN', 'James "Jim" Smith, III'],
        ['DC', 'example'],
      ],
    ],
    [
      'CN=Before\\0dAfter,DC=example',
      [
        ['CN', 'Before\rAfter'],
        ['DC', 'example'],
      ],
    ],
    ['CN=Lu\\C4\\8Di\\C4\\87', [['CN', 'Lučić']]],
    ['CN=Jörg Müßig', [['CN', 'Jörg Müßig']]],
    ['1.3.6.1.4.1.1466.0=#04024869', [['1.3.6.1.4.1.1466.0', '04024869']]],
    ['uid=Johny\\,Depp\\+Pepp\\\\Foo', [['uid', 'Johny,Depp+Pepp\\Foo']]],
    ['CN=Test User\\\\', [['CN', 'Test User\\']]],
    [
      'CN=\\ two blanks \\ ,DC=x',
      [
        ['CN', ' two blanks  '],
        ['DC', 'x'],
      ],
    ],
    ['CN=a=b', [['CN', 'a=b']]],
    [
      'CN=,DC=x',
      [
        ['CN', ''],
        ['DC', 'x'],
      ],
    ],
    [
      'CN=Ada\\0ADEL:3197589d,CN=Deleted Objects',
      [
        ['CN', 'Ada\nDEL:3197589d'],
        ['CN', 'Deleted Objects'],
      ],
    ],
    [
      ' DC = keycloak , DC = org ',
      [
        ['DC', 'keycloak'],
        ['DC', 'org'],
      ],
    ],
  ])('%s', (text, expected) => {
    expect(parse(text).map(([only]) => [only?.type, only?.value])).toEqual(expected);
  });

  test('with several attributes in one part', () => {
    expect(parse('cn=John Do\\+eř+uid=john,DC=x')[0]).toEqual([
      { type: 'cn', value: 'John Do+eř', form: 'text' },
      { type: 'uid', value: 'john', form: 'text' },
    ]);
  });

  test.each(['', '   '])('nothing as the root: %j', (text) => {
    expect(parse(text)).toEqual([]);
  });

  test.each([
    'people',
    'CN',
    '=x',
    'CN=a,',
    'CN=a,,DC=x',
    ',CN=a',
    'CN=a\\',
    'CN=a\\zz',
    'CN=a"b',
    'CN="a"',
    'CN=#zz',
    'CN=#0',
    'CN=a<b',
    'CN=\\ff',
    'CN=a\0',
    'C_N=a',
    'CN=a+',
    `CN=${'a'.repeat(9000)}`,
  ])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(MalformedDistinguishedName);
  });
});

describe('compares names as directories do', () => {
  test.each([
    ['DC=keycloak, DC=org', 'dc=KEYCLOAK,dc=org'],
    ['CN=a+OU=b,DC=x', 'ou=B+cn=A,DC=x'],
    ['CN=Ada  Example', 'CN=ada example'],
    ['CN=Jo\u0308rg', 'CN=J\u00f6rg'],
    ['CN=a\\2Cb', 'CN=a\\,b'],
  ])('%s is %s', (one, other) => {
    expect(isSameName(parse(one), parse(other))).toBe(true);
  });

  test.each([
    ['CN=ada,OU=People,DC=x', 'OU=People,DC=x', true],
    ['OU=People,DC=x', 'ou=people,dc=x', true],
    ['CN=ada,OU=Berlin,OU=People,DC=x', 'OU=People,DC=x', true],
    ['OU=People,DC=x', 'CN=ada,OU=People,DC=x', false],
    ['CN=ada,OU=More People,DC=x', 'OU=People,DC=x', false],
    ['CN=ada\\,OU=People,DC=x', 'OU=People,DC=x', false],
    ['CN=ada,DC=keycloakk', 'DC=keycloak', false],
    ['CN=a+OU=People,DC=x', 'OU=People,DC=x', false],
    ['CN=ada,DC=x', '', true],
    ['CN=ada,DC=x', 'DC=y', false],
  ])('%s within %j: %s', (name, base, expected) => {
    expect(isWithin(parse(name), parse(base))).toBe(expected);
    expect(isTextWithin(name, base)).toBe(expected);
  });
});

test.each([',a=a', 'a=a,', 'a', 'a=', 'a=b,,c=d', 'a=b c', 'a=b  c', ' a=b'])(
  '%j is itself as text where it is a name',
  (text) => {
    const judged = (judge: () => boolean) => {
      try {
        return judge();
      } catch {
        return 'malformed';
      }
    };
    expect(judged(() => isSameText(text, text))).toBe(judged(() => isSameName(parse(text), parse(text))));
  },
);

describe('writes names', () => {
  test.each([
    '# 1',
    ' a',
    'a ',
    ' ',
    '\u00a0',
    '\u2003a\u2003',
    '\ufeff',
    '\t',
    '"+,;<>\\=',
    'a\nb',
    '\0',
    'Lučić',
    '😀',
    '#',
  ])('so that %j is read again', (value) => {
    const name = [[{ type: 'CN', value, form: 'text' as const }]];
    expect(parse(formatDistinguishedName(name))).toEqual(name);
    expect(firstValue(formatDistinguishedName(name))).toBe(value);
  });
});

describe('whatever comes', () => {
  const attribute = fc.record({
    type: fc.constantFrom('CN', 'OU', 'DC', '2.5.4.3'),
    value: fc.string({ unit: anyCharacter, maxLength: 12 }),
    form: fc.constant('text' as const),
  });
  const name = fc.array(fc.array(attribute, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

  test('a name survives being written and read', () => {
    fc.assert(
      fc.property(name, (written) => {
        expect(parse(formatDistinguishedName(written))).toEqual(written);
      }),
    );
  });

  test('a value is the same whether its characters are written plainly or as pairs of hex digits', () => {
    const plain = fc
      .string({ unit: anyCharacter, minLength: 1, maxLength: 12 })
      .filter((value) => !/[\\"+,;<>\0]|^[# ]| $/.test(value) && value.isWellFormed());
    fc.assert(
      fc.property(plain, (value) => {
        const pairs = Buffer.from(value).toString('hex').replaceAll(/../g, '\\$&');
        expect(firstValue(`CN=${value},DC=x`)).toBe(value);
        expect(firstValue(`CN=${pairs},DC=x`)).toBe(value);
      }),
    );
  });

  test('names as text are within each other exactly as names are', () => {
    // Few letters and many separators and escapes: names that end alike and are not within.
    const unit = fc.constantFrom('a', 'B', ',', '=', '\\', ' ', '+', 'DC');
    const anyName = fc.oneof(name.map(formatDistinguishedName), fc.string({ unit, maxLength: 14 }));
    fc.assert(
      fc.property(anyName, anyName, (child, base) => {
        const judged = (judge: () => boolean) => {
          try {
            return judge();
          } catch {
            return 'malformed';
          }
        };
        for (const text of [child, base.toUpperCase(), `${child},${base}`, `${child}\\,${base}`, `${base},${child}`]) {
          const expected = judged(() => isWithin(parse(text), parse(base)));
          // A name of the directory's is one: what is none is not asked about.
          if (expected !== 'malformed') expect(judged(() => isTextWithin(text, base))).toBe(expected);
          expect(judged(() => isSameText(text, base))).toBe(judged(() => isSameName(parse(text), parse(base))));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what is put in front of a name stays within it, and never the other way round', () => {
    fc.assert(
      fc.property(name, name, (child, base) => {
        expect(isWithin([...child, ...base], base)).toBe(true);
        expect(isWithin(base, [...child, ...base])).toBe(false);
      }),
    );
  });

  test('blanks inside of a value cost no more than other characters', () => {
    const long = `CN=a${' '.repeat(8_000)}b,DC=x`;
    // A pattern that looks for blanks at the end takes minutes for these, and the test's time would be over.
    for (let times = 0; times < 1_000; times += 1) expect(firstValue(`${long}${times}`)).toHaveLength(8_002);
  });

  test('text is read or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedDistinguishedName);
        }
      }),
    );
  });
});
