// Who may do what to an entry, from descriptors built entry by entry.

import { describe, expect, test } from 'vitest';
import {
  ACCESS_BITS,
  inheritedBy,
  isGranted,
  type WantedRight,
} from '../../../../../src/agent/ldap/active-directory/access-check.js';
import { sidText } from '../../../../../src/agent/ldap/active-directory/object-sid.js';
import { NEEDED_RIGHTS, rightsFor, USER_CLASS } from '../../../../../src/agent/ldap/active-directory/rights.js';
import { readSecurityDescriptor } from '../../../../../src/agent/ldap/active-directory/security-descriptor.js';
import {
  type AceOptions,
  aDescriptor,
  anAce,
  EVERYONE,
  guidOf,
  RESET_PASSWORD,
  SOMEBODY,
} from '../../../../support/security-descriptors.js';

const ALLOW = 0;
const DENY = 1;
const ALLOW_OBJECT = 5;
const DENY_OBJECT = 6;
const WRITE = ACCESS_BITS.writeProperty;
const [RESET, UNLOCK, MUST_CHANGE] = NEEDED_RIGHTS.map(({ wanted }) => wanted);
const SIDS = new Set(['S-1-1-0', sidText(SOMEBODY) ?? '']);
const PWD_LAST_SET = guidOf('bf967a0a-0de6-11d0-a285-00aa003049e2');
const LOCKOUT_TIME = guidOf('28630ebf-41d5-11d1-a9c1-0000f80367c1');
const ACCOUNT_RESTRICTIONS = guidOf('4c164200-20c0-11d0-a768-00aa006e0529');
const COMPUTER = guidOf('bf967a86-0de6-11d0-a285-00aa003049e2');
const USER = guidOf(USER_CLASS);
const trustee = SOMEBODY;

const descriptor = (aces: readonly AceOptions[]) => readSecurityDescriptor(aDescriptor(aces.map(anAce)));

type Case = readonly [name: string, right: WantedRight | undefined, aces: readonly AceOptions[]];

const HELD: readonly Case[] = [
  ['Reset Password itself', RESET, [{ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee }]],
  ['every extended right', RESET, [{ type: ALLOW_OBJECT, trustee }]],
  ['every extended right, by an entry without an object', RESET, [{ type: ALLOW, trustee }]],
  ['full control', RESET, [{ type: ALLOW, mask: 0xf01ff, trustee }]],
  ['full control, written as a generic right', UNLOCK, [{ type: ALLOW, mask: 0x10000000, trustee }]],
  ['writing everything, written as a generic right', UNLOCK, [{ type: ALLOW, mask: 0x40000000, trustee }]],
  ['what everyone holds', RESET, [{ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee: EVERYONE }]],
  ['the attribute', UNLOCK, [{ type: ALLOW_OBJECT, mask: WRITE, objectType: LOCKOUT_TIME, trustee }]],
  ['its property set', MUST_CHANGE, [{ type: ALLOW_OBJECT, mask: WRITE, objectType: ACCOUNT_RESTRICTIONS, trustee }]],
  ['every attribute', MUST_CHANGE, [{ type: ALLOW, mask: WRITE, trustee }]],
  [
    'a grant before a denial, as an own entry before an inherited one',
    RESET,
    [
      { type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee },
      { type: DENY_OBJECT, objectType: RESET_PASSWORD, trustee: EVERYONE, flags: 0x10 },
    ],
  ],
  [
    'a denial of something else',
    RESET,
    [
      { type: DENY_OBJECT, objectType: LOCKOUT_TIME, trustee },
      { type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee },
    ],
  ],
  [
    'a denial that is for what lies below',
    RESET,
    [
      { type: DENY, trustee, flags: 0x0a },
      { type: ALLOW, trustee },
    ],
  ],
];

