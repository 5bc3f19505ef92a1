// An entry becomes an account, or says what is missing; hostile and half-readable entries among them.

import { describe, expect, test } from 'vitest';
import { OBJECT_GUID } from '../../../../../src/agent/ldap/active-directory/object-guid-attribute.js';
import { readAccount, USUAL_PERSON } from '../../../../../src/agent/ldap/active-directory/read-account.js';
import { anEntry } from '../../../../support/ldap-entries.js';
import { aDescriptor, anAce, EVERYONE } from '../../../../support/security-descriptors.js';

type Values = Record<string, string | string[] | Buffer>;

const WHOLE: Values = {
  objectGUID: Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex'),
  objectSid: Buffer.from('010500000000000515000000751989a4fcb364b5922c569292230000', 'hex'),
  nTSecurityDescriptor: aDescriptor([]),
  objectClass: ['top', 'person', 'organizationalPerson', 'user'],
  sAMAccountName: 'ada',
  userAccountControl: '512',
  'msDS-User-Account-Control-Computed': '0',
  pwdLastSet: '133801632000000000',
  accountExpires: '9223372036854775807',
  // As ldapts fills in what was asked for and is not there.
  adminCount: [],
  displayName: [],
};

function read(changes: Values = {}) {
  const entry = anEntry({ ...WHOLE, ...changes, dn: 'CN=Ada Example,DC=corp' });
  return readAccount(entry, { domainName: 'CORP', map: USUAL_PERSON, anchor: OBJECT_GUID });
}

function account(changes: Values = {}) {
  const result = read(changes);
  if (result.kind !== 'read') throw new Error(`missing ${result.missing}`);
  return result.account;
}

const withRelativeId = (id: number) => {
  const sid = Buffer.from('010500000000000515000000751989a4fcb364b5922c569200000000', 'hex');
  sid.writeUInt32LE(id, sid.length - 4);
  return sid;
};

test('an entry with little in it is still a person', () => {
  expect(account()).toMatchObject({
    anchor: 'f4c2ce4e-1f08-4358-abdc-fe3f035af4cd',
    displayName: 'ada',
    userPrincipalName: undefined,
    mail: [],
    resetMail: [],
    state: { isProtected: false, isServiceOrTrust: false, mustChange: false, accountExpiresAtMs: undefined },
  });
});

test('addresses come once each, the mail attribute first, and only those of SMTP', () => {
  const { mail, resetMail } = account({
    mail: 'ada@example.com',
    proxyAddresses: ['SMTP:Ada@example.com', 'smtp:a.example@example.com', 'x400:c=x', 'sip:ada@example.com'],
    otherMailbox: ['home@example.org', 'HOME@example.org'],
  });

  expect(mail).toEqual(['ada@example.com', 'a.example@example.com']);
  expect(resetMail).toEqual(['home@example.org']);
});

test('phones are read where an attribute was named for them, and not otherwise', () => {
  expect(account({ mobile: '+44 7700 900947' }).resetPhones).toEqual([]);
});

test.each(['objectGUID', 'sAMAccountName', 'userAccountControl', 'msDS-User-Account-Control-Computed'])(
  'an entry without %s is no account',
  (missing) => {
    expect(read({ [missing]: [] })).toEqual({ kind: 'unreadable', missing });
  },
);

describe('permissions', () => {
  test.each([
    ['cannot be read', []],
    ['are malformed', Buffer.from([1, 2, 3])],
  ])('that %s count as denied, and are told', (_, nTSecurityDescriptor) => {
    expect(read({ nTSecurityDescriptor })).toMatchObject({
      arePermissionsReadable: false,
      account: { state: { cannotChangePassword: true } },
    });
  });

  test('that deny the change are found', () => {
    expect(read({ nTSecurityDescriptor: aDescriptor([anAce({ type: 1, trustee: EVERYONE })]) })).toMatchObject({
      arePermissionsReadable: true,
      account: { state: { cannotChangePassword: true } },
    });
  });
});

test.each<[string, Values]>([
  ['a computer', { objectClass: ['top', 'person', 'user', 'computer'] }],
  ['a managed service account', { objectClass: ['user', 'msDS-GroupManagedServiceAccount'] }],
  ['a trust', { userAccountControl: '2080' }],
  ['krbtgt', { objectSid: withRelativeId(502) }],
  ['krbtgt of a read-only domain controller', { 'msDS-SecondaryKrbTgtNumber': '12345' }],
])('%s is no person', (_, changes) => {
  expect(account(changes).state.isServiceOrTrust).toBe(true);
});

test.each<[string, Values, boolean]>([
  ['adminCount 1', { adminCount: '1' }, true],
  ['adminCount 0', { adminCount: '0' }, false],
  ['the built-in administrator', { objectSid: withRelativeId(500) }, true],
  ['a new member of Domain Admins', { tokenGroups: withRelativeId(512) }, true],
  ['a new member of Backup Operators', { tokenGroups: Buffer.from('01020000000000052000000027020000', 'hex') }, true],
  ['a member of Domain Users', { tokenGroups: withRelativeId(513) }, false],
])('%s protects: %s', (_, changes, isProtected) => {
  expect(account(changes).state.isProtected).toBe(isProtected);
});

test.each(['pwdLastSet', 'accountExpires'])('an account whose %s is no number is not read', (name) => {
  expect(read({ [name]: 'soon' })).toEqual({ kind: 'unreadable', missing: name });
});

test('must change at 0, unless the password never expires', () => {
  expect(account({ pwdLastSet: '0' }).state.mustChange).toBe(true);
  expect(account({ pwdLastSet: '0', userAccountControl: String(0x10200) }).state.mustChange).toBe(false);
});

test('attribute names of the server touch nothing of ours', () => {
  const hostile = Object.fromEntries([...Object.entries(WHOLE), ['constructor', 'x'], ['toString', 'x']]);
  const entry = anEntry({ ...hostile, ['__proto__']: 'x', dn: 'CN=x' });

  expect(entry.text('constructor')).toBe('x');
  expect(anEntry({ dn: 'CN=x' }).text('constructor')).toBeUndefined();
});
