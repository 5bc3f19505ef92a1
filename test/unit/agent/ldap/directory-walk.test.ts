// How many accounts are read over one connection, with a connection that answers what a test says.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import type { DomainController } from '../../../../src/agent/ldap/active-directory/domain-controller.js';
import type { DirectoryWalk, Walking } from '../../../../src/agent/ldap/directory-walk.js';
import { aLease, aLookup, anAccountEntry } from '../../../support/account-leases.js';

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
