// Settings of both programs: the examples are valid, and everything wrong is said at once without quoting a value.

import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentSettingsSchema, readAgentConfig } from '../../../src/agent/config.js';
import { frontDoorSettingsSchema, readFrontDoorConfig } from '../../../src/front-door/config.js';
import { settingsJsonSchema } from '../../../src/settings/json-schema.js';
import { readSettings, SettingsRefused } from '../../../src/settings/read-settings.js';
import { refuseDangerousEnvironment } from '../../../src/settings/refuse-dangerous-environment.js';
import { readSecret } from '../../../src/settings/secret-sources.js';

const exampleOf = (program: string) => readFile(`config/${program}.example.yaml`, 'utf8');

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsRefused) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('the example files', () => {
  test('are valid settings of the agent and the front door', async () => {
    const agent = await readAgentConfig('config/agent.example.yaml');
    expect(agent.directories[0]?.writeBack.scope).toEqual(['OU=Staff,DC=corp,DC=example,DC=com']);
    const frontDoor = await readFrontDoorConfig('config/front-door.example.yaml');
    expect(frontDoor.tenants[0]?.id).toBe('example');
  });

  test('come with JSON Schemas that say what the code says', async () => {
    const schemaOf = (program: string) => readFile(`config/schema/${program}.json`, 'utf8');
    expect(await schemaOf('agent')).toBe(settingsJsonSchema('Drawbridge agent', agentSettingsSchema('.')));
    expect(await schemaOf('front-door')).toBe(
      settingsJsonSchema('Drawbridge front door', frontDoorSettingsSchema('.')),
    );
  });

  test('name every key of the schemas', async () => {
    for (const [program, schema] of [
      ['agent', agentSettingsSchema('/')],
      ['front-door', frontDoorSettingsSchema('/')],
    ] as const) {
      const { z } = await import('zod');
      const keys = keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
      const text = await exampleOf(program);
      expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
    }
  });
});

