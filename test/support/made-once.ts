// What is costly to make and then copied by many test files is made once in a run, by the file that comes first; the others wait
// for it instead of making their own at the same time, which would take all of them longer.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';

const MAKING_DEADLINE_MS = 150_000;
const LOOK_EVERY_MS = 100;

/** The folder `name` below `runFolder`, which `make` fills in a folder of its own first. Throws what `make` throws. */
export async function madeOnce(
  runFolder: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const made = join(runFolder, name);
  const claim = join(runFolder, `${name}.claim`);
  while (!existsSync(made)) {
    if (await claimed(claim)) {
      try {
        // Whoever held the claim before may have finished since we looked.
        if (existsSync(made)) break;
        const making = await mkdtemp(join(runFolder, 'making-'));
        await make(making);
        await rename(making, made);
      } finally {
        await rm(claim, { recursive: true });
      }
    } else {
      await vi.waitUntil(() => existsSync(made) || !existsSync(claim), {
        timeout: MAKING_DEADLINE_MS,
        interval: LOOK_EVERY_MS,
      });
    }
  }
  return made;
}

/** A folder is made by one of those who try, and by no other. */
async function claimed(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
