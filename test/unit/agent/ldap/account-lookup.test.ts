// How single accounts are looked up over one connection, with a connection that answers what a test says.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { LdapRefusal } from '../../../../src/agent/ldap/ldap-errors.js';
import { ANCHOR, aLease, aLookup, anAccountEntry } from '../../../support/account-leases.js';

const signal = () => new AbortController().signal;

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
