// Three of five kinds of characters, and no name in the password: counted as MS-SAMR 3.1.1.7.2 and the Windows setting say.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterKinds, containedNames, missingKinds, nameParts } from '../../../src/protocol/password-complexity.js';

describe('kinds of characters', () => {
  it.each([
    ['', []],
    ['abc', ['small']],
    ['abcD4!', ['capital', 'small', 'digit', 'symbol']],
    ['abcD4!漢', ['capital', 'small', 'digit', 'symbol', 'other-letter']],
    ['äÖ', ['capital', 'small']],
    ['жЖ', ['capital', 'small']],
    ['漢字', ['other-letter']],
    // Digits of other scripts, blanks, signs beyond ASCII and pictures are of no kind.
    ['٣ €£ 🚲', []],
  ])('of %j are %j', (text, kinds) => {
    expect(characterKinds(text)).toEqual(kinds);
  });

  it('take in every sign that Windows counts as a symbol', () => {
    for (const sign of '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/') expect(characterKinds(sign)).toEqual(['symbol']);
  });

  it('are those of ASCII exactly: nothing but the blank is left out', () => {
    const none = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).filter(
      (character) => characterKinds(character).length === 0,
    );
    expect(none).toEqual([' ']);
  });

  it('occur or are missing, never both', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (text) => {
        expect([...characterKinds(text), ...missingKinds(text)].sort()).toEqual(
          ['capital', 'digit', 'other-letter', 'small', 'symbol'].sort(),
        );
      }),
    );
  });

  it('are the same before and after NFC', () => {
    const unit = fc.constantFrom(
      'a',
      'A',
      '7',
      '=',
      '\u0338',
      '\u0301',
      '\u0345',
      '\u1F88',
      '\u037E',
      '\u1FEF',
      '\u1112',
      '\u1161',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        for (const form of ['NFC', 'NFD'] as const) {
          expect(characterKinds(text.normalize(form))).toEqual(characterKinds(text));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  it.each([
    ['Erin M. Hagens', ['ehagens', 'Erin', 'Hagens']],
    ['Ada de Example-Harbour', ['ehagens', 'Ada', 'Example', 'Harbour']],
    ['Lee,Ann.Mary_Jo#Sue\tKim', ['ehagens', 'Lee', 'Ann', 'Mary', 'Sue', 'Kim']],
    ['', ['ehagens']],
  ])('%j are cut into words, and words of one or two units do not count', (displayName, parts) => {
    expect(nameParts({ samAccountName: 'ehagens', displayName })).toEqual(parts);
  });

  it('are whole sAMAccountNames, blanks and all, unless they are short', () => {
    expect(nameParts({ samAccountName: 'a.b-c', displayName: '' })).toEqual(['a.b-c']);
    expect(nameParts({ samAccountName: 'al', displayName: '' })).toEqual([]);
  });

  it.each([
    ['xxERINxx', ['Erin'], ['Erin']],
    ['xxErixx', ['Erin'], []],
    ['grüße', ['GRÜßE'], ['GRÜßE']],
    ['ΟΔΟΣ1', ['οδος'], ['οδος']],
    ['xxalxx', ['al'], []],
    ['anything', [''], []],
  ])('%j contains of %j: %j', (password, names, contained) => {
    expect(containedNames(password, names)).toEqual(contained);
  });

  it('are found in any case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.string(), fc.string(), (name, before, after) => {
        expect(containedNames(`${before}${name.toUpperCase()}${after}`, [name])).toEqual([name]);
      }),
    );
  });
});
