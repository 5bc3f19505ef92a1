// What a new connection learns of its domain controller, with Windows' answers, which no lab of ours gives.

import type { Entry } from 'ldapts';
import { expect, test } from 'vitest';
import { DirectoryMisconfigured } from '../../../../../src/agent/directory/ports.js';
import { type Asked, readDomainController } from '../../../../../src/agent/ldap/active-directory/domain-controller.js';
import { parseEndpoint } from '../../../../../src/agent/ldap/connection.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const SERVICE = 'CN=NTDS Settings,CN=DC1,CN=Configuration,DC=corp';

const WINDOWS = {
  supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1670'],
  supportedControl: ['1.2.840.113556.1.4.2066', '1.2.840.113556.1.4.2239'],
  dnsHostName: 'dc1.corp.example.com',
  dsServiceName: SERVICE,
  defaultNamingContext: 'DC=corp,DC=example,DC=com',
  configurationNamingContext: 'CN=Configuration,DC=corp,DC=example,DC=com',
  domainControllerFunctionality: '10',
};

function read(root: Omit<Entry, 'dn'>) {
  const entries = new Map<string, Omit<Entry, 'dn'>>([
    ['', root],
    [SERVICE, { invocationId: Buffer.from('4ecec2f4081f5843abdcfe3f035af4cd', 'hex') }],
    ['CN=Partitions,CN=Configuration,DC=corp,DC=example,DC=com', { nETBIOSName: 'CORP' }],
  ]);
  const connection: Asked = {
    endpoint: parseEndpoint('ldaps://dc1'),
    search: async ({ base }) => {
      const entry = entries.get(base);
      return entry === undefined ? [] : [anEntry({ ...entry, dn: base })];
    },
  };
  return readDomainController(connection, new AbortController().signal);
}

test('knows a Windows domain controller, its incarnation and what it can do', async () => {
  expect(await read(WINDOWS)).toEqual({
    name: 'dc1.corp.example.com/f4c2ce4e-1f08-4358-abdc-fe3f035af4cd',
    dnsHostName: 'dc1.corp.example.com',
    invocationId: 'f4c2ce4e-1f08-4358-abdc-fe3f035af4cd',
    policyHintsOid: '1.2.840.113556.1.4.2239',
    domain: { namingContext: 'DC=corp,DC=example,DC=com', dnsName: 'corp.example.com', netbiosName: 'CORP' },
  });
});

test.each([
  [['1.2.840.113556.1.4.2066'], '1.2.840.113556.1.4.2066'],
  [['1.2.840.113556.1.4.319'], undefined],
])(
  'takes the older policy hints where there are no newer, and none where there are none: %j',
  async (controls, oid) => {
    expect((await read({ ...WINDOWS, supportedControl: controls })).policyHintsOid).toBe(oid);
  },
);

test('goes by the host alone where the incarnation may not be read', async () => {
  expect((await read({ ...WINDOWS, dsServiceName: 'CN=hidden' })).name).toBe('dc1.corp.example.com');
});

test.each([
  ['another kind of directory', { ...WINDOWS, supportedCapabilities: [] }],
  ['AD LDS', { ...WINDOWS, supportedCapabilities: ['1.2.840.113556.1.4.1851'] }],
  [
    'a read-only domain controller',
    { ...WINDOWS, supportedCapabilities: ['1.2.840.113556.1.4.800', '1.2.840.113556.1.4.1920'] },
  ],
  ['one that hides its domain', { ...WINDOWS, defaultNamingContext: [] }],
])('refuses %s', async (_, root) => {
  await expect(read(root)).rejects.toBeInstanceOf(DirectoryMisconfigured);
});
