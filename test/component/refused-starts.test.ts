// Built programs that cannot start: a file that is not there, a port that somebody has. Each says so in one sentence that names
// the setting and what to do, never with a stack trace, and ends with 2 where only the operator can help, with 1 where time may.

import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { FileIdentityStore } from '../../src/agent/data-folder/file-identity-store.js';
import { makeIdentityKey } from '../../src/agent/enrolment/identity.js';
import { parseAgentId, parseTenantId } from '../../src/protocol/identifiers.js';
import { runDrawbridge } from '../support/programs.js';
import { portOf } from '../support/tcp-relay.js';
import { type LoneFrontDoor, loneFrontDoor, SETTINGS } from './lone-front-door.js';

let house: LoneFrontDoor;

beforeAll(async () => {
  house = await loneFrontDoor();
  const other = await createCertificateAuthority();
  const { certificatePem, privateKeyPem } = await other.issue({ hostNames: ['localhost'] });
  await mkdir(join(house.folder, 'folder'));
  await writeFile(join(house.folder, 'no-certificate.pem'), 'this is no certificate\n');
  await writeFile(join(house.folder, 'broken.pem'), certificatePem.replace('\nMI', '\nAA'));
  await writeFile(join(house.folder, 'other.key'), privateKeyPem, { mode: 0o600 });
  await writeFile(join(house.folder, 'exposed.key'), privateKeyPem);
  await chmod(join(house.folder, 'exposed.key'), 0o644);
});

afterAll(() => house[Symbol.asyncDispose]());

async function refusalOf(args: readonly string[], input = '') {
  const { code, output, errorOutput } = await runDrawbridge(args, { input });
  expect({ output, errorOutput }).toEqual({ output: '', errorOutput: expect.stringMatching(/^drawbridge: .+\n$/) });
  return { code, saying: errorOutput };
}

const frontDoorWith = async (changes: Readonly<Record<string, unknown>>) =>
  refusalOf(['front-door', '--config', await house.settings(changes)]);

describe('a front door', () => {
  it.each([
    [
      'a certificate that is not there',
      { certificateFile: 'none.pem' },
      /tls\.certificateFile: .*none\.pem.*no such file/,
    ],
    ['a folder for a certificate', { certificateFile: 'folder' }, /tls\.certificateFile: .*folder: it is a folder/],
    [
      'a certificate that is none',
      { certificateFile: 'no-certificate.pem' },
      /tls\.certificateFile: .*BEGIN CERTIFICATE/,
    ],
    ['a certificate that is broken', { certificateFile: 'broken.pem' }, /tls\.certificateFile: .*no certificate/],
    ['a key that is not there', { keyFile: 'none.key' }, /tls\.keyFile: .*none\.key.*no such file/],
    ['a key that others may read', { keyFile: 'exposed.key' }, /tls\.keyFile: .*chmod 600/],
    ['the key of another certificate', { keyFile: 'other.key' }, /tls\.keyFile: .*other\.key.*certificate\.pem/],
  ])('with %s ends with 2', async (_, tls, words) => {
    const { code, saying } = await frontDoorWith({ tls: { ...SETTINGS.tls, ...tls } });
    expect(code).toBe(2);
    expect(saying).toMatch(words);
  });

  it.each([
    [
      'logo is not there',
      { logoFile: 'none.png' },
      /tenants\.0\.branding\.logoFile: .*none\.png: there is no such file/,
    ],
    ['logo is none', { logoFile: 'broken.pem' }, /tenants\.0\.branding\.logoFile: .*broken\.pem is no PNG/],
  ])('whose organisation’s %s ends with 2', async (_, branding, words) => {
    const [tenant] = SETTINGS.tenants;
    const { code, saying } = await frontDoorWith({ tenants: [{ ...tenant, branding }] });
    expect(code).toBe(2);
    expect(saying).toMatch(words);
  });

  it('whose mail server’s authority is not there ends with 2', async () => {
    const { code, saying } = await frontDoorWith({ mail: { ...SETTINGS.mail, caFile: 'none.pem' } });
    expect(code).toBe(2);
    expect(saying).toMatch(/mail\.caFile: .*none\.pem.*no such file/);
  });

  it('whose data folder or database cannot be used ends with 2', async () => {
    const nested = await frontDoorWith({ dataFolder: 'no-certificate.pem/data' });
    expect(nested).toMatchObject({ code: 2, saying: expect.stringMatching(/data folder .*no-certificate\.pem\/data/) });
    await mkdir(join(house.folder, 'odd'), { mode: 0o700 });
    await writeFile(
      join(house.folder, 'odd', 'front-door.sqlite'),
      'no database, but long enough to be read as one'.repeat(9),
    );
    const odd = await frontDoorWith({ dataFolder: 'odd' });
    expect(odd).toMatchObject({ code: 2, saying: expect.stringMatching(/database .*odd\/front-door\.sqlite/) });
  });

  it('whose port another program has ends with 1: that program may end', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { code, saying } = await frontDoorWith({ listen: { host: '127.0.0.1', port: portOf(other) } });
      expect(code).toBe(1);
      expect(saying).toMatch(/listen\.port: .*another program/);
    } finally {
      other.close();
    }
  });

  it('whose address is not this machine’s ends with 1: its network may come up', async () => {
    // RFC 5737: an address for documents, which no machine has.
    const { code, saying } = await frontDoorWith({ listen: { host: '192.0.2.1', port: 0 } });
    expect(code).toBe(1);
    expect(saying).toMatch(/listen\.host: .*192\.0\.2\.1/);
  });
});

