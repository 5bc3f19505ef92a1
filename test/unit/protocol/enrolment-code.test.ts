// The enrolment code: as text one form out, forgiving in, and nothing that is not one; and what its secret gives away.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '../../../src/protocol/base64url.js';
import {
  type CodeKeys,
  deriveCodeKeys,
  fingerprintOf,
  formatEnrolmentCode,
  MalformedEnrolmentCode,
  parseEnrolmentCode,
} from '../../../src/protocol/enrolment-code.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const hexOf = ({ codeId, codeKey }: CodeKeys) => ({
  codeId: Buffer.from(codeId).toString('hex'),
  codeKey: Buffer.from(codeKey).toString('hex'),
});
const anyCode = fc.record({ secret: bytes(16), frontDoorFingerprint: bytes(10) });

test('a code reads back as what was written, however it is spaced and cased', () => {
  fc.assert(
    fc.property(anyCode, (code) => {
      const text = formatEnrolmentCode(code);
      expect(text).toMatch(/^DB1(-[0-9A-HJKMNP-TV-Z]{6}){7}$/);
      for (const form of [text, text.toLowerCase(), text.replaceAll('-', ''), ` ${text.replaceAll('-', ' - ')}\n`]) {
        const parsed = parseEnrolmentCode(form);
        expect([...parsed.secret]).toEqual([...code.secret]);
        expect([...parsed.frontDoorFingerprint]).toEqual([...code.frontDoorFingerprint]);
      }
    }),
  );
});

test('anything else is refused as malformed, and never by another error', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `DB1-${text}`),
      ),
      (text) => {
        expect(() => parseEnrolmentCode(text)).toThrow(MalformedEnrolmentCode);
      },
    ),
  );
});

test.each(['', 'DB1', 'DB2-ABCDEF', 'DB1-UUUUUU-UUUUUU-UUUUUU-UUUUUU-UUUUUU-UUUUUU-UUUUUU'])(
  'refuses %j, and quotes nothing of it',
  (text) => {
    expect(() => parseEnrolmentCode(text)).toThrow(
      /^not an enrolment code: it starts with DB1-, and no character of it may be missing or another$/,
    );
  },
);

test('a fingerprint tells keys apart', () => {
  const [one, other] = [fingerprintOf(new Uint8Array(32)), fingerprintOf(new Uint8Array(32).fill(1))];
  expect(one.length).toBe(10);
  expect(Buffer.compare(one, other)).not.toBe(0);
});

test('the id and the key of a code are those that HKDF-SHA256 gives elsewhere too', () => {
  const { codeId, codeKey } = deriveCodeKeys(Uint8Array.from({ length: 16 }, (_, index) => index));
  // Made with Python's hmac and hashlib after RFC 5869.
  expect(toBase64Url(codeId)).toBe('tsN4KQ4LzcH4JQL4nDqfDA');
  expect(toBase64Url(codeKey)).toBe('i08ZJhnaZQdezdn3qBWCHuWJQEobhsApOrCzBLuZoQo');
});

test('neither the id nor the key of a code holds its secret or the other, and no two secrets share one', () => {
  fc.assert(
    fc.property(bytes(16), bytes(16), (secret, other) => {
      const [own, others] = [hexOf(deriveCodeKeys(secret)), hexOf(deriveCodeKeys(other))];
      expect(own.codeKey).not.toContain(own.codeId);
      expect(`${own.codeId} ${own.codeKey}`).not.toContain(Buffer.from(secret).toString('hex'));
      const areSame = Buffer.from(secret).equals(other);
      expect(own.codeId === others.codeId).toBe(areSame);
      expect(own.codeKey === others.codeKey).toBe(areSame);
    }),
  );
});