const MISSING: readonly Case[] = [
  ['nothing is granted', RESET, []],
  ['it is granted to somebody else', RESET, [{ type: ALLOW, trustee: Buffer.from('010100000000000512000000', 'hex') }]],
  ['another extended right is granted', RESET, [{ type: ALLOW_OBJECT, objectType: LOCKOUT_TIME, trustee }]],
  ['the mask is another', RESET, [{ type: ALLOW_OBJECT, mask: WRITE, objectType: RESET_PASSWORD, trustee }]],
  ['it is for what lies below', RESET, [{ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee, flags: 0x0a }]],
  [
    'the set is granted, and the attribute is in none',
    UNLOCK,
    [{ type: ALLOW_OBJECT, mask: WRITE, objectType: ACCOUNT_RESTRICTIONS, trustee }],
  ],
  [
    'it is denied first',
    RESET,
    [
      { type: DENY_OBJECT, objectType: RESET_PASSWORD, trustee },
      { type: ALLOW, mask: 0xf01ff, trustee },
    ],
  ],
  [
    'everything is denied to everyone first',
    MUST_CHANGE,
    [
      { type: DENY, mask: 0xf01ff, trustee: EVERYONE },
      { type: ALLOW, mask: 0xf01ff, trustee },
    ],
  ],
  [
    'its set is denied first',
    MUST_CHANGE,
    [
      { type: DENY_OBJECT, mask: WRITE, objectType: ACCOUNT_RESTRICTIONS, trustee },
      { type: ALLOW_OBJECT, mask: WRITE, objectType: PWD_LAST_SET, trustee },
    ],
  ],
  ['the entry is of a type that is not read', RESET, [{ type: 17, trustee }]],
];

function decide([, right, aces]: Case): boolean {
  if (right === undefined) throw new Error('the table has three rights');
  return isGranted(descriptor(aces), SIDS, right);
}

describe('a right is held by', () => {
  test.each(HELD)('%s', (...row) => expect(decide(row)).toBe(true));

  test('having no DACL to be held against', () => {
    const none = aDescriptor([]);
    none.writeUInt16LE(0x8000, 2);
    expect(isGranted(readSecurityDescriptor(none), SIDS, { kind: 'mask', bits: 0xf01ff })).toBe(true);
  });
});

describe('a right is missing when', () => {
  test.each(MISSING)('%s', (...row) => expect(decide(row)).toBe(false));
});

test('bits of a mask are held together or not at all, and never by a right on one object', () => {
  const two = descriptor([
    { type: ALLOW, mask: ACCESS_BITS.writeDacl, trustee },
    { type: ALLOW, mask: ACCESS_BITS.writeOwner, trustee: EVERYONE },
    { type: ALLOW_OBJECT, mask: WRITE, objectType: LOCKOUT_TIME, trustee },
  ]);
  const has = (bits: number) => isGranted(two, SIDS, { kind: 'mask', bits });

  expect(has(ACCESS_BITS.writeDacl | ACCESS_BITS.writeOwner)).toBe(true);
  expect(has(ACCESS_BITS.writeDacl | ACCESS_BITS.delete)).toBe(false);
  expect(has(WRITE)).toBe(false);
});

test('what users will inherit is what is inheritable, for all or for users', () => {
  const unit = (options: Partial<AceOptions>) =>
    inheritedBy(USER_CLASS, descriptor([{ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee, ...options }]));
  const reset: WantedRight = NEEDED_RIGHTS[0]?.wanted ?? { kind: 'mask', bits: 0 };

  expect(isGranted(unit({ flags: 0x0a, inheritedObjectType: USER }), SIDS, reset)).toBe(true);
  expect(isGranted(unit({ flags: 0x02 }), SIDS, reset)).toBe(true);
  expect(isGranted(unit({ flags: 0x0a, inheritedObjectType: COMPUTER }), SIDS, reset)).toBe(false);
  expect(isGranted(unit({ flags: 0 }), SIDS, reset)).toBe(false);
});

test('owner, protection and an inherited type are read', () => {
  const bytes = aDescriptor([
    anAce({ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, inheritedObjectType: USER, trustee }),
  ]);
  bytes.writeUInt16LE(0x9004, 2);
  const withOwner = Buffer.concat([bytes, SOMEBODY]);
  withOwner.writeUInt32LE(bytes.length, 4);

  expect(readSecurityDescriptor(withOwner)).toMatchObject({
    owner: sidText(SOMEBODY),
    isProtected: true,
    entries: [{ inheritedObjectType: USER_CLASS }],
  });
});

test('an unlock alone needs one right, a reset two, both three, a sign-in none', () => {
  const codes = (...operations: ('reset' | 'unlock' | 'sign-in')[]) => rightsFor(operations).map(({ code }) => code);

  expect(codes('unlock')).toEqual(['right-unlock']);
  expect(codes('reset')).toEqual(['right-reset-password', 'right-must-change']);
  expect(codes('reset', 'unlock')).toHaveLength(3);
  expect(codes()).toEqual([]);
  expect(codes('sign-in')).toEqual([]);
});
