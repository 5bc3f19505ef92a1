// How many accounts are read over one connection, with a connection that answers what a test says.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import type { DomainController } from '../../../../src/agent/ldap/active-directory/domain-controller.js';
import type { DirectoryWalk, Walking } from '../../../../src/agent/ldap/directory-walk.js';
import { aLease, aLookup, anAccountEntry } from '../../../support/account-leases.js';
import { anEntry } from '../../../support/ldap-entries.js';

const signal = () => new AbortController().signal;

describe('everybody', () => {
  const all = async (walk: DirectoryWalk<DomainController>, lease: Walking<DomainController>) => {
    const names: string[] = [];
    let leftOut = 0;
    for await (const page of walk.readAll(lease, signal())) {
      names.push(...page.accounts.map((account) => account.samAccountName));
      leftOut += page.leftOut;
    }
    return { names, leftOut };
  };

  test('apart from whoever may not be read, which is told and counted', async () => {
    const { walk, told } = aLookup();
    const hidden = anAccountEntry({ userAccountControl: [], dn: 'CN=Hidden,OU=People,DC=corp' });
    const lease = aLease(
      [],
      [
        { entries: [anAccountEntry(), hidden], nextCookie: Buffer.from('more') },
        { entries: [], nextCookie: Buffer.from('more') },
        { entries: [anAccountEntry({ sAMAccountName: 'bert' })], nextCookie: undefined },
      ],
    );

    expect(await all(walk, lease)).toEqual({ names: ['ada', 'bert'], leftOut: 1 });
    expect(told).toEqual([
      { unreadable: { distinguishedName: 'CN=Hidden,OU=People,DC=corp', missing: 'userAccountControl' } },
    ]);
  });

  test('is told once that permissions cannot be read', async () => {
    const { walk, told } = aLookup();
    const closed = anAccountEntry({ nTSecurityDescriptor: [] });

    await all(walk, aLease([], [{ entries: [closed, closed, closed], nextCookie: undefined }]));

    expect(told).toEqual([{ permissions: { distinguishedName: 'CN=Ada,OU=People,DC=corp' } }]);
  });

  test('is not waited for through empty pages without end', async () => {
    await expect(all(aLookup().walk, aLease([]))).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });
});

describe('who has changed, where people are known by another attribute than entries', () => {
  const settings = { anchor: 'mS-DS-ConsistencyGuid' };
  const OF_ENTRY = Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex');
  const OF_PERSON = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const KNOWN_BY = '33221100-5544-7766-8899-aabbccddeeff';
  const nothing = JSON.stringify({ dirSync: 'DC=corp', accounts: '', containers: '' });
  const changed = [[anEntry({ dn: 'CN=Ada,OU=People,DC=corp', objectGUID: OF_ENTRY })]];

  const changes = async (answers: Parameters<typeof aLease>[0]) => {
    const { walk } = aLookup(settings);
    const pages: { accounts: string[]; gone: readonly string[] }[] = [];
    for await (const page of walk.readChanges(aLease(answers, [], changed), nothing, signal()))
      pages.push({ accounts: page.accounts.map(({ anchor }) => anchor), gone: page.gone });
    return pages[0];
  };

  test('is told by what they are known by', async () => {
    const ada = anAccountEntry({ 'mS-DS-ConsistencyGuid': OF_PERSON });

    expect(await changes([[ada]])).toEqual({ accounts: [KNOWN_BY], gone: [] });
  });

  test('and has left the base is gone by that too', async () => {
    const elsewhere = anEntry({ dn: 'CN=Ada,OU=Partners,DC=corp', 'mS-DS-ConsistencyGuid': OF_PERSON });

    expect(await changes([[], [elsewhere]])).toEqual({ accounts: [], gone: [KNOWN_BY] });
  });

  test('and of whom the directory shows nothing more waits for a full read', async () => {
    expect(await changes([[], []])).toEqual({ accounts: [], gone: [] });
  });
});
