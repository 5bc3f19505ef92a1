// Which texts may be a password at all, in the browser and in the agent alike.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admitPassword,
  admitPasswordBytes,
  admitTypedPassword,
  opensWithScheme,
  PASSWORD_UNITS_MAX,
  RULE_OF_FAULT,
} from '../../../src/protocol/password-text.js';
import { anyCharacter } from '../../support/any-text.js';

describe('a typed password', () => {
  it.each(['Correct horse 7', 'Grüße aus Zürich', 'пароль-7-Ж', '密码-7-Aa', 'Aa7-🚲🚲', ' leading and trailing '])(
    'is admitted as it is: %j',
    (typed) => {
      expect(admitTypedPassword(typed)).toEqual({ kind: 'admitted', password: typed });
    },
  );

  it('is one password, however the keyboard composes its letters', () => {
    expect(admitTypedPassword('U\u0308bung-7')).toEqual({ kind: 'admitted', password: '\u00DCbung-7' });
  });

  it('is not folded further: what looks alike stays another password', () => {
    expect(admitTypedPassword('\uFB01ve-7-Aa')).toEqual({ kind: 'admitted', password: '\uFB01ve-7-Aa' });
  });

  it('is not mapped as SASLprep or PRECIS would: a no-break space stays one', () => {
    expect(admitTypedPassword('a\u00A0b')).toEqual({ kind: 'admitted', password: 'a\u00A0b' });
  });

  it.each([
    ['\u212Bngstr\u00F6m-7', '\u00C5ngstr\u00F6m-7'],
    ['\u2126-7-Aa', '\u03A9-7-Aa'],
    ['\u1112\u1161\u11AB-7', '\uD55C-7'],
    ['\uFF21-7-Aa', '\uFF21-7-Aa'],
  ])('is brought to NFC and no further: %j', (typed, password) => {
    expect(admitTypedPassword(typed)).toEqual({ kind: 'admitted', password });
  });

  it.each(['"', '\\', "'", '<>&', '$' + '{x}', '%00', '{SSHA}x', '{CLEAR}x', 'Zm9vYmFy', ')(uid=*)', '1; --'])(
    'is text and nothing else: %j',
    (typed) => {
      expect(admitTypedPassword(typed)).toEqual({ kind: 'admitted', password: typed });
    },
  );

  it('is never the cause of a throw, and gives one and the same answer as what it became', () => {
    fc.assert(
      fc.property(fc.string({ unit: ANY_UNIT, maxLength: 200 }), (typed) => {
        const answer = admitTypedPassword(typed);
        if (answer.kind === 'admitted') expect(admitTypedPassword(answer.password)).toEqual(answer);
        else expect(Object.keys(RULE_OF_FAULT)).toContain(answer.fault);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['', 'empty'],
    ['a\u0000b', 'control-character'],
    ['a\tb', 'control-character'],
    ['a\nb', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['a\u2028b', 'control-character'],
    ['a\u200Bb', 'invisible-character'],
    ['a\u00ADb', 'invisible-character'],
    ['\uFEFFab', 'invisible-character'],
    ['a\u202Eb', 'invisible-character'],
    ['a\u007Fb', 'control-character'],
    ['a\rb', 'control-character'],
    ['a\u2029b', 'control-character'],
    ['a\u200Db', 'invisible-character'],
    ['a\u200Cb', 'invisible-character'],
    ['a\u2066b\u2069', 'invisible-character'],
    ['a\u{E0041}b', 'invisible-character'],
    ['a\u034Fb', 'invisible-character'],
    ['a\u115Fb', 'invisible-character'],
    ['a\u3164b', 'invisible-character'],
    ['a\uFFA0b', 'invisible-character'],
    ['a\u2800b', 'invisible-character'],
    ['a\u2764\uFE0Fb', 'invisible-character'],
    ['a\u{E0100}b', 'invisible-character'],
    ['a\uFFFEb', 'broken-character'],
    ['a\uFDD0b', 'broken-character'],
    ['a\u{1FFFE}b', 'broken-character'],
    ['a\uD800b', 'broken-character'],
    ['a\uDC00', 'broken-character'],
    ['a\uFFFFb', 'broken-character'],
    ['a\u{10FFFF}b', 'broken-character'],
    ['a\u0378b', 'broken-character'],
    ['x'.repeat(PASSWORD_UNITS_MAX + 1), 'too-long'],
    ['🚲'.repeat(64), 'too-long'],
  ])('is refused: %j is %s', (typed, fault) => {
    expect(admitTypedPassword(typed)).toEqual({ kind: 'refused', fault });
  });

  it('may be as long as the limit, counted as the directory counts', () => {
    expect(admitTypedPassword('x'.repeat(PASSWORD_UNITS_MAX)).kind).toBe('admitted');
    expect(admitTypedPassword('🚲'.repeat(63)).kind).toBe('admitted');
  });
});

describe('a password that arrives', () => {
  it('is refused when it is not in normal form, since directories compare raw', () => {
    expect(admitPassword('U\u0308bung-7')).toEqual({ kind: 'refused', fault: 'not-normalised' });
  });

  it('is admitted whenever the typed form was, and unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 140 }), (typed) => {
        const admitted = admitTypedPassword(typed);
        if (admitted.kind === 'admitted') expect(admitPassword(admitted.password)).toEqual(admitted);
      }),
    );
  });

  it('never holds what cannot be typed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 20 }), (text) => {
        if (admitPassword(text).kind !== 'admitted') return;
        expect(text).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cn}|\p{Cs}/u);
        expect(text.normalize('NFC')).toBe(text);
      }),
    );
  });
});

describe('a password as bytes', () => {
  it('is judged as the text it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 140 }), (text) => {
        expect(admitPasswordBytes(new TextEncoder().encode(text))).toEqual(admitPassword(text));
      }),
    );
  });

  it.each([
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], 'invisible-character'],
    ['a lone surrogate', [0x61, 0xed, 0xa0, 0x80], 'broken-character'],
    ['an overlong form', [0xc0, 0xaf], 'broken-character'],
    ['half a character', [0x61, 0xc3], 'broken-character'],
    ['Latin-1', [0x47, 0x72, 0xfc, 0xdf, 0x65], 'broken-character'],
    ['nothing', [], 'empty'],
  ])('with %s is refused', (_name, bytes, fault) => {
    expect(admitPasswordBytes(Uint8Array.from(bytes))).toEqual({ kind: 'refused', fault });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void admitPasswordBytes(bytes)));
  });
});

it.each([
  ['{SSHA}x', true],
  ['{CLEAR}x', true],
  ['{PBKDF2-SHA256}x', true],
  ['{}x', false],
  ['{two words}x', false],
  ['x{SSHA}', false],
  ['{SSHA', false],
])('whether %j opens with a scheme: %s', (text, opens) => {
  expect(opensWithScheme(text)).toBe(opens);
});

/** Any UTF-16 code unit at all, lone surrogates among them, and the places where trouble lives more often. */
const ANY_UNIT = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  fc.constantFrom('a', 'e\u0301', '\u0000', '\uD800', '\uDFFF', '\uFFFF', '\uFEFF', '\u{E0041}', '\u{1F6B2}', ' '),
);
