// Accounts that are nobody's to reset, on a real Active Directory (Samba): each goes to the administrator with its own reason,
// whichever way it came to be special, and the service accounts themselves above all.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD, SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import { agentSettingsSchema } from '../../../src/agent/config.js';
import type { DirectoryAccount } from '../../../src/agent/directory/directory-account.js';
import { type AnyDirectory, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { LiveRules } from '../../../src/agent/write-back-rules.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { boundAs } from '../../support/directory-administrator.js';
import { sambaForTests, type TestDomain } from '../../support/samba.js';

const POPULATION = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    ...['nested', 'operator', 'ordinary'].map((name) => ({
      samAccountName: name,
      password: SAMPLE_PASSWORD,
      unit: 'OU=People',
    })),
  ],
  serviceAccounts: [
    ...(SAMPLE_POPULATION.serviceAccounts ?? []),
    { samAccountName: 'svc-other', password: SAMPLE_PASSWORD, unit: 'OU=People', delegatedUnits: [] },
  ],
};

let domain: TestDomain;
let directory: AnyDirectory;
let rules: LiveRules;
beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  const tool = (...args: string[]) => runCommand('samba-tool', [...args, '-s', domain.smbConfFile]);
  await tool('group', 'add', 'inner');
  await tool('group', 'add', 'outer');
  await tool('group', 'addmembers', 'Domain Admins', 'outer');
  await tool('group', 'addmembers', 'outer', 'inner');
  await tool('group', 'addmembers', 'inner', 'nested');
  await tool('group', 'addmembers', 'Account Operators', 'operator');
  await tool('user', 'enable', 'Guest');
  await addMachines();
  const ca = await readFile(domain.caFile, 'utf8');
  directory = openDirectory({
    kind: 'active-directory',
    directoryId: 'corp',
    urls: [domain.url],
    serverName: domain.hostName,
    ca,
    bindName: domain.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(domain.serviceAccount.password),
    baseDn: domain.baseDn,
    clock: systemClock,
  });
  const settings = (id: string, bindName: string) => ({
    id,
    urls: [domain.url],
    baseDn: domain.baseDn,
    bindName,
    bindPassword: { file: 'bind-password' },
    // Everybody is in scope: what keeps them out has to be what they are.
    writeBack: { isOn: true, scope: [domain.baseDn] },
  });
  rules = new LiveRules(
    agentSettingsSchema('/').parse({
      frontDoor: { url: 'https://reset.example.com' },
      dataFolder: 'data',
      directories: [settings('corp', domain.serviceAccount.bindName), settings('other', 'CORP\\svc-other')],
    }).directories,
  );
  rules.learn('corp', (await directory.probe(signal())).bindIdentity);
});
afterAll(async () => {
  await directory[Symbol.asyncDispose]();
  await domain.stop();
});

const signal = () => AbortSignal.timeout(20_000);

async function accountOf(userId: string): Promise<DirectoryAccount> {
  const found = await directory.find(userId, signal());
  if (found.kind !== 'found') throw new Error(`${userId} is ${found.kind}`);
  return found.account;
}

const decide = async (userId: string) => rules.decide(await accountOf(userId), systemClock.nowMs());

test('an ordinary person may be reset', async () => {
  expect((await decide('ordinary')).kind).toBe('write-back');
});

describe('left to the administrator', () => {
  test.each([
    ['a member of Domain Admins through two groups, before anything marks it', 'nested', 'protected-account'],
    ['a member of a built-in operators group', 'operator', 'protected-account'],
    ['a marked administrator', 'fred', 'protected-account'],
    ['the built-in administrator', 'Administrator', 'protected-account'],
    ['the built-in guest, even where somebody has enabled it', 'Guest', 'protected-account'],
    ['the service account of this directory', 'svc-drawbridge', 'protected-account'],
    ['the service account of another directory in the same forest', 'svc-other', 'protected-account'],
    ['who may not change the password', 'gina', 'cannot-change-password'],
    ['who needs a smart card', 'hugo', 'smartcard-required'],
    ['a disabled account', 'dora', 'disabled'],
    ['an account that has ended', 'emil', 'account-expired'],
    ['a computer', 'desk1$', 'service-or-trust-account'],
    ['a managed service account', 'gmsa1$', 'service-or-trust-account'],
  ])('%s', async (_, userId, reason) => {
    expect(await decide(userId)).toEqual({ kind: 'contact-administrator', reason });
  });

  test('krbtgt, which is also disabled and protected', async () => {
    const account = await accountOf('krbtgt');

    expect(account.state).toMatchObject({ isServiceOrTrust: true, isDisabled: true });
    expect(rules.decide(account, systemClock.nowMs()).kind).toBe('contact-administrator');
  });
});

test('the writer sees the nested membership too, on the domain controller it would write to', async () => {
  const { anchor } = await accountOf('nested');
  await using intent = await directory.prepare(anchor, signal());

  expect(intent?.account.state.isProtected).toBe(true);
});

/** As a joined machine is, and as New-ADServiceAccount makes its accounts; samba-tool of these years makes neither. */
async function addMachines(): Promise<void> {
  const administrator = { bindName: `Administrator@${domain.realm.toLowerCase()}`, password: domain.adminPassword };
  await boundAs(domain, administrator, async (client) => {
    await client.add(`CN=desk1,CN=Computers,${domain.baseDn}`, {
      objectClass: ['computer'],
      sAMAccountName: 'desk1$',
      userAccountControl: '4096',
    });
    await client.add(`CN=gmsa1,CN=Managed Service Accounts,${domain.baseDn}`, {
      objectClass: ['msDS-GroupManagedServiceAccount'],
      sAMAccountName: 'gmsa1$',
      userAccountControl: '4096',
      'msDS-ManagedPasswordInterval': '30',
      'msDS-SupportedEncryptionTypes': '28',
    });
  });
}
