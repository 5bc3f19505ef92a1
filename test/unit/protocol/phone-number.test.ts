// What is a whole phone number, however it is written, and which country it is of.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callingCodeOf, PHONE_NUMBER, phoneNumberIn } from '../../../src/protocol/phone-number.js';

test.each([
  ['+447700900123', '+447700900123'],
  [' +44 7700 900-123 ', '+447700900123'],
  ['+44 (0) 7700 / 900123', undefined],
  ['+44 (0)7700 900.123', '+447700900123'],
  ['\u202a+44\u00a07700\u2011900123\u202c', '+447700900123'],
  ['＋４４７７００９００１２３', '+447700900123'],
  ['07700 900123', undefined],
  ['00447700900123', undefined],
  ['+044 7700 900123', undefined],
  ['+44 7700', undefined],
  ['+4477009001234567', undefined],
  ['+44 7700 900123 ext. 7', undefined],
  ['+44 7700 900123, +44 7700 900124', undefined],
  ['+44\r\n7700900123', '+447700900123'],
  ['tel:+447700900123', undefined],
  ['', undefined],
  [`+${'4 '.repeat(60)}`, undefined],
])('%j is the number %s', (text, expected) => expect(phoneNumberIn(text)).toBe(expected));

test('whatever is read is a number, and is read as itself', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const number = phoneNumberIn(text);
      if (number === undefined) return;
      expect(number).toMatch(PHONE_NUMBER);
      expect(phoneNumberIn(number)).toBe(number);
    }),
  );
});

test('where people put spaces, hyphens and parentheses makes no difference', () => {
  const number = fc.stringMatching(/^\+[1-9][0-9]{7,14}$/);
  fc.assert(
    fc.property(
      number,
      fc.array(fc.tuple(fc.nat(15), fc.constantFrom(' ', '-', '.', '\u2013', '()'))),
      (whole, put) => {
        let text = whole;
        for (const [at, sign] of put.slice(0, 8)) text = `${text.slice(0, at)}${sign}${text.slice(at)}`;
        expect(phoneNumberIn(text)).toBe(whole);
      },
    ),
  );
});

test.each([
  ['+12025550123', '1'],
  ['+74951234567', '7'],
  ['+201234567890', '20'],
  ['+212612345678', '212'],
  ['+35312345678', '353'],
  ['+42012345678', '420'],
  ['+447700900123', '44'],
  ['+49', '49'],
  ['+5012345678', '501'],
  ['+88812345678', '888'],
  ['+99', undefined],
  ['+', undefined],
])('%s has the calling code %s', (number, code) => expect(callingCodeOf(number)).toBe(code));