describe('reading settings', () => {
  test('reports every problem at once, with path and line', async () => {
    const text = (await exampleOf('agent'))
      .replace('url: https://reset.example.com', 'url: http://reset.example.com/path')
      .replace('level: info', 'level: chatty')
      .replace('perMinute: 120', 'perMinute: 0');
    expect(problemsOf(() => readSettings('agent.yaml', text, agentSettingsSchema('/')))).toEqual([
      'frontDoor.url',
      'log.level',
      'guardrails.perMinute',
    ]);
    expect(() => readSettings('agent.yaml', text, agentSettingsSchema('/'))).toThrow(/frontDoor\.url \(line 7\)/);
  });

  test('says what is missing', () => {
    expect(() => readSettings('agent.yaml', '', agentSettingsSchema('/'))).toThrow(/ {2}dataFolder: is missing/);
  });

  test('says in an administrator’s words what should stand there, and never what stands there', () => {
    const text =
      'publicUrl: 7\nlisten: { host: "", port: "443" }\ntls:\nmail: { security: Canary-1, port: 0 }\ntenants: Canary-2\n';
    const read = () => readSettings('f', text, frontDoorSettingsSchema('/'));
    for (const words of [
      /publicUrl \(line 1\): must be text/,
      /listen\.host \(line 2\): must not be empty/,
      /listen\.port \(line 2\): must be a number, without quotes/,
      /tls \(line 3\): is empty: it must be a section/,
      /mail\.security \(line 4\): must be one of: starttls, tls, none/,
      /mail\.port \(line 4\): must be at least 1/,
      /tenants \(line 5\): must be a list/,
    ]) {
      expect(read).toThrow(words);
    }
    expect(read).not.toThrow(/Canary|Invalid|expected/);
  });

  test('names the mistakes YAML makes easy', () => {
    const read = (text: string) => () => readSettings('f', text, frontDoorSettingsSchema('/'));
    expect(read('a: 1\n---\nb: 2\n')).toThrow(/line 2.*second document/);
    expect(read('a: [\n  - b\n')).toThrow(/bracket/);
    expect(read('only words\n')).toThrow(/must be a section/);
  });

  test('refuses an anchor that people keep from one directory to another where there are several, and a default that is not last', async () => {
    const example = (await exampleOf('agent')).replace('# anchor: objectGUID', 'anchor: mS-DS-ConsistencyGuid');
    const read = (text: string) => () => readSettings('agent.yaml', text, agentSettingsSchema('/'));
    expect(read(example)).not.toThrow();
    const [, first = ''] = /^directories:.*?\n( {2}# A short name.*?)^# The agent's own rules/ms.exec(example) ?? [];
    const two = example.replace(first, `${first}${first.replace('- id: corp', '- id: old')}`);
    expect(read(two)).toThrow(/directories.*must be one alone where anchor is mS-DS-ConsistencyGuid/);
    expect(read(two.replaceAll('anchor: mS-DS-ConsistencyGuid', 'anchor: objectGUID'))).not.toThrow();
    const names = (list: string) => read(example.replace('displayName: [displayName, cn]', `displayName: ${list}`));
    expect(names('[cn, { default: A colleague }]')).not.toThrow();
    expect(names('[{ default: A colleague }, cn]')).toThrow(/default at the end/);
    expect(names('[{ from: cn, transform: reverse }]')).toThrow(
      /attributes\.displayName.*must be the name of an attribute/,
    );
    expect(names('[]')).toThrow(/attributes\.displayName/);
  });

  test('refuses ldap:// without TLS, two directories and unknown keys', async () => {
    const example = await exampleOf('agent');
    const plain = example.replace('ldaps://dc1', 'ldap://dc1');
    expect(problemsOf(() => readSettings('a', plain, agentSettingsSchema('/')))).toEqual(['directories.0.urls.0']);
    const misspelt = example.replace(/\bperMinute\b/, 'perMinutes');
    expect(problemsOf(() => readSettings('a', misspelt, agentSettingsSchema('/')))).toContain('guardrails.perMinutes');
  });

  test('never quotes a password that was put where its place should stand', async () => {
    const canary = 'Canary-7431-Password';
    const text = (await exampleOf('agent')).replace('{ file: bind-password }', canary);
    const read = () => readSettings('agent.yaml', text, agentSettingsSchema('/'));
    expect(read).toThrow(/must say where the secret is/);
    expect(read).not.toThrow(new RegExp(canary));
    const broken = `${text}\n  : [${canary}`;
    expect(() => readSettings('agent.yaml', broken, agentSettingsSchema('/'))).toThrow(SettingsRefused);
    expect(() => readSettings('agent.yaml', broken, agentSettingsSchema('/'))).not.toThrow(new RegExp(canary));
  });

  test.each(['EXTERNAL', 'PLAIN', 'DIGEST-MD5', 'SCRAM-SHA-1', ''])('refuses %j as a bind name', async (name) => {
    const text = (await exampleOf('agent')).replace('svc-drawbridge@corp.example.com', `'${name}'`);
    expect(problemsOf(() => readSettings('a', text, agentSettingsSchema('/')))).toEqual(['directories.0.bindName']);
  });

  test.each(['Staff', 'OU=Staff,DC', 'OU=St"aff\\zz,DC=com', ''])('refuses %j as a scope', async (scope) => {
    const text = (await exampleOf('agent')).replace('- OU=Staff,DC=corp,DC=example,DC=com', `- '${scope}'`);
    expect(problemsOf(() => readSettings('a', text, agentSettingsSchema('/')))).toEqual([
      'directories.0.writeBack.scope.0',
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['192.0.2.1', []],
    ['192.0.2.1:5353', []],
    ['[2001:db8::1]:53', []],
    // What no resolver can be given: it would come to light at the first question, as a mistake of ours.
    ['999.1.1.1', ['directories.0.discovery.nameServers.0']],
    ['192.0.2', ['directories.0.discovery.nameServers.0']],
    ['[::1::]', ['directories.0.discovery.nameServers.0']],
    ['192.0.2.1:65536', ['directories.0.discovery.nameServers.0']],
    ['ns1.example.com', ['directories.0.discovery.nameServers.0']],
  ])('takes %j for a name server or says that it is none', async (server, problems) => {
    const found = `discovery: { domain: corp.example.com, nameServers: ['${server}'] }\n    baseDn:`;
    const text = (await exampleOf('agent')).replace(/urls:\n(?: {6}- .*\n)+/, '').replace('baseDn:', found);
    expect(problemsOf(() => readSettings('a', text, agentSettingsSchema('/')))).toEqual(problems);
  });

  test('gives settings nobody can change', async () => {
    const settings = await readAgentConfig('config/agent.example.yaml');
    expect(Object.isFrozen(settings.directories[0])).toBe(true);
  });

  test('says what to do when there is no file', async () => {
    await expect(readAgentConfig('no-such-file.yaml')).rejects.toThrow(/ENOENT.*--config/);
  });
});

describe('settings of the front door', () => {
  test('refuse mail without TLS to another machine', async () => {
    const text = (await exampleOf('front-door')).replace('security: starttls', 'security: none');
    expect(problemsOf(() => readSettings('f', text, frontDoorSettingsSchema('/')))).toEqual(['mail.security']);
  });

  test('refuse a policy with fewer methods than gates', async () => {
    const text = (await exampleOf('front-door')).replace('gates: 1', 'gates: 2');
    expect(problemsOf(() => readSettings('f', text, frontDoorSettingsSchema('/')))).toEqual([
      'tenants.0.policies.1.methods',
    ]);
  });
});

describe('secrets', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drawbridge-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('come from a file only the owner can read, without its line ending', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, 'Pässword 1 \r\n', { mode: 0o600 });
    const secret = await readSecret('the secret', { file }, {});
    expect(secret.expose()).toBe('Pässword 1 ');
    expect(`${secret} ${JSON.stringify({ secret })}`).not.toContain('word');
  });

  test('are refused from a file others can read, an empty one and an unset variable', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, 'text', { mode: 0o600 });
    await chmod(file, 0o640);
    await expect(readSecret('the secret', { file }, {})).rejects.toThrow(/chmod 600/);
    await writeFile(file, '\n');
    await chmod(file, 0o600);
    await expect(readSecret('the secret', { file }, {})).rejects.toThrow(/empty/);
    await expect(readSecret('the secret', { environment: 'UNSET_NAME' }, {})).rejects.toThrow(/UNSET_NAME is not set/);
  });
});

test.each([
  { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  { NODE_DEBUG: 'ldapts' },
  { SSLKEYLOGFILE: '/tmp/keys' },
  { NODE_OPTIONS: '--tls-keylog=/tmp/keys' },
])('refuses to start with %j', (environment) => {
  expect(() => refuseDangerousEnvironment(environment)).toThrow();
  expect(() => refuseDangerousEnvironment({ PATH: '/usr/bin' })).not.toThrow();
});

function keysOf(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && typeof value === 'object' && value !== null)
      for (const name of Object.keys(value)) found.add(name);
    keysOf(value, found);
  }
  return found;
}
