// The built command as people and schedulers run it: what it prints, what it ends with, what it refuses before it does anything.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { createCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { runDrawbridge } from '../support/programs.js';

const COMMANDS = [
  [],
  ['agent'],
  ['agent', 'run'],
  ['agent', 'enrol'],
  ['agent', 'explain'],
  ['agent', 'check'],
  ['agent', 'delegation'],
  ['agent', 'hold'],
  ['agent', 'release'],
  ['front-door'],
  ['front-door', 'run'],
  ['front-door', 'enrolment-code'],
  ['front-door', 'agents'],
  ['front-door', 'agents', 'list'],
  ['front-door', 'agents', 'revoke'],
  ['front-door', 'cloud-account'],
  ['front-door', 'cloud-account', 'add'],
  ['front-door', 'authenticator'],
  ['front-door', 'authenticator', 'add'],
  ['front-door', 'recovery-codes'],
  ['front-door', 'recovery-codes', 'make'],
  ['front-door', 'methods'],
  ['front-door', 'methods', 'list'],
  ['front-door', 'methods', 'remove'],
  ['front-door', 'api-token'],
  ['front-door', 'api-token', 'issue'],
  ['front-door', 'api-token', 'list'],
  ['front-door', 'api-token', 'revoke'],
  ['front-door', 'explain'],
  ['front-door', 'throttles'],
  ['front-door', 'throttles', 'clear'],
  ['front-door', 'audit'],
  ['front-door', 'audit', 'verify'],
  ['front-door', 'audit', 'show'],
  ['agent', 'audit'],
  ['agent', 'audit', 'verify'],
  ['agent', 'audit', 'show'],
] as const;

let folder: string;
let settings: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-commands-'));
  const authority = await createCertificateAuthority();
  await writeFile(join(folder, 'ca.pem'), authority.certificatePem);
  await writeFile(join(folder, 'bind-password'), 'Service-Gate-91-xyz', { mode: 0o600 });
  await writeFile(join(folder, 'exposed-password'), 'Service-Gate-91-xyz', { mode: 0o644 });
  settings = await settingsFile('agent.yaml', 'bind-password');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function settingsFile(name: string, passwordFile: string): Promise<string> {
  const file = join(folder, name);
  const agent = {
    // A port that nothing listens on: none of these commands gets that far.
    frontDoor: { url: 'https://localhost:9', caFile: 'ca.pem' },
    dataFolder: 'data',
    directories: [
      {
        id: 'corp',
        kind: 'active-directory',
        urls: ['ldaps://127.0.0.1:9'],
        caFile: 'ca.pem',
        baseDn: 'DC=corp,DC=example,DC=com',
        bindName: 'svc-drawbridge@corp.example.com',
        bindPassword: { file: passwordFile },
      },
    ],
  };
  await writeFile(file, stringify(agent));
  return file;
}

describe('help', () => {
  it('is there for every command, on standard output, and ends with 0', async () => {
    const left = [...COMMANDS];
    // Two at a time: all at once, each would wait for all the others, and for its deadline.
    const lane = async () => {
      for (let command = left.pop(); command !== undefined; command = left.pop()) {
        const { code, output, errorOutput } = await runDrawbridge([...command, '--help']);
        expect({ command, code, errorOutput }).toEqual({ command, code: 0, errorOutput: '' });
        expect(output).toContain(`Usage: ${['drawbridge', ...command].join(' ')}`);
      }
    };
    await Promise.all([lane(), lane()]);
  });
});

describe('a command line that is refused', () => {
  it.each([
    ['an unknown command', ['wind']],
    ['an unknown option', ['agent', '--password=Canary-in-option-1']],
    ['an argument too many', ['agent', 'enrol', 'Canary-argument-1']],
    ['a misspelt command', ['agent', 'Canary-enroll']],
    ['an argument too few', ['agent', 'explain']],
    ['an option without its value', ['agent', '--config']],
    [
      'a scope that is none',
      ['front-door', 'api-token', 'issue', 'example', '--name', 'a', '--scope', 'Canary-scope-1'],
    ],
  ])('for %s ends with 2, says so in a line, and does not repeat what was typed', async (_, args) => {
    const { code, output, errorOutput } = await runDrawbridge(args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errorOutput).toMatch(/^error: .+ \(see --help\)\n$/);
    expect(errorOutput).not.toContain('Canary');
  });

  it('shows what there is to say where something was left out', async () => {
    const { errorOutput } = await runDrawbridge(['front-door', 'explain', 'ada']);
    expect(errorOutput).toBe(
      "error: missing required argument 'user'; it is: drawbridge front-door explain [options] <tenant> <user> (see --help)\n",
    );
  });
});

describe('an environment that would give secrets away', () => {
  it.each([
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    { NODE_TLS_REJECT_UNAUTHORIZED: '1' },
    { NODE_DEBUG: 'tls' },
    { SSLKEYLOGFILE: '/tmp/keys' },
    { NODE_OPTIONS: '--tls-keylog=/dev/null' },
  ])('is refused with 2 before anything is opened: %o', async (environment) => {
    for (const program of ['agent', 'front-door']) {
      const { code, errorOutput } = await runDrawbridge([program, '--config', settings], { environment });
      expect(code).toBe(2);
      expect(errorOutput).toMatch(/unset it|start without it/);
    }
  });
});

