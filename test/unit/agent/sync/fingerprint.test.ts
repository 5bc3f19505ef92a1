// When two accounts count as the same for the mirror, and what is said to differ.

import { describe, expect, test } from 'vitest';
import { changedFields, fingerprintOf } from '../../../../src/agent/sync/fingerprint.js';
import type { ManagedAccount } from '../../../../src/protocol/managed-accounts.js';
import { entriesIn, listingOf } from '../../../../src/protocol/mirror-listing.js';
import { MIRRORED_FIELDS } from '../../../../src/protocol/sync-reports.js';
import { anAccount } from '../../../support/front-door-builders.js';

const CHANGES: { readonly [Field in (typeof MIRRORED_FIELDS)[number]]: Partial<ManagedAccount> } = {
  displayName: { displayName: 'Ada Lovelace' },
  userPrincipalName: { userPrincipalName: 'ada@elsewhere.example' },
  samAccountName: { samAccountName: 'ada2' },
  domainName: { domainName: 'LAB' },
  mail: { mail: ['ada@elsewhere.example'] },
  resetMail: { resetMail: ['ada.private@elsewhere.example'] },
  resetPhones: { resetPhones: ['+447700900123'] },
  groups: { groups: { in: ['staff'], notIn: [] } },
  disposition: { disposition: { kind: 'contact-administrator', reason: 'disabled' } },
};

describe('a fingerprint', () => {
  test('is the same for the same account, and travels as it is', () => {
    const fingerprint = fingerprintOf(anAccount());
    expect(fingerprintOf(anAccount())).toBe(fingerprint);
    expect(changedFields(fingerprint, fingerprint)).toEqual([]);
    const entry = { anchor: anAccount().anchor, fingerprint, isAbsent: false };
    expect([...entriesIn(listingOf([entry]))]).toEqual([entry]);
  });

  test.each(MIRRORED_FIELDS)('is another when %s changed, and says so', (field) => {
    const [before, after] = [fingerprintOf(anAccount()), fingerprintOf(anAccount(CHANGES[field]))];
    expect(after).not.toBe(before);
    expect(changedFields(before, after)).toEqual([field]);
  });

  test('is another when an address is two, and when a name is none', () => {
    const of = (changes: Partial<ManagedAccount>) => fingerprintOf(anAccount(changes));
    expect(of({ mail: ['a@example.com', 'b@example.com'] })).not.toBe(of({ mail: ['a@example.com,b@example.com'] }));
    const { userPrincipalName: _, ...without } = anAccount();
    expect(fingerprintOf(without)).not.toBe(of({ userPrincipalName: '' }));
  });

  test('is another when a group is in the other list, or is told of no more', () => {
    const of = (groups: NonNullable<ManagedAccount['groups']>) => fingerprintOf(anAccount({ groups }));
    expect(of({ in: ['staff'], notIn: [] })).not.toBe(of({ in: [], notIn: ['staff'] }));
    expect(of({ in: [], notIn: ['staff'] })).not.toBe(fingerprintOf(anAccount()));
  });

  test('says nothing of fields where one of the two is not known', () => {
    expect(changedFields('', fingerprintOf(anAccount()))).toEqual([]);
  });
});
