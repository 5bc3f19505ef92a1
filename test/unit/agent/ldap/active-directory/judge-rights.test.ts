// What would be as much as the whole domain, from descriptors built entry by entry: accounts that are protected, and everybody's secrets.

import { expect, test } from 'vitest';
import { judgeDomain } from '../../../../../src/agent/ldap/active-directory/judge-rights.js';
import { sidText } from '../../../../../src/agent/ldap/active-directory/object-sid.js';
import type { SampledAccount } from '../../../../../src/agent/ldap/active-directory/sample-accounts.js';
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

const BASE = 'DC=corp,DC=example,DC=com';
const ALLOW_OBJECT = 5;
const DENY_OBJECT = 6;
const GET_CHANGES = guidOf('1131f6aa-9c07-11d1-f79f-00c04fc2dcd2');
const GET_CHANGES_ALL = guidOf('1131f6ad-9c07-11d1-f79f-00c04fc2dcd2');
const sids = new Set(['S-1-1-0', sidText(SOMEBODY) ?? '']);
const trustee = SOMEBODY;

const descriptor = (aces: readonly AceOptions[]) => readSecurityDescriptor(aDescriptor(aces.map(anAce)));
const headOf = (...aces: readonly AceOptions[]) => ({ distinguishedName: BASE, descriptor: descriptor(aces) });
const protectedAccount = (...aces: readonly AceOptions[]): SampledAccount => ({
  distinguishedName: `CN=Ada Admin,${BASE}`,
  descriptor: descriptor(aces),
  isMarkedProtected: true,
  writableAttributes: undefined,
  descriptorRights: 0n,
  policyName: undefined,
});
const judged = (head: ReturnType<typeof headOf> | undefined, account = protectedAccount()) =>
  judgeDomain(BASE, { head, protectedAccounts: [account], sids });

test.each<[string, AceOptions[]]>([
  ['to the account itself', [{ type: ALLOW_OBJECT, objectType: GET_CHANGES_ALL, trustee }]],
  ['to everyone', [{ type: ALLOW_OBJECT, objectType: GET_CHANGES_ALL, trustee: EVERYONE }]],
  ['with every extended right', [{ type: ALLOW_OBJECT, trustee }]],
])('Replicating Directory Changes All is over-privilege: granted %s', (_, aces) => {
  const finding = judged(headOf(...aces));
  expect(finding).toMatchObject({ code: 'over-privilege', status: 'warn', target: BASE });
  expect(finding.detail).toContain('Replicating Directory Changes All');
});

test.each<[string, AceOptions[]]>([
  ['nothing', []],
  [
    'Replicating Directory Changes alone, which shows no secret',
    [{ type: ALLOW_OBJECT, objectType: GET_CHANGES, trustee }],
  ],
  [
    'a denial before a grant',
    [
      { type: DENY_OBJECT, objectType: GET_CHANGES_ALL, trustee },
      { type: ALLOW_OBJECT, objectType: GET_CHANGES_ALL, trustee: EVERYONE },
    ],
  ],
])('%s is none', (_, aces) => {
  expect(judged(headOf(...aces)).status).toBe('pass');
});

test('a protected account that can be reset is told beside it, and by itself', () => {
  const account = protectedAccount({ type: ALLOW_OBJECT, objectType: RESET_PASSWORD, trustee });
  expect(judged(headOf(), account)).toMatchObject({ status: 'warn', detail: expect.stringContaining('CN=Ada Admin') });
  const both = judged(headOf({ type: ALLOW_OBJECT, objectType: GET_CHANGES_ALL, trustee }), account).detail;
  expect(both).toContain('CN=Ada Admin');
  expect(both).toContain('Replicating Directory Changes All');
});

test('where the root cannot be read, nothing is claimed of it', () => {
  for (const head of [undefined, { distinguishedName: BASE, descriptor: undefined }]) {
    const { status, detail } = judgeDomain(BASE, { head, protectedAccounts: [], sids });
    expect([status, detail]).toEqual(['pass', 'cannot touch the 0 protected accounts looked at']);
  }
});
