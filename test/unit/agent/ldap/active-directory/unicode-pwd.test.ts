// The bytes of a password on its way to a domain controller, by vectors, and where they must not appear.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unicodePwd } from '../../../../../src/agent/ldap/active-directory/unicode-pwd.js';
import { AssertionFailed } from '../../../../../src/failure/assert.js';
import { anyCharacter } from '../../../../support/any-text.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('writes the bytes a domain controller wants', () => {
  test.each([
    ['TestMe123!+*ä', '220054006500730074004d00650031003200330021002b002a00e4002200'],
    ['pässwörd1A', '22007000e400730073007700f60072006400310041002200'],
    ['密碼Abc123', '2200c65bbc784100620063003100320033002200'],
    ['😀Abc123!', '22003dd800de41006200630031003200330021002200'],
    ['qu"ote1A', '22007100750022006f0074006500310041002200'],
    ['e\u0301A1!x', '22006500010341003100210078002200'],
    ['\ufeffA1!x', '2200fffe41003100210078002200'],
  ])('%s', (password, hex) => {
    expect(unicodePwd(utf8(password)).toString('hex')).toBe(hex);
  });

  test('for any text, without a replacement character that was not in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }).filter((text) => text.isWellFormed()),
        (password) => {
          const value = unicodePwd(utf8(password));
          expect(value).toEqual(Buffer.from(`"${password}"`, 'utf16le'));
          if (!password.includes('\ufffd')) expect(value.toString('utf16le')).not.toContain('\ufffd');
        },
      ),
    );
  });
});

test('never appears in the debug line that ldapts makes of every request', () => {
  const value = unicodePwd(utf8('Lantern-Quay-58'));

  expect(JSON.stringify({ modification: { values: [value] } })).toBe('{"modification":{"values":["[secret]"]}}');
});

test('leaves the caller its bytes, to be zeroed there', () => {
  const password = utf8('Lantern-Quay-58');
  unicodePwd(password);

  expect(password).toEqual(utf8('Lantern-Quay-58'));
});

test.each([[[0xff, 0xfe]], [[0xed, 0xa0, 0x80]], [[0xc3]]])('refuses bytes that are no UTF-8: %j', (bytes) => {
  expect(() => unicodePwd(Uint8Array.from(bytes))).toThrow(AssertionFailed);
});
