// Which kind of directory a server is, by its root DSE.

import { expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../src/agent/directory/ports.js';
import { detectKind } from '../../../../src/agent/ldap/detect-kind.js';
import { anEntry } from '../../../support/ldap-entries.js';

const detect = (root: Record<string, string | string[]>) =>
  detectKind(
    {
      endpoint: { url: 'ldaps://dc1:636', host: 'dc1', port: 636 },
      search: async () => [anEntry({ dn: '', ...root })],
    },
    new AbortController().signal,
  );

test('Active Directory shows its capability', async () => {
  const capabilities = ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670'];

  expect(await detect({ supportedCapabilities: capabilities })).toBe('active-directory');
});

test.each(['objectClass', 'structuralObjectClass'])('OpenLDAP shows its own class as %s', async (name) => {
  expect(await detect({ [name]: ['top', 'OpenLDAProotDSE'] })).toBe('openldap');
});

test('389 Directory Server shows its vendor', async () => {
  expect(await detect({ vendorName: '389 Project', vendorVersion: '389-Directory/2.3.1' })).toBe('389-ds');
});

test.each<[string, Record<string, string | string[]>]>([
  ['AD LDS, which is no domain', { supportedCapabilities: ['1.2.840.113556.1.4.1851'] }],
  ['a vendor nobody has tried', { vendorName: 'Example Directory' }],
  ['a root that shows nothing', {}],
])('%s is not guessed at', async (_, root) => {
  await expect(detect(root)).rejects.toBeInstanceOf(DirectoryMisconfigured);
});
