// Who may not change their password, from descriptors built entry by entry, cut and altered.

import { describe, expect, test } from 'vitest';
import {
  deniesPasswordChange,
  MalformedSecurityDescriptor,
  readDacl,
} from '../../../../../src/agent/ldap/active-directory/security-descriptor.js';
import {
  aDescriptor,
  anAce,
  CHANGE_PASSWORD,
  EVERYONE,
  RESET_PASSWORD,
  SELF,
  SOMEBODY,
} from '../../../../support/security-descriptors.js';

const DENY = 1;
const ALLOW_OBJECT = 5;
const DENY_OBJECT = 6;

describe('the change of a password is denied', () => {
  test.each([
    [
      'to everyone and the account itself, as Windows writes it',
      [
        { type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: EVERYONE },
        { type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF },
      ],
    ],
    ['to everyone alone', [{ type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: EVERYONE }]],
    ['to the account itself alone', [{ type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF }]],
    ['with every extended right', [{ type: DENY_OBJECT, trustee: SELF }]],
    ['by an entry without an object', [{ type: DENY, trustee: EVERYONE }]],
    [
      'behind entries about others',
      [
        { type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee: SOMEBODY },
        { type: 17, trustee: SOMEBODY },
        { type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF },
      ],
    ],
  ])('%s', (_, entries) => {
    expect(deniesPasswordChange(aDescriptor(entries.map(anAce)))).toBe(true);
  });
});

describe('the change of a password is not denied', () => {
  test.each([
    ['when it is allowed', { type: ALLOW_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF }],
    ['when another right is', { type: DENY_OBJECT, objectType: RESET_PASSWORD, trustee: EVERYONE }],
    ['when it is to somebody else', { type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SOMEBODY }],
    [
      'when it is for what lies below only',
      { type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF, flags: 0x08 },
    ],
    ['when the entry is about reading', { type: DENY, mask: 0x10, trustee: EVERYONE }],
  ])('%s', (_, entry) => {
    expect(deniesPasswordChange(aDescriptor([anAce(entry)]))).toBe(false);
  });

  test('when there is no DACL', () => {
    const none = aDescriptor([]);
    none.writeUInt16LE(0x8000, 2);
    expect(deniesPasswordChange(none)).toBe(false);
    expect(readDacl(aDescriptor([]))).toEqual([]);
  });
});

describe('refuses', () => {
  const whole = aDescriptor([anAce({ type: DENY_OBJECT, objectType: CHANGE_PASSWORD, trustee: SELF })]);

  test('a descriptor that breaks off anywhere', () => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => readDacl(whole.subarray(0, length))).toThrow(MalformedSecurityDescriptor);
    }
  });

  test.each([
    ['another revision', 0, 2],
    ['a DACL beyond its end', 17, 0xff],
    ['more entries than there are', 20 + 4, 2],
    ['an entry of no size', 28 + 2, 0],
    ['an entry that is larger than its list', 28 + 2, 0xff],
    ['a trustee with more parts than there are', 28 + 12 + 16 + 1, 15],
  ])('%s', (_, at, value) => {
    const broken = Buffer.from(whole);
    broken[at] = value;
    expect(() => readDacl(broken)).toThrow(MalformedSecurityDescriptor);
  });
});
