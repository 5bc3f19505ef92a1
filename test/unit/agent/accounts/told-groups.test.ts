// What the front door learns of groups: the names of the agent's settings, for those they are set for, and nothing else.

import { expect, test } from 'vitest';
import { explainDisposition, renderExplanation } from '../../../../src/agent/accounts/explain.js';
import { inspectAccount } from '../../../../src/agent/accounts/inspect-account.js';
import { toManagedAccount } from '../../../../src/agent/accounts/managed-account.js';
import { toldDirectoriesOf } from '../../../../src/agent/accounts/told-groups.js';
import { agentSettingsSchema } from '../../../../src/agent/config.js';
import { serviceAccountsOf, writeBackRulesOf } from '../../../../src/agent/write-back-rules.js';
import { managedAccountSchema } from '../../../../src/protocol/managed-accounts.js';
import { aPerson, FakeDirectory } from '../../../support/fake-directory.js';

const STAFF = 'CN=Staff,OU=Groups,DC=corp,DC=example,DC=com';
const ADMINS = 'CN=Admins,OU=Groups,DC=corp,DC=example,DC=com';
const SECRET = 'CN=Merger Talks,OU=Groups,DC=corp,DC=example,DC=com';
const told = [
  { name: 'staff', group: STAFF },
  { name: 'it-admins', group: ADMINS },
];
const ada = aPerson({ groups: [STAFF, SECRET] });

test('an account is told to be in a group, or not to be, by the names of the settings', () => {
  const { groups } = managedAccountSchema.parse(toManagedAccount(ada, { kind: 'not-managed-here' }, told));
  expect(groups).toEqual({ in: ['staff'], notIn: ['it-admins'] });
});

test('nothing else of the directory’s groups leaves the agent, and nothing at all where the settings tell of none', () => {
  expect(JSON.stringify(toManagedAccount(ada, { kind: 'not-managed-here' }, told))).not.toContain('CN=');
  expect(toManagedAccount(ada, { kind: 'not-managed-here' }, [])).not.toHaveProperty('groups');
});

test('an inspection has them live', async () => {
  const reader = new FakeDirectory({ people: [{ account: ada, password: 'Correct Horse 1' }] });
  const deps = {
    reader,
    decideDisposition: () => ({ kind: 'not-managed-here' }) as const,
    toldGroups: () => told,
    bannedWords: 'off' as const,
    events: { inspectionFailed: () => undefined },
  };
  const ask = () => inspectAccount(deps, { kind: 'anchor', anchor: ada.anchor }, new AbortController().signal);
  expect(await ask()).toMatchObject({ account: { groups: { in: ['staff'], notIn: ['it-admins'] } } });
  reader.put({ account: { ...ada, groups: [ADMINS] }, password: 'Correct Horse 1' });
  expect(await ask()).toMatchObject({ account: { groups: { in: ['it-admins'], notIn: ['staff'] } } });
});

test('the front door learns of which groups each directory is told, and nothing where that is none', () => {
  const labs = { id: 'labs', tellGroups: [] };
  expect(toldDirectoriesOf([labs])).toEqual({});
  expect(toldDirectoriesOf([{ id: 'corp', tellGroups: told }, labs])).toEqual({
    directories: [
      { directoryId: 'corp', groups: ['staff', 'it-admins'] },
      { directoryId: 'labs', groups: [] },
    ],
  });
});

const directory = {
  id: 'corp',
  urls: ['ldaps://dc1.corp.example.com'],
  baseDn: 'DC=corp,DC=example,DC=com',
  bindName: 'svc@corp.example.com',
  bindPassword: { file: 'bind-password' },
};
const parse = (tellGroups: unknown) =>
  agentSettingsSchema('/etc/drawbridge').safeParse({
    frontDoor: { url: 'https://reset.example.com' },
    dataFolder: '/var/lib/drawbridge-agent',
    directories: [{ ...directory, tellGroups }],
  });

test.each([
  ['a name of another pattern', [{ name: 'All Staff', group: STAFF }]],
  ['two groups under one name', [told[0], { name: 'staff', group: ADMINS }]],
  ['a group that is no name of the directory', [{ name: 'staff', group: 'Staff' }]],
  ['more than thirty-two', Array.from({ length: 33 }, (_, at) => ({ name: `g${at}`, group: STAFF }))],
])('the settings refuse %s', (_, tellGroups) => {
  expect(parse(tellGroups).success).toBe(false);
});

test('`agent explain` shows what is told, and not a word where nothing is', () => {
  const parsed = parse(told);
  const config = parsed.success ? parsed.data.directories[0] : undefined;
  if (config === undefined) throw new TypeError('settings that are sound');
  const rules = writeBackRulesOf(config, serviceAccountsOf([config], []));
  const lines = (how: typeof told) => renderExplanation(explainDisposition(ada, { ...rules, told: how }, 0)).join('\n');
  expect(lines(told)).toMatch(/told to be in +staff\ntold not to be in +it-admins/);
  expect(lines([])).not.toContain('told to be in');
});
