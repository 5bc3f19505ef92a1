// Making a private file that may be there already, or be made by another process at the same moment.

import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPrivateFile, PrivateFileExposed } from '../../../src/private-files/private-file.js';

let folder: string;
const file = () => join(folder, 'keys', 'key');
const bytes = (fill: number) => new Uint8Array(64).fill(fill);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-private-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('makes a file for its owner alone, whole, with nothing left beside it', async () => {
  expect(new Uint8Array(await createPrivateFile(file(), bytes(1)))).toEqual(bytes(1));
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'keys'))).toEqual(['key']);
});

test('never replaces a file that is there: it gives what that one holds', async () => {
  await createPrivateFile(file(), bytes(1));
  expect(new Uint8Array(await createPrivateFile(file(), bytes(2)))).toEqual(bytes(1));
  expect(await readdir(join(folder, 'keys'))).toEqual(['key']);
});

test('of many at once one is the first, and all get the same', async () => {
  const made = await Promise.all([1, 2, 3, 4, 5, 6].map((fill) => createPrivateFile(file(), bytes(fill))));
  const stored = await readFile(file());
  expect(made.every((each) => each.equals(stored))).toBe(true);
});

test('a file that is there and that others may read is refused', async () => {
  await createPrivateFile(file(), bytes(1));
  await writeFile(file(), 'known to all');
  await chmod(file(), 0o644);
  await expect(createPrivateFile(file(), bytes(2))).rejects.toThrow(PrivateFileExposed);
});
