// What a signal in the middle of a start must come to: everything spawned has ended, nothing more is started.
// A file of its own: the end is for good.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLabProcess } from '../../../scripts/lab/lab-process.js';
import { tryCommand } from '../../../scripts/lab/run-command.js';
import { endStartedProcesses } from '../../../scripts/lab/started-processes.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'db-started-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('what was started is gone when everything is ended, however long it takes, and nothing starts after it', async () => {
  const logFile = join(folder, 'log');
  const options = { name: 'a slow program', command: 'sh', logFile, pidFile: join(folder, 'pid') };
  const slowly = ['-c', 'trap "sleep 0.3; exit 0" TERM; while :; do sleep 0.05; done'];
  const running = await startLabProcess({ ...options, args: slowly });
  const command = tryCommand('sleep', ['60']);

  await endStartedProcesses();

  expect(() => process.kill(running.pid, 0)).toThrow('ESRCH');
  expect((await command).exitCode).toBeNull();
  await expect(startLabProcess({ ...options, args: slowly })).rejects.toThrow('everything is being stopped');
  await expect(tryCommand('true', [])).rejects.toThrow('everything is being stopped');
});
