// objectGUID and objectSid, with vectors that two other projects use.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guidAnchor, guidBytes, guidText } from '../../../../../src/agent/ldap/active-directory/object-guid.js';
import { relativeId, sidText } from '../../../../../src/agent/ldap/active-directory/object-sid.js';

describe('objectGUID', () => {
  test.each([
    ['4ecec2f4081f5843abdcfe3f035af4cd', 'f4c2ce4e-1f08-4358-abdc-fe3f035af4cd'],
    ['1c9d412f95649f47b3409cb419eb9ae7', '2f419d1c-6495-479f-b340-9cb419eb9ae7'],
  ])('%s is %s, both ways', (hex, text) => {
    expect(guidText(Buffer.from(hex, 'hex'))).toBe(text);
    expect(guidBytes(text)?.toString('hex')).toBe(hex);
  });

  test('survives the way there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(guidBytes(guidAnchor(bytes) ?? '')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test.each(['', 'f4c2ce4e', 'F4C2CE4E-1F08-4358-ABDC-FE3F035AF4CD', 'f4c2ce4e-1f08-4358-abdc-fe3f035af4cd>'])(
    'refuses %j',
    (text) => {
      expect(guidBytes(text)).toBeUndefined();
    },
  );

  test.each([0, 15, 17])('refuses %i bytes', (length) => {
    expect(guidText(Buffer.alloc(length))).toBeUndefined();
  });
});

describe('objectSid', () => {
  test('reads a domain account', () => {
    const bytes = Buffer.from('010500000000000515000000751989a4fcb364b5922c569292230000', 'hex');

    expect(sidText(bytes)).toBe('S-1-5-21-2760448373-3043275772-2455121042-9106');
    expect(relativeId(bytes)).toBe(9106);
  });

  test.each([
    ['010100000000000100000000', 'S-1-1-0'],
    ['01010000000000050a000000', 'S-1-5-10'],
  ])('reads %s', (hex, text) => {
    expect(sidText(Buffer.from(hex, 'hex'))).toBe(text);
  });

  test.each(['', '01', '0101000000000001', '02010000000000010000000', '0110000000000001'])('refuses %j', (hex) => {
    expect(sidText(Buffer.from(hex, 'hex'))).toBeUndefined();
    expect(relativeId(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
