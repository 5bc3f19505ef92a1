// TECHNOLOGY: the local kill switch as a file of the data folder. While it is there, the agent writes to no account.
// A file, so that it holds across restarts, works when nothing else does, and can be made by hand.

import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const holdFileIn = (dataFolder: string) => join(dataFolder, 'HELD');

/** Asked before every write: one look at the folder, no cache to be stale. */
export function isHeldIn(dataFolder: string): boolean {
  return existsSync(holdFileIn(dataFolder));
}

/** Holds all writes from now on. Holding twice is no fault. */
export async function holdWrites(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(
    holdFileIn(dataFolder),
    'Writes are held while this file is here. `drawbridge agent release` removes it.\n',
    { mode: 0o600 },
  );
}

export async function releaseWrites(dataFolder: string): Promise<void> {
  await rm(holdFileIn(dataFolder), { force: true });
}
