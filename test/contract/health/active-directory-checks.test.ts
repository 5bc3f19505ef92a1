// The checks on a real Active Directory (Samba): what they say of a good set-up, of every right that is missing, of too much, and
// of names that lead nowhere; that the printed commands give exactly what they look for; and that looking changes nothing.

import { readFile } from 'node:fs/promises';
import { Attribute, Change, type Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { runCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD, SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import type { CheckContext, NameService, Precheck } from '../../../src/agent/health/precheck.js';
import { shutBecause } from '../../../src/agent/health/readiness.js';
import { runChecks } from '../../../src/agent/health/run-checks.js';
import { USER_CLASS } from '../../../src/agent/ldap/active-directory/rights.js';
import { daclOnlyControl } from '../../../src/agent/ldap/controls.js';
import { type AnyDirectory, type DirectoryOptions, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { boundAs } from '../../support/directory-administrator.js';
import { sambaForTests, type TestDomain } from '../../support/samba.js';

/** As unfriendly to shells and to names as a unit may be. */
const ODD_UNIT = 'OU=R&D \\"x\\"\\, $HOME `id` 100% \'q\' \\\\ Größe\\;\\+!,OU=Fresh';
const UNITS = {
  fresh: 'OU=Fresh',
  odd: ODD_UNIT,
  empty: 'OU=Empty',
  cutOff: 'OU=Cut off,OU=Fresh',
  hidden: 'OU=Hidden',
  tooMuch: 'OU=Too much',
  withoutReset: 'OU=Without reset',
  withoutUnlock: 'OU=Without unlock',
  withoutMustChange: 'OU=Without must change',
} as const;

const POPULATION = {
  ...SAMPLE_POPULATION,
  units: [...SAMPLE_POPULATION.units, ...Object.values(UNITS)],
  people: [
    ...SAMPLE_POPULATION.people,
    ...Object.entries(UNITS).flatMap(([name, unit]) =>
      name === 'empty' ? [] : [{ samAccountName: name.toLowerCase(), password: SAMPLE_PASSWORD, unit }],
    ),
  ],
  serviceAccounts: [
    ...(SAMPLE_POPULATION.serviceAccounts ?? []),
    { samAccountName: 'svc-fresh', password: SAMPLE_PASSWORD, unit: 'OU=Service Accounts', delegatedUnits: [] },
  ],
};

let domain: TestDomain;
let ca: string;
beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
  ca = await readFile(domain.caFile, 'utf8');
});
afterAll(() => domain.stop());

const signal = () => AbortSignal.timeout(50_000);
const below = (unit: string) => `${unit},${domain.baseDn}`;

const NAMES: NameService = {
  addressesOf: async () => ['127.0.0.1'],
  lookUp: async () => [{ host: 'dc1.corp.example.com', priority: 0, weight: 100 }],
};

function open(changes: Partial<DirectoryOptions> = {}): AnyDirectory {
  return openDirectory({
    kind: 'active-directory',
    directoryId: 'corp',
    urls: [domain.url],
    serverName: domain.hostName,
    ca,
    bindName: domain.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(domain.serviceAccount.password),
    baseDn: domain.baseDn,
    clock: systemClock,
    ...changes,
  });
}

/** A service account that nobody has delegated anything to. */
const FRESH = { bindName: 'CORP\\svc-fresh', bindPassword: () => Secret.fromText(SAMPLE_PASSWORD) };

async function look(
  options: Partial<DirectoryOptions> = {},
  settings: Partial<CheckContext> = {},
): Promise<Precheck[]> {
  await using directory = open(options);
  const context: CheckContext = {
    scope: [below('OU=People')],
    excluded: [],
    operations: ['reset', 'unlock'],
    names: NAMES,
    clock: systemClock,
    ...settings,
  };
  const checks = await directory.checks(context, signal());
  return await runChecks({ directoryId: 'corp', checks, clock: systemClock, signal: signal() });
}

const lookAt = (unit: string) => look(FRESH, { scope: [below(unit)] });

/** All that did not pass, but for what no Samba of these years can do. */
const troubles = (prechecks: readonly Precheck[]) =>
  prechecks.flatMap(({ code, status }) => (status === 'pass' || code === 'policy-hints' ? [] : [`${status} ${code}`]));

/** Runs what was printed for Samba, as its administrator would. */
async function runPrinted(unit: string, how: 'look-up' | 'offline' = 'look-up'): Promise<void> {
  await using directory = open(FRESH);
  const request = { scope: [below(unit)], operations: ['reset', 'unlock'] } as const;
  const lines = await directory.delegation(request, how, signal());
  await runShell(lines.filter((line) => /^(?:samba-tool|sid=)/.test(line)));
}

async function runShell(lines: readonly string[]): Promise<void> {
  await runCommand('sh', ['-ec', lines.join('\n')], { env: { SMB_CONF_PATH: domain.smbConfFile } });
}

const grant = (unit: string, entry: (sid: string) => string) => grantAt(below(unit), entry);

async function grantAt(distinguishedName: string, entry: (sid: string) => string): Promise<void> {
  const said = await runCommand('samba-tool', [
    ...['user', 'show', 'svc-fresh', '--attributes=objectSid', '-s', domain.smbConfFile],
  ]);
  const sid = /^objectSid: (.*)$/m.exec(said)?.[1] ?? '';
  const args = ['dsacl', 'set', `--objectdn=${distinguishedName}`, `--sddl=${entry(sid)}`, '-s', domain.smbConfFile];
  await runCommand('samba-tool', args);
}

const asDomainAdministrator = <T>(act: (client: Client) => Promise<T>) =>
  boundAs(domain, { bindName: `Administrator@${domain.realm.toLowerCase()}`, password: domain.adminPassword }, act);

test('of a good set-up everything passes that this server can do', async () => {
  const prechecks = await look({}, { excluded: [below('CN=Lena Strict,OU=People')] });

  expect(troubles(prechecks)).toEqual([]);
  expect(prechecks.find(({ code }) => code === 'policy-hints')).toMatchObject({ status: 'warn' });
  expect(shutBecause(prechecks)).toBeUndefined();
});

test('attributes of the settings are compared with the schema', async () => {
  const attributes = {
    mail: [{ attribute: 'mail' }, { attribute: 'proxyAddresses' }],
    resetMail: [{ attribute: 'otherMailBoxes' }, { attribute: 'objectGUID' }],
  };
  const prechecks = await look({ attributes });

  expect(prechecks.flatMap(({ code, detail }) => (code === 'attributes' ? [detail] : []))).toEqual([
    'attributes.resetMail: there is no attribute otherMailBoxes',
    'attributes.resetMail: objectGUID holds no text',
  ]);
});

test('a fine-grained policy that may not be read is told', async () => {
  expect(troubles(await look())).toEqual(['warn fine-grained-policies']);
});

describe('names that lead nowhere', () => {
  test('in the scope and among the exclusions, each by itself', async () => {
    const misspelt = [below('OU=Poeple'), 'OU=People,DC=corp,DC=example,DC=org'];
    const prechecks = await look({}, { scope: [below('OU=Partners'), ...misspelt], excluded: [below('OU=Nobody')] });

    const named = prechecks.filter(({ code, status }) => /-dn$/.test(code) && status === 'fail');
    expect(named.map(({ target }) => target)).toEqual([...misspelt, below('OU=Nobody')]);
  });

  test('as the base: nothing is written', async () => {
    const prechecks = await look({ baseDn: 'OU=Gone,DC=corp,DC=example,DC=com' }, { scope: [] });

    expect(troubles(prechecks)).toContain('fail base-dn');
    expect(shutBecause(prechecks)).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
  });
});

describe('who cannot get in', () => {
  test('with a wrong password learns what is wrong with it, once for all servers', async () => {
    const urls = [domain.url, `${domain.url}:636`];
    const prechecks = await look({ urls, bindPassword: () => Secret.fromText('Not-the-password-1') });

    const binds = prechecks.filter(({ code }) => code === 'bind');
    expect(binds.map(({ status }) => status)).toEqual(['fail', 'fail']);
    expect(binds[0]?.detail).toContain('the name or the password is wrong');
    expect(await attributesOfPeople(['badPwdCount'], '(sAMAccountName=svc-drawbridge)')).toMatchObject([
      { badPwdCount: '1' },
    ]);
    expect(shutBecause(prechecks)).toEqual({ kind: 'try-later', reason: 'directory-unreachable' });
  });

  test('with another authority sees who issued the certificate', async () => {
    const other = (await createCertificateAuthority()).certificatePem;
    const [tls] = (await look({ ca: other })).filter(({ code }) => code === 'tls');

    expect(tls).toMatchObject({ status: 'fail', advice: expect.stringContaining('caFile') });
    expect(tls?.detail).toContain('issued by CN=Lab CA');
  });

  test('by another name sees the names of the certificate', async () => {
    const prechecks = await look({ serverName: 'dc9.corp.example.com' });

    expect(troubles(prechecks).filter((trouble) => trouble.startsWith('fail'))).toEqual([
      'fail certificate-name',
      'fail bind',
    ]);
    expect(prechecks.find(({ code }) => code === 'certificate-name')?.detail).toContain('DNS:dc1.corp.example.com');
  });

  test('because nothing listens, or nothing is known in DNS, is told so', async () => {
    const nowhere: NameService = { addressesOf: async () => [], lookUp: async () => [] };
    const prechecks = await look({ urls: ['ldaps://dc1.corp.example.com:1'] }, { names: nowhere });

    expect(troubles(prechecks).filter((trouble) => trouble.startsWith('fail'))).toEqual([
      'fail name-resolution',
      'fail tls',
    ]);
  });
});

test('a domain controller that DNS does not know is told', async () => {
  const names: NameService = {
    ...NAMES,
    lookUp: async () => [{ host: 'dc2.corp.example.com', priority: 0, weight: 100 }],
  };
  const found = (await look({}, { names })).find(({ code }) => code === 'servers-in-dns');

  expect(found).toMatchObject({ status: 'warn', detail: expect.stringContaining('not there: dc1.corp.example.com') });
});

describe('the rights', () => {
  const ALL = ['fail right-reset-password', 'fail right-unlock', 'fail right-must-change'];

  test.each(['look-up', 'offline'] as const)(
    'that the printed commands give are what is looked for (%s)',
    async (how) => {
      const unit = how === 'look-up' ? UNITS.odd : UNITS.empty;
      const before = await lookAt(unit);
      expect(troubles(before)).toEqual(ALL);
      expect(shutBecause(before)).toEqual({ kind: 'contact-administrator', reason: 'agent-not-permitted' });

      await runPrinted(unit, how);

      expect(troubles(await lookAt(unit))).toEqual([]);
    },
  );

  test.each([
    [UNITS.withoutReset, 'CR;00299570-246d-11d0-a768-00aa006e0529', 'fail right-reset-password'],
    [UNITS.withoutUnlock, 'WP;28630ebf-41d5-11d1-a9c1-0000f80367c1', 'fail right-unlock'],
    [UNITS.withoutMustChange, 'WP;bf967a0a-0de6-11d0-a285-00aa003049e2', 'fail right-must-change'],
  ])('below %s, one of them taken away, are told to lack exactly that one', async (unit, right, trouble) => {
    await runPrinted(unit);
    await grant(unit, (sid) => `(OD;CIIO;${right};${USER_CLASS};${sid})`);

    expect(troubles(await lookAt(unit))).toEqual([trouble]);
  });

  test('do not reach a unit whose inheritance is switched off, and that is told', async () => {
    await asDomainAdministrator((client) => switchInheritanceOff(client, below(UNITS.cutOff)));
    await runPrinted(UNITS.fresh);

    const prechecks = await lookAt(UNITS.fresh);

    expect(troubles(prechecks)).toEqual([
      'warn right-reset-password',
      'warn right-unlock',
      'warn right-must-change',
      'warn inheritance',
    ]);
    expect(prechecks.find(({ code }) => code === 'inheritance')?.detail).toContain('OU=Cut off');
    expect(shutBecause(prechecks)).toBeUndefined();
  });

  test('that cannot be read are not called missing', async () => {
    await grant(`CN=hidden,${UNITS.hidden}`, (sid) => `(D;;RC;;;${sid})`);

    expect(troubles(await lookAt(UNITS.hidden))).toEqual([
      'fail permissions-readable',
      'cannot-tell right-reset-password',
      'cannot-tell right-unlock',
      'cannot-tell right-must-change',
    ]);
  });

  test('to too much are told, with what it is', async () => {
    await grant(UNITS.tooMuch, (sid) => `(A;CI;GA;;;${sid})`);

    const prechecks = await lookAt(UNITS.tooMuch);

    expect(troubles(prechecks)).toEqual(['warn over-privilege']);
    expect(
      prechecks.find(({ code, target }) => code === 'over-privilege' && target === below(UNITS.tooMuch)),
    ).toMatchObject({
      detail: expect.stringContaining('full control'),
    });
  });
});

test('a service account that may replicate everybody’s secrets is told', async () => {
  const ofDomain = async () =>
    (await lookAt(UNITS.fresh)).find(({ code, target }) => code === 'over-privilege' && target === domain.baseDn);
  expect(await ofDomain()).toMatchObject({ status: 'pass', detail: expect.stringContaining('nor replicate secrets') });
  await grantAt(domain.baseDn, (sid) => `(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;${sid})`);

  expect(await ofDomain()).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining('Replicating Directory Changes All'),
  });
});

