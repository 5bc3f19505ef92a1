// Files only their owner may read, written whole or not at all. For keys and identities; knows nothing of their content.
// On Windows the mode has no meaning: the folder's access list rules there, and the guide says how to set it.

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../failure/failure.js';

/** A private file or folder cannot be used as it is. */
export class PrivateFileRefused extends Failure {
  readonly code = 'private-file-refused';
  readonly retry = { mayRetry: false, why: 'somebody has to mend the file or its folder' };
}

/** Makes the folder (mode 0700) with its parents. An existing one keeps its mode, unless others may write into it: refused. */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if (process.platform !== 'win32' && (mode & 0o022) !== 0) {
    throw new PrivateFileRefused(`others may write into ${folder}: run \`chmod go-w ${folder}\``);
  }
}

/** The file's bytes, or undefined when there is none. Throws PrivateFileRefused when group or others may read it. */
export async function readPrivateFile(file: string): Promise<Uint8Array | undefined> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new PrivateFileRefused(`others may read ${file}: run \`chmod 600 ${file}\`, and think about who did`);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file in one step, on disk when it resolves: a crash leaves the old content or the new, never half. */
export async function writePrivateFile(file: string, content: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await ensurePrivateFolder(folder);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await using handle = await open(temporary, 'wx', 0o600);
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await rename(temporary, file);
  await syncFolder(folder);
}

/** The rename itself is on disk only when its folder is. Windows cannot open folders, and orders renames by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
