// The demo as a person starts and stops it: it says first what it would do, and whatever moment the signal comes at, no process stays.

import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePorts } from '../../scripts/lab/free-ports.js';
import { markedProcesses, RUN_MARK } from '../../scripts/testing/marked-processes.js';
import { sambaTemplate } from '../support/samba.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'db-demo-'));
  // A second start: laying the domain out anew would take most of the time of these tests.
  await cp(await sambaTemplate(inject('labFolder')), join(folder, 'domain'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the demo, sends SIGTERM as soon as a line fits, and resolves to how it ended and what it left. */
async function stopAt(line: RegExp, below = folder) {
  const mark = randomUUID();
  const [port, mailPort] = await freePorts('127.0.0.1', 2);
  const ports = ['--port', `${port}`, '--mail-port', `${mailPort}`];
  const demo = spawn(process.execPath, [resolve('dist/scripts/demonstration/main.js'), '--folder', below, ...ports], {
    env: { ...process.env, NODE_COMPILE_CACHE: inject('compiledFolder'), [RUN_MARK]: mark },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(demo, 'exit');
  const lines: string[] = [];
  createInterface({ input: demo.stdout }).on('line', (each) => {
    lines.push(each);
    if (line.test(each)) demo.kill('SIGTERM');
  });
  const [exitCode] = await ended;
  return { exitCode, lines, left: await markedProcesses(mark) };
}

test.each([
  // While the domain is laid out for the first time.
  [/Starting the directory/, 'new'],
  [/Starting the front door/, 'used'],
  [/Enrolling and starting/, 'used'],
])('a signal at "%s" ends the demo in a %s folder and leaves no process', async (line, kind) => {
  const below = kind === 'new' ? join(folder, 'new') : folder;
  const { exitCode, lines, left } = await stopAt(line, below);
  expect({ exitCode, left }).toEqual({ exitCode: 130, left: [] });
  expect(lines.at(-1)).toContain(folder);
});

test('a signal while it is shown ends it with 0, leaves no process and says where the data lies', async () => {
  const { exitCode, lines, left } = await stopAt(/^Codes go to/);
  expect({ exitCode, left }).toEqual({ exitCode: 0, left: [] });
  expect(lines.at(-1)).toContain(folder);
});

test.each(['--help', '-h'])(
  '%s says how it is used, with nothing else of the project there to install or build',
  async (asked) => {
    const alone = join(folder, 'alone', 'scripts');
    await mkdir(alone, { recursive: true });
    await cp('scripts/demo', join(alone, 'demo'));
    const { stdout, stderr } = await promisify(execFile)(join(alone, 'demo'), ['--check', asked]);
    expect(stderr).toBe('');
    for (const option of ['--check', '--fresh', '--port', '--mail-port', '--folder'])
      expect(stdout).toContain(`  ${option} `);
    expect(await readdir(alone)).toEqual(['demo']);
  },
);
