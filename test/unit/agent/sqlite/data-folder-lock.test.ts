// One agent per data folder: who is refused, and that a lock never outlives its process.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatabaseUnusable } from '../../../../src/agent/sqlite/agent-database.js';
import { DataFolderInUse, DataFolderLock } from '../../../../src/agent/sqlite/data-folder-lock.js';
import { OperatorMistake } from '../../../../src/failure/failure.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a second agent on the folder is refused, and told to the operator', () => {
  using _first = DataFolderLock.take(folder);

  expect(() => DataFolderLock.take(folder)).toThrow(DataFolderInUse);
  expect(() => DataFolderLock.take(folder)).toThrow(OperatorMistake);
});

test('the folder is free again when the first one stops', () => {
  DataFolderLock.take(folder)[Symbol.dispose]();

  expect(() => DataFolderLock.take(folder)[Symbol.dispose]()).not.toThrow();
});

test('another process is refused too, and one that was killed holds nothing', async () => {
  const script = join(folder, 'holder.mjs');
  // What the lock is on the disk, so that the other process needs no build of ours.
  writeFileSync(
    script,
    `import { DatabaseSync } from 'node:sqlite';
     const database = new DatabaseSync(${JSON.stringify(join(folder, 'agent.lock'))});
     database.exec('BEGIN EXCLUSIVE');
     process.stdout.write('held');
     process.stdin.resume();`,
  );
  const holder = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(() => DataFolderLock.take(folder)).toThrow(DataFolderInUse);

  holder.kill('SIGKILL');
  await once(holder, 'exit');

  expect(() => DataFolderLock.take(folder)[Symbol.dispose]()).not.toThrow();
});

test('a folder that cannot be one is no other agent', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');

  expect(() => DataFolderLock.take(file)).toThrow(DatabaseUnusable);
});