describe('an agent', () => {
  const agentSettings = async (
    caFiles: { readonly frontDoor: string; readonly directory: string },
    changes: Readonly<Record<string, unknown>> = {},
  ) => {
    const file = join(house.folder, 'agent.yaml');
    await writeFile(join(house.folder, 'bind-password'), 'Service-Gate-91-xyz', { mode: 0o600 });
    const directory = {
      id: 'corp',
      kind: 'active-directory',
      urls: ['ldaps://127.0.0.1:9'],
      caFile: caFiles.directory,
      baseDn: 'DC=corp,DC=example,DC=com',
      bindName: 'svc-drawbridge@corp.example.com',
      bindPassword: { file: 'bind-password' },
      ...changes,
    };
    await writeFile(
      file,
      stringify({
        frontDoor: { url: 'https://localhost:9', caFile: caFiles.frontDoor },
        dataFolder: 'agent-data',
        directories: [directory],
      }),
    );
    return file;
  };

  beforeAll(() =>
    new FileIdentityStore(join(house.folder, 'agent-data')).save({
      ...makeIdentityKey(),
      tenantId: parseTenantId('example'),
      agentId: parseAgentId('00000000-0000-4000-8000-0000000000a1'),
      frontDoorPublicKey: new Uint8Array(32),
      frontDoorUrl: 'https://localhost:9',
    }),
  );

  it.each([
    ['enrol', ['enrol', '--again']],
    ['run', ['run']],
  ])('cannot %s with a front door whose authority is not there', async (_, command) => {
    const settings = await agentSettings({ frontDoor: 'none.pem', directory: 'certificate.pem' });
    const { code, saying } = await refusalOf(['agent', ...command, '--config', settings], 'a-code');
    expect(code).toBe(2);
    expect(saying).toMatch(/frontDoor\.caFile: .*none\.pem.*no such file/);
  });

  it.each([
    ['explain', ['explain', 'ada']],
    ['run', ['run']],
  ])('cannot %s with a directory whose authority is no certificate', async (_, command) => {
    const settings = await agentSettings({ frontDoor: 'certificate.pem', directory: 'no-certificate.pem' });
    const { code, saying } = await refusalOf(['agent', ...command, '--config', settings]);
    expect(code).toBe(2);
    expect(saying).toMatch(/directories\.0\.caFile: .*no-certificate\.pem.*BEGIN CERTIFICATE/);
  });

  it.each([
    ['an anchor of another kind of directory', { anchor: 'entryUUID' }, /it has objectGUID or mS-DS-ConsistencyGuid/],
    [
      'a base that is elsewhere, before it is known what kind of directory it is',
      { kind: undefined, managed: { bases: [{ dn: 'OU=Staff,DC=other' }] } },
      /OU=Staff,DC=other is not within/,
    ],
    [
      'a base that is elsewhere',
      { managed: { bases: [{ dn: 'OU=Staff,DC=other' }] } },
      /OU=Staff,DC=other is not within/,
    ],
  ])('is not started again and again with %s: it ends with 2, and names the directory', async (_, changes, words) => {
    const settings = await agentSettings({ frontDoor: 'certificate.pem', directory: 'certificate.pem' }, changes);
    const { code, saying } = await refusalOf(['agent', 'run', '--config', settings]);
    expect(code).toBe(2);
    expect(saying).toMatch(/the settings of the directory "corp" cannot be used/);
    expect(saying).toMatch(words);
  });
});
