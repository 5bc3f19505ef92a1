// How accounts are looked up over one connection, with a connection that answers what a test says.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { AccountLookup, type Asking } from '../../../../src/agent/ldap/account-lookup.js';
import { activeDirectory } from '../../../../src/agent/ldap/active-directory/active-directory.js';
import type { DomainController } from '../../../../src/agent/ldap/active-directory/domain-controller.js';
import type { SearchPage } from '../../../../src/agent/ldap/connection.js';
import type { LdapEntry } from '../../../../src/agent/ldap/ldap-entry.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';
import { anEntry } from '../../../support/ldap-entries.js';
import { aDescriptor } from '../../../support/security-descriptors.js';

const ANCHOR = parseAccountAnchor('f4c2ce4e-1f08-4358-abdc-fe3f035af4cd');
const signal = () => new AbortController().signal;

function anAccountEntry(changes: Record<string, string | string[] | Buffer> = {}) {
  return anEntry({
    objectGUID: Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex'),
    nTSecurityDescriptor: aDescriptor([]),
    sAMAccountName: 'ada',
    userAccountControl: '512',
    'msDS-User-Account-Control-Computed': '0',
    dn: 'CN=Ada,OU=People,DC=corp',
    ...changes,
  });
}

function aLookup() {
  const told: unknown[] = [];
  const lookup = new AccountLookup({
    directoryId: 'corp',
    dialect: activeDirectory().accounts,
    baseDn: 'OU=People,DC=corp',
    pageSize: 5,
    events: {
      domainControllerFailed: (event) => told.push(event),
      accountUnreadable: (event) => told.push({ unreadable: event }),
      permissionsUnreadable: (event) => told.push({ permissions: event }),
    },
  });
  return { lookup, told };
}

/** Answers each search by the next of `answers`, each page by the next of `pages`. */
function aLease(
  answers: readonly (LdapEntry[] | Error)[],
  pages: readonly SearchPage[] = [],
): Asking<DomainController> {
  const [searches, rest] = [[...answers], [...pages]];
  return {
    connection: {
      search: async () => {
        const answer = searches.shift() ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      searchPage: async () => rest.shift() ?? { entries: [], nextCookie: Buffer.from('more') },
    },
    server: {
      name: 'dc1',
      dnsHostName: 'dc1',
      pdcHostName: undefined,
      invocationId: undefined,
      policyHintsOid: undefined,
      domain: { namingContext: 'DC=corp', dnsName: 'corp', netbiosName: 'CORP' },
    },
  };
}

describe('one account', () => {
  test.each([
    ['elsewhere', [anAccountEntry({ dn: 'CN=Ada,OU=Partners,DC=corp' })]],
    ['gone', new LdapRefusal(32, '00002030: NameErr')],
    ['of another kind', []],
  ])('%s is not there', async (_, answer) => {
    expect(await aLookup().lookup.read(aLease([answer]), ANCHOR, signal())).toBeUndefined();
  });

  test('that moved away while it was looked up is not found', async () => {
    const lease = aLease([[anAccountEntry()], [anAccountEntry({ dn: 'CN=Ada,OU=Partners,DC=corp' })]]);

    expect(await aLookup().lookup.find(lease, 'ada', signal())).toEqual({ kind: 'not-found' });
  });

  test('of which too little may be read is for somebody to act on', async () => {
    const lease = aLease([[anAccountEntry({ userAccountControl: [] })]]);

    await expect(aLookup().lookup.read(lease, ANCHOR, signal())).rejects.toThrow(/may not read userAccountControl/);
  });

  test.each([
    [51, DirectoryUnreachable],
    [50, DirectoryMisconfigured],
    [10, DirectoryMisconfigured],
  ])('refused with %i', async (code, failure) => {
    await expect(aLookup().lookup.find(aLease([new LdapRefusal(code, '')]), 'ada', signal())).rejects.toBeInstanceOf(
      failure,
    );
  });
});

describe('everybody', () => {
  const all = async (lookup: AccountLookup<DomainController>, lease: Asking<DomainController>) => {
    const names: string[] = [];
    let leftOut = 0;
    for await (const page of lookup.readAll(lease, signal())) {
      names.push(...page.accounts.map((account) => account.samAccountName));
      leftOut += page.leftOut;
    }
    return { names, leftOut };
  };

  test('apart from whoever may not be read, which is told and counted', async () => {
    const { lookup, told } = aLookup();
    const hidden = anAccountEntry({ userAccountControl: [], dn: 'CN=Hidden,OU=People,DC=corp' });
    const lease = aLease(
      [],
      [
        { entries: [anAccountEntry(), hidden], nextCookie: Buffer.from('more') },
        { entries: [], nextCookie: Buffer.from('more') },
        { entries: [anAccountEntry({ sAMAccountName: 'bert' })], nextCookie: undefined },
      ],
    );

    expect(await all(lookup, lease)).toEqual({ names: ['ada', 'bert'], leftOut: 1 });
    expect(told).toEqual([
      { unreadable: { distinguishedName: 'CN=Hidden,OU=People,DC=corp', missing: 'userAccountControl' } },
    ]);
  });

  test('is told once that permissions cannot be read', async () => {
    const { lookup, told } = aLookup();
    const closed = anAccountEntry({ nTSecurityDescriptor: [] });

    await all(lookup, aLease([], [{ entries: [closed, closed, closed], nextCookie: undefined }]));

    expect(told).toEqual([{ permissions: { distinguishedName: 'CN=Ada,OU=People,DC=corp' } }]);
  });

  test('is not waited for through empty pages without end', async () => {
    await expect(all(aLookup().lookup, aLease([]))).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });
});
