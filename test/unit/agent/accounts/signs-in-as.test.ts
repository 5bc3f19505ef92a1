// Which account is meant by a name of the settings, in every form it may have; and two directories that see one another's.

import { describe, expect, test } from 'vitest';
import { signsInAs } from '../../../../src/agent/accounts/signs-in-as.js';
import { agentSettingsSchema } from '../../../../src/agent/config.js';
import { LiveRules } from '../../../../src/agent/write-back-rules.js';
import { aPerson } from '../../../support/fake-directory.js';

const SERVICE = aPerson({
  distinguishedName: 'CN=Service,OU=People,DC=corp,DC=example,DC=com',
  samAccountName: 'svc-reset',
  userPrincipalName: 'service@example.com',
  domainName: 'CORP',
});

test.each([
  'cn=service, ou=people,DC=corp,DC=example,DC=com',
  'SERVICE@example.com',
  'svc-reset@corp.example.com',
  'corp\\SVC-RESET',
  'corp.example.com\\svc-reset',
])('%s is the account', (name) => expect(signsInAs(SERVICE, name)).toBe(true));

test.each([
  'CN=Service,OU=Partners,DC=corp,DC=example,DC=com',
  'svc-reset@example.com',
  'svc-reset@labs.example.com',
  'LABS\\svc-reset',
  'CORP\\service',
  'svc-reset',
])('%s is another', (name) => expect(signsInAs(SERVICE, name)).toBe(false));

describe('two directories in one forest', () => {
  const directory = (id: string, bindName: string) => ({
    id,
    urls: [`ldaps://${id}.example.com`],
    baseDn: 'DC=corp,DC=example,DC=com',
    bindName,
    bindPassword: { file: 'bind-password' },
    writeBack: { isOn: true, scope: ['OU=People,DC=corp,DC=example,DC=com'] },
  });
  const { directories } = agentSettingsSchema('/').parse({
    frontDoor: { url: 'https://reset.example.com' },
    dataFolder: 'data',
    directories: [directory('corp', 'svc-reset@corp.example.com'), directory('labs', 'CORP\\svc-labs')],
  });
  const labs = aPerson({ directoryId: 'corp', samAccountName: 'svc-labs', domainName: 'CORP' });

  test('do not write to each other, before and after the other has told who it is', () => {
    const rules = new LiveRules(directories);
    expect(rules.decide(labs, 0)).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });

    rules.learn('corp', undefined);
    expect(rules.decide(labs, 0)).toEqual({ kind: 'contact-administrator', reason: 'protected-account' });

    rules.learn('labs', labs.anchor);
    const renamed = aPerson({ directoryId: 'corp', samAccountName: 'svc-other', anchor: labs.anchor });
    expect(rules.decide(renamed, 0)).toEqual({ kind: 'contact-administrator', reason: 'protected-account' });
  });

  test('and a shut one answers everybody for whom it would else write, and is open again', () => {
    const rules = new LiveRules(directories);
    rules.learn('corp', undefined);
    const person = aPerson({ directoryId: 'corp' });
    const because = { kind: 'contact-administrator', reason: 'agent-not-permitted' } as const;

    expect(rules.shut('corp', undefined)).toBe(false);
    expect(rules.shut('corp', because)).toBe(true);
    expect(rules.shut('corp', because)).toBe(false);
    expect(rules.decide(person, 0)).toEqual(because);
    expect(rules.decide(labs, 0)).toMatchObject({ reason: 'protected-account' });
    expect(rules.shut('corp', undefined)).toBe(true);
    expect(rules.decide(person, 0).kind).toBe('write-back');
  });
});
