// The checks on a real OpenLDAP and a real 389 Directory Server, found by their root DSE; the administrator of either refused; and
// the printed instructions of 389 Directory Server doing what they are for.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand, tryCommand } from '../../../scripts/lab/run-command.js';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { CheckContext, Precheck } from '../../../src/agent/health/precheck.js';
import { runChecks } from '../../../src/agent/health/run-checks.js';
import { openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
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

async function open(server: Server, { bindName, password }: Who) {
  return openDirectory({
    directoryId: 'people',
    urls: [server.url],
    ca: await readFile(server.caFile, 'utf8'),
    bindName,
    bindPassword: () => Secret.fromText(password),
    baseDn: server.suffix,
    clock: systemClock,
  });
}

async function look(server: Server, who: Who = server.serviceAccount): Promise<Precheck[]> {
  await using directory = await open(server, who);
  const context: CheckContext = {
    scope: [server.peopleDn],
    excluded: [],
    operations: ['reset', 'unlock'],
    names: { addressesOf: async () => [], lookUp: async () => [] },
    clock: systemClock,
  };
  const checks = await directory.checks(context, signal());
  return await runChecks({ directoryId: 'people', checks, clock: systemClock, signal: signal() });
}

const seen = (prechecks: readonly Precheck[]) => prechecks.map(({ code, status }) => `${status} ${code}`);

describe.each([
  ['OpenLDAP', () => openLdap, 'pass policy-overlay'],
  ['389 Directory Server', () => dirsrv, 'pass password-managers'],
] as const)('%s', (_, server, own) => {
  test('of a good set-up passes everything, its own checks among them', async () => {
    const prechecks = seen(await look(server()));

    expect(prechecks.filter((each) => !each.startsWith('pass'))).toEqual([]);
    expect(prechecks).toContain(own);
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

const tls = () => ({ env: { LDAPTLS_CACERT: dirsrv.caFile } });

/** Passwords go into files, never into arguments. */
async function passwordFile(name: string, password: string): Promise<string> {
  const file = join(dirsrv.folder, `${name}.password`);
  await writeFile(file, password, { mode: 0o600 });
  return file;
}