test('a service account in a protected group, nested, is told, with the accounts it could reset', async () => {
  const tool = (...args: string[]) => runCommand('samba-tool', [...args, '-s', domain.smbConfFile]);
  await tool('group', 'add', 'inner');
  await tool('group', 'addmembers', 'Domain Admins', 'inner');
  await tool('group', 'addmembers', 'inner', 'svc-fresh');

  const prechecks = await lookAt('OU=People');

  expect(troubles(prechecks)).toEqual(['warn service-account-groups', 'warn over-privilege', 'warn over-privilege']);
  expect(prechecks.find(({ code }) => code === 'service-account-groups')?.detail).toContain('Domain Admins');
});

test('a minimum age, and Unexpire Password taken from everybody, are told', async () => {
  await runCommand('samba-tool', ['domain', 'passwordsettings', 'set', '--min-pwd-age=1', '-s', domain.smbConfFile]);
  await runCommand('samba-tool', [
    ...['dsacl', 'set', `--objectdn=${domain.baseDn}`, '-s', domain.smbConfFile],
    '--sddl=(OD;;CR;ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501;;AU)',
  ]);

  expect(troubles(await look())).toEqual(['warn fine-grained-policies', 'warn unexpire-password', 'warn minimum-age']);
});

test('looking changes nothing', async () => {
  const attributes = ['uSNChanged', 'whenChanged', 'badPwdCount', 'lockoutTime', 'pwdLastSet'];
  const before = await attributesOfPeople(attributes);

  await look();

  expect(before.length).toBeGreaterThan(20);
  expect(await attributesOfPeople(attributes)).toEqual(before);
});

async function attributesOfPeople(attributes: readonly string[], filter = '(objectClass=user)') {
  return asDomainAdministrator(async (client) => {
    const { searchEntries } = await client.search(domain.baseDn, { scope: 'sub', filter, attributes: [...attributes] });
    return searchEntries;
  });
}

/** SE_DACL_PROTECTED: what is granted above from now on does not get here. */
async function switchInheritanceOff(client: Client, name: string): Promise<void> {
  const { searchEntries } = await client.search(
    name,
    { scope: 'base', attributes: ['nTSecurityDescriptor'], explicitBufferAttributes: ['nTSecurityDescriptor'] },
    [daclOnlyControl()],
  );
  const descriptor = searchEntries[0]?.nTSecurityDescriptor;
  if (!Buffer.isBuffer(descriptor)) throw new Error('the administrator reads every descriptor');
  const changed = Buffer.from(descriptor);
  changed.writeUInt16LE(changed.readUInt16LE(2) | 0x1000, 2);
  const attribute = new Attribute({ type: 'nTSecurityDescriptor', values: [changed] });
  await client.modify(name, new Change({ operation: 'replace', modification: attribute }), [daclOnlyControl()]);
}
