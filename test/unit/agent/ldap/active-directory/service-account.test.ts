// Which account the agent is bound as, and that nothing but a proof is ever an answer.

import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../../src/agent/directory/ports.js';
import { readServiceAccount } from '../../../../../src/agent/ldap/active-directory/service-account.js';
import type { SearchRequest } from '../../../../../src/agent/ldap/connection.js';
import type { LdapEntry } from '../../../../../src/agent/ldap/ldap-entry.js';
import { LdapRefusal } from '../../../../../src/agent/ldap/ldap-errors.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const own = anEntry({
  dn: 'CN=svc,OU=Service,DC=corp,DC=example,DC=com',
  objectGUID: Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex'),
});
const namesake = anEntry({
  dn: 'CN=Eve,OU=People,DC=corp,DC=example,DC=com',
  objectGUID: Buffer.from('5ecec2f4081f5843abdcfe3f035af4cd', 'hex'),
});

async function readFor(bindName: string, answer: readonly LdapEntry[] | Error) {
  const asked: SearchRequest[] = [];
  const connection = {
    search: async (request: SearchRequest) => {
      asked.push(request);
      if (answer instanceof Error) throw answer;
      return [...answer];
    },
  };
  const domain = { namingContext: 'DC=corp,DC=example,DC=com', dnsName: 'corp.example.com', netbiosName: 'CORP' };
  const names = { bindName, baseDn: 'OU=People,DC=corp,DC=example,DC=com' };
  const signal = new AbortController().signal;
  return { read: readServiceAccount({ connection, server: { domain } }, names, signal), asked };
}

test.each(['svc@corp.example.com', 'CORP\\svc', 'CN=svc,OU=Service,DC=corp,DC=example,DC=com'])(
  'is found as %s',
  async (bindName) => {
    const { read } = await readFor(bindName, [own]);

    expect(await read).toBe('f4c2ce4e-1f08-4358-abdc-fe3f035af4cd');
  },
);

test.each(['svc@corp.example.com', 'svc@example.org'])('is never looked for by an address: %s', async (bindName) => {
  const { read, asked } = await readFor(bindName, [own]);
  await read;

  const filters = asked.map(({ filter }) => filter?.toString() ?? '').join();
  expect(filters).toMatch(/userPrincipalName=/);
  expect(filters).not.toMatch(/mail|proxyAddresses/i);
});

describe('is proven to lie outside the base', () => {
  test.each(['OTHER\\svc', 'CN=svc,DC=other,DC=example,DC=com', 'CN=svc,OU=Service,DC=corp,DC=example,DC=com'])(
    'by the name %s alone',
    async (bindName) => {
      const { read } = await readFor(bindName, []);

      expect(await read).toBe('elsewhere');
    },
  );
});

describe('cannot be told, which is no answer,', () => {
  test.each<[string, string, readonly LdapEntry[] | Error]>([
    ['when two sign in by the name', 'svc@corp.example.com', [own, namesake]],
    ['when nobody is seen under a user principal name', 'svc@example.org', []],
    ['when nobody is seen under a name of our own domain', 'corp\\svc', []],
    ['when nobody is seen under a name below the base', 'CN=svc,OU=People,DC=corp,DC=example,DC=com', []],
    ['when the name below the base is hidden', 'CN=svc,OU=People,DC=corp,DC=example,DC=com', new LdapRefusal(32, '')],
    ['when its objectGUID is hidden', 'CORP\\svc', [anEntry({ dn: own.distinguishedName })]],
    ['when the directory refuses to say', 'CORP\\svc', new LdapRefusal(50, '')],
  ])('%s', async (_, bindName, answer) => {
    const { read } = await readFor(bindName, answer);

    await expect(read).rejects.toBeInstanceOf(DirectoryMisconfigured);
  });

  test('when the directory is busy, which may pass', async () => {
    const { read } = await readFor('CORP\\svc', new LdapRefusal(51, ''));

    await expect(read).rejects.toBeInstanceOf(DirectoryUnreachable);
  });
});
