// `drawbridge agent check` and `agent delegation`, built, against a real domain: a good set-up and every broken one, by exit code
// and by what a program reads; and an agent that is shut by what it finds, and says so.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority, openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { SAMPLE_PASSWORD, SAMPLE_POPULATION } from '../../scripts/lab/sample-people.js';
import { sambaForTests, type TestDomain } from '../support/samba.js';
import { type BridgeOptions, makeBridge } from './bridge.js';

const POPULATION = {
  ...SAMPLE_POPULATION,
  serviceAccounts: [
    ...(SAMPLE_POPULATION.serviceAccounts ?? []),
    { samAccountName: 'svc-bare', password: SAMPLE_PASSWORD, unit: 'OU=Service Accounts', delegatedUnits: [] },
  ],
};
const BARE = { bindName: 'svc-bare@corp.example.com', password: SAMPLE_PASSWORD };

let domain: TestDomain;
beforeAll(async () => {
  domain = await sambaForTests(POPULATION);
});
afterAll(() => domain.stop());

async function bridge(name: string, options: Partial<BridgeOptions> = {}) {
  return makeBridge({ domain, authority: await openCertificateAuthority(domain.folder), name, ...options });
}

interface Report {
  readonly status: string;
  readonly exitCode: number;
  readonly prechecks: readonly { readonly code: string; readonly status: string; readonly advice?: string }[];
}

/** What failed, as a program reads it, with the exit code. */
async function check(name: string, options: Partial<BridgeOptions> = {}) {
  const { code, output, errorOutput } = await (await bridge(name, options)).agent(['check', '--json']);
  const report: Report = JSON.parse(output);
  const failed = report.prechecks.filter(({ status }) => status === 'fail');
  return { code, errorOutput, report, failed: failed.map((each) => each.code) };
}

describe('agent check', () => {
  test('of a good set-up ends with 3 on Samba, which cannot make a reset obey history', async () => {
    const { code, errorOutput, report, failed } = await check('good');

    expect({ code, errorOutput, failed }).toEqual({ code: 3, errorOutput: '', failed: [] });
    expect(report).toMatchObject({ status: 'warn', exitCode: 3 });
    expect(report.prechecks.find((each) => each.code === 'right-reset-password')).toMatchObject({ status: 'pass' });
  });

  test('prints for people what it gives to programs', async () => {
    const { output } = await (await bridge('people')).agent(['check']);

    expect(output).toMatch(/^directory corp\n {2}warn {2}history on resets /);
    expect(output).toMatch(/\n\d+ in order, \d+ cannot be told, \d+ to look at, 0 failed\n$/);
  });

  test('with another authority ends with 1 and names the setting', async () => {
    const file = join(domain.folder, 'other-ca.pem');
    await writeFile(file, (await createCertificateAuthority()).certificatePem);
    const { code, report, failed } = await check('authority', { domain: { ...domain, caFile: file } });

    expect({ code, failed }).toEqual({ code: 1, failed: ['tls'] });
    expect(report.prechecks.find((each) => each.code === 'tls')?.advice).toContain('caFile');
  });

  test('with a wrong password ends with 1', async () => {
    const serviceAccount = { ...domain.serviceAccount, password: 'Not-the-password-1' };

    expect(await check('password', { serviceAccount })).toMatchObject({ code: 1, failed: ['bind'] });
  });

  test('with a misspelt scope ends with 1', async () => {
    const writeBack = { scope: [`OU=Poeple,${domain.baseDn}`] };

    expect(await check('scope', { writeBack })).toMatchObject({ code: 1, failed: ['scope-dn'] });
  });

  test('without rights ends with 1 and names them', async () => {
    expect(await check('rights', { serviceAccount: BARE })).toMatchObject({
      code: 1,
      failed: ['right-reset-password', 'right-unlock', 'right-must-change'],
    });
  });
});

describe('agent delegation', () => {
  test('prints the commands, asked or not', async () => {
    const { agent } = await bridge('delegation', { serviceAccount: BARE });
    const asked = await agent(['delegation', '--print']);
    const offline = await agent(['delegation', '--print', '--offline']);

    expect(asked).toMatchObject({ code: 0, errorOutput: '' });
    expect(asked.output).toMatch(
      /dsacls "OU=People,DC=corp,DC=example,DC=com" \/I:S \/G "CORP\\svc-bare:CA;Reset Password;user"/,
    );
    expect(asked.output).toMatch(/;S-1-5-21-[\d-]+\)"/);
    expect(offline).toMatchObject({ code: 0, errorOutput: '' });
    expect(offline.output).toContain('svc-bare@corp.example.com:WP;lockoutTime;user');
  });

  test('is refused without saying that it only prints', async () => {
    const { agent } = await bridge('delegation-refused');

    expect(await agent(['delegation'])).toMatchObject({ code: 2, output: '' });
  });
});

test('an agent whose account lacks the rights says so at start, once, and is shut', async () => {
  const lacking = await bridge('shut', { serviceAccount: BARE });
  await using _frontDoor = await lacking.startFrontDoor();
  await lacking.enrol();
  await using agent = await lacking.startLinkedAgent();

  const shut = await agent.until('directory-shut');

  expect(shut).toMatchObject({
    directoryId: 'corp',
    disposition: 'contact-administrator',
    reason: 'agent-not-permitted',
  });
  const raised = agent.lines('warning-raised').map(({ warning }) => warning);
  expect(raised).toContain('right-reset-password');
  expect(new Set(raised).size).toBe(raised.length);
});
