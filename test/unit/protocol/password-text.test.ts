// Which texts may be a password at all, in the browser and in the agent alike.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admitPassword, admitTypedPassword, PASSWORD_UNITS_MAX } from '../../../src/protocol/password-text.js';

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
      fc.property(fc.string({ unit: 'binary', maxLength: 140 }), (typed) => {
        const admitted = admitTypedPassword(typed);
        if (admitted.kind === 'admitted') expect(admitPassword(admitted.password)).toEqual(admitted);
      }),
    );
  });

  it('never holds what cannot be typed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        if (admitPassword(text).kind !== 'admitted') return;
        expect(text).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cn}|\p{Cs}/u);
        expect(text.normalize('NFC')).toBe(text);
      }),
    );
  });
});
