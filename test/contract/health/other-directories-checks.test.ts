// The checks on a real OpenLDAP and a real 389 Directory Server, found by their root DSE; the administrator of either refused; the
// printed instructions of 389 Directory Server doing what they are for; and what can be told of rights in OpenLDAP.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, tryCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { CheckContext, Precheck } from '../../../src/agent/health/precheck.js';
import { runChecks } from '../../../src/agent/health/run-checks.js';
import { type DirectoryOptions, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { asAdministrator, everythingIn } from '../../support/directory-administrator.js';
import { dirsrvForTests, type TestDirsrv } from '../../support/dirsrv.js';
import { openLdapForTests, type TestOpenLdap } from '../../support/openldap.js';

let openLdap: TestOpenLdap;
let dirsrv: TestDirsrv;
beforeAll(async () => {
  [openLdap, dirsrv] = await Promise.all([openLdapForTests(), dirsrvForTests()]);
});
afterAll(async () => {
  await Promise.all([openLdap.stop(), dirsrv.stop()]);
});

type Server = TestOpenLdap | TestDirsrv;
type Who = Server['serviceAccount'];

const signal = () => AbortSignal.timeout(20_000);

async function open(server: Server, { bindName, password }: Who, changes: Partial<DirectoryOptions> = {}) {
  return openDirectory({
    directoryId: 'people',
    urls: [server.url],
    ca: await readFile(server.caFile, 'utf8'),
    bindName,
    bindPassword: () => Secret.fromText(password),
    baseDn: server.suffix,
    clock: systemClock,
    ...changes,
  });
}

async function look(
  server: Server,
  who: Who = server.serviceAccount,
  changes: Partial<DirectoryOptions> = {},
  clock = systemClock,
): Promise<Precheck[]> {
  await using directory = await open(server, who, changes);
  const context: CheckContext = {
    scope: [server.peopleDn],
    excluded: [],
    operations: ['reset', 'unlock'],
    names: { addressesOf: async () => [], lookUp: async () => [] },
    clock,
  };
  const checks = await directory.checks(context, signal());
  return await runChecks({ directoryId: 'people', checks, clock: systemClock, signal: signal() });
}

const seen = (prechecks: readonly Precheck[]) => prechecks.map(({ code, status }) => `${status} ${code}`);

describe.each([
  ['OpenLDAP', () => openLdap, 'pass policy-overlay', ['right-reset-password', 'right-unlock', 'right-must-change']],
  ['389 Directory Server', () => dirsrv, 'pass right-unlock', []],
] as const)('%s', (_, server, own, untold) => {
  test('of a good set-up passes everything that can be told, its own checks among them', async () => {
    const prechecks = seen(await look(server()));

    expect(prechecks.filter((each) => !each.startsWith('pass'))).toEqual(untold.map((code) => `cannot-tell ${code}`));
    expect(prechecks).toContain(own);
  });

  test('looks for the bases and groups that the rules name', async () => {
    const { suffix } = server();
    const bases = [{ dn: `ou=people,${suffix}` }, { dn: `ou=poeple,${suffix}` }];
    const managed = { bases, groups: [`cn=nobody,${suffix}`], attributes: [] };
    const prechecks = await look(server(), server().serviceAccount, { managed });

    const found = prechecks.filter(({ code }) => code === 'managed-base' || code === 'managed-group');
    expect(found.map(({ code, status, target, detail }) => [code, status, target, detail])).toEqual([
      ['managed-base', 'pass', `ou=people,${suffix}`, 'is there'],
      ['managed-base', 'fail', `ou=poeple,${suffix}`, 'is not there'],
      ['managed-group', 'fail', `cn=nobody,${suffix}`, 'is not there'],
    ]);
  });

  test('compares attributes of the settings with its schema', async () => {
    const attributes = { mail: [{ attribute: 'rfc822Mailbox' }], surname: [{ attribute: 'surename' }] };
    const managed = { bases: [], groups: [], attributes: ['employeeType'] };
    const prechecks = await look(server(), server().serviceAccount, { attributes, managed });

    // 389 Directory Server keeps an attribute that no schema knows on entries of one class.
    const said =
      server() === openLdap
        ? 'fail attributes.surname: there is no attribute surename'
        : 'warn attributes.surname: the schema has no attribute surename: only an extensibleObject can have it';
    const found = prechecks.filter(({ code }) => code === 'attributes');
    expect(found.map(({ status, detail }) => `${status} ${detail}`)).toEqual([said]);
  });

  test('tells a clock that is apart from ours, by the one that it shows', async () => {
    const clock = { ...systemClock, nowMs: () => systemClock.nowMs() - 90_000 };
    const told = (await look(server(), server().serviceAccount, {}, clock)).filter(({ code }) => code === 'clock');

    expect(told.map(({ status, detail }) => `${status} ${detail}`)).toEqual([
      expect.stringMatching(/^warn (89|90) s ahead of this machine$/),
    ]);
  });

  test('refuses its own administrator as the service account', async () => {
    const { adminDn: bindName, adminPassword: password } = server();
    const prechecks = await look(server(), { bindName, password });

    expect(prechecks.find(({ code }) => code === 'service-account')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('no password policy'),
    });
  });
});