describe('settings', () => {
  it('that are wrong in many places are refused with every place at once, and no value', async () => {
    const file = join(folder, 'wrong.yaml');
    const wrong = {
      frontDoor: { url: 'http://reset.example.com', proxyUrl: 'http://ada:Canary-proxy-1@proxy.example.com' },
      directories: [
        { id: 'Corp!', urls: ['ldap://dc1'], bindPassword: 'Canary-bind-1', writeBack: { scope: ['everybody'] } },
      ],
      sync: { fullSchedule: 'hourly' },
      pasword: 'Canary-key-1',
    };
    await writeFile(file, stringify(wrong));
    const { code, output, errorOutput } = await runDrawbridge(['agent', '--config', file]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    for (const place of [
      ...['frontDoor.url', 'frontDoor.proxyUrl', 'dataFolder', 'directories.0.id', 'directories.0.urls.0'],
      ...['directories.0.baseDn', 'directories.0.bindName', 'directories.0.bindPassword'],
      ...['directories.0.writeBack.scope.0', 'sync.fullSchedule', 'pasword'],
    ]) {
      expect(errorOutput).toContain(`${place} `.trim());
    }
    expect(errorOutput).not.toContain('Canary');
  });

  it('that are not there are named, with what to do', async () => {
    const { code, errorOutput } = await runDrawbridge(['front-door', '--config', join(folder, 'nowhere.yaml')]);
    expect(code).toBe(2);
    expect(errorOutput).toMatch(/nowhere\.yaml.*--config/s);
  });
});

describe('an agent', () => {
  it('that is not enrolled says how to enrol, and ends with 2', async () => {
    const { code, errorOutput } = await runDrawbridge(['agent', '--config', settings]);
    expect(code).toBe(2);
    expect(errorOutput).toMatch(/not enrolled.*drawbridge agent enrol/s);
    expect(errorOutput).not.toMatch(/\n\s+at /);
  });

  it('whose bind password others may read says which mode the file must have, and ends with 2', async () => {
    const exposed = await settingsFile('exposed.yaml', 'exposed-password');
    const { code, errorOutput } = await runDrawbridge(['agent', 'explain', 'ada', '--config', exposed]);
    expect(code).toBe(2);
    expect(errorOutput).toMatch(/exposed-password.*chmod 600/s);
    expect(errorOutput).not.toContain('Service-Gate');
  });

  it('without a directory to ask says what it cannot reach, and ends with 1', async () => {
    const { code, output, errorOutput } = await runDrawbridge(['agent', 'explain', 'ada', '--config', settings]);
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errorOutput).toContain('ldaps://127.0.0.1:9');
    expect(errorOutput).not.toMatch(/\n\s+at /);
  });

  it('with an identity that others may read, or that is none, does not start', async () => {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true, mode: 0o700 });
    const start = async (mode: number) => {
      await rm(join(data, 'identity.json'), { force: true });
      await writeFile(join(data, 'identity.json'), '{"privateKey": "Canary-key-2"}', { mode });
      const { code, errorOutput } = await runDrawbridge(['agent', '--config', settings]);
      expect(errorOutput).not.toContain('Canary');
      return { code, errorOutput };
    };
    expect(await start(0o644)).toMatchObject({ code: 2, errorOutput: expect.stringContaining('identity.json') });
    expect(await start(0o600)).toMatchObject({
      code: 2,
      errorOutput: expect.stringContaining('enrol the agent again'),
    });
    await rm(join(data, 'identity.json'));
  });

  it.each([
    ['nothing', '', 2],
    ['something else', 'Canary-no-code-1', 1],
    ['more than a code can be', 'Canary'.repeat(1000), 2],
  ])('is not enrolled with %s for a code, which is not repeated', async (_, input, exitCode) => {
    const { code, errorOutput } = await runDrawbridge(['agent', 'enrol', '--config', settings, '--again'], { input });
    expect(code).toBe(exitCode);
    expect(errorOutput).toMatch(/^drawbridge: .+\n$/);
    expect(errorOutput).not.toContain('Canary');
  });
});

describe('the executable', () => {
  const EXECUTABLE = fileURLToPath(new URL('../../dist/src/drawbridge.js', import.meta.url));

  it.each([
    ['agent', [], '32768'],
    ['agent', ['run'], '32768'],
    ['front-door', [], '131072'],
  ])('keeps the heap of the %s small, under the process id it was started with %j', async (program, command, large) => {
    const args = [EXECUTABLE, program, ...command, '--config', '/dev/stdin'];
    // It waits for its settings until there are some.
    const child = spawn(process.execPath, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH },
    });
    const strings = async (file: string) => (await readFile(`/proc/${child.pid}/${file}`, 'utf8')).split('\0');
    const commandLine = async () => (await strings('cmdline')).slice(1, -1);
    await vi.waitFor(async () => expect(await commandLine()).toContain('--max-semi-space-size=8'), { timeout: 10_000 });
    expect((await commandLine()).slice(-args.length)).toEqual(args);
    expect(await strings('environ')).toContain(`MALLOC_MMAP_THRESHOLD_=${large}`);
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