test('what is printed for 389 Directory Server lets an account set passwords that could not before', async () => {
  const ada: Who = { bindName: dirsrv.dnOf('ada'), password: SAMPLE_PASSWORD };
  const reset = async () => {
    const [own, next] = [await passwordFile('ada', ada.password), await passwordFile('next', 'Harbour-Crane-85')];
    const args = ['-x', '-H', dirsrv.url, '-D', ada.bindName, '-y', own, '-T', next, dirsrv.dnOf('kim1')];
    const { output, errorOutput, exitCode } = await tryCommand('ldappasswd', args, tls());
    return exitCode === 0 ? 'set' : /\((\d+)\)/.exec(output + errorOutput)?.[1];
  };
  expect(await reset()).toBe('50');

  await using directory = await open(dirsrv, ada);
  const request = { scope: [dirsrv.peopleDn], operations: ['reset', 'unlock'] } as const;
  const ldif = (await directory.delegation(request, 'look-up', signal())).join('\n');
  const admin = await passwordFile('admin', dirsrv.adminPassword);
  await runCommand('ldapmodify', ['-x', '-H', dirsrv.url, '-D', dirsrv.adminDn, '-y', admin], {
    ...tls(),
    input: ldif,
  });

  expect(await reset()).toBe('set');
});

describe('in OpenLDAP', () => {
  test.each([
    ['the service account', () => openLdap.serviceAccount, ['ALLOWED', 'ALLOWED', 'ALLOWED']],
    ['a person', () => ({ bindName: openLdap.dnOf('ada'), password: SAMPLE_PASSWORD }), ['DENIED', 'DENIED', 'DENIED']],
  ])('the rights of %s are told by the command that is shown, run on the server', async (_, who, verdicts) => {
    const prechecks = await look(openLdap, who());

    const advice = new Set(prechecks.flatMap((each) => (each.status === 'cannot-tell' ? [each.advice] : [])));
    expect(advice.size).toBe(1);
    const command = /: (slapacl .*) – /.exec([...advice][0] ?? '')?.[1] ?? '';
    const config = join(openLdap.folder, 'directory', 'slapd.conf');
    // It says so on standard error.
    const said = await runCommand('sh', [
      '-c',
      `${command.replace('slapacl', `/usr/sbin/slapacl -f '${config}'`)} 2>&1`,
    ]);
    expect([...said.matchAll(/: (ALLOWED|DENIED)$/gm)].map(([, verdict]) => verdict)).toEqual(verdicts);
  });

  test('an administrator that has an entry is told to be too much, without a password being read', async () => {
    const { adminDn: bindName, adminPassword: password } = openLdap;
    const entry = { objectClass: ['organizationalRole'], cn: 'admin' };
    await asAdministrator(openLdap, (client) => client.add(bindName, entry));

    const prechecks = await look(openLdap, { bindName, password });

    expect(prechecks.find(({ code }) => code === 'over-privilege')).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^may also: search stored passwords; on (\d+) of \1, /),
      advice: expect.stringContaining('rootdn'),
    });
  });

  test('looking changes nothing', async () => {
    const before = await everythingIn(openLdap);

    await look(openLdap);

    expect(before.length).toBeGreaterThan(15);
    expect(await everythingIn(openLdap)).toEqual(before);
  });
});

const tls = () => ({ env: { LDAPTLS_CACERT: dirsrv.caFile } });

/** Passwords go into files, never into arguments. */
async function passwordFile(name: string, password: string): Promise<string> {
  const file = join(dirsrv.folder, `${name}.password`);
  await writeFile(file, password, { mode: 0o600 });
  return file;
}
