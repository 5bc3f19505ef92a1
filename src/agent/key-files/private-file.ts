// TECHNOLOGY: one private file, read whole and replaced whole: written beside, synced, renamed over, and the folder synced.
// A power cut leaves the old file or the new one, never half of either. Mode 0600; a file others may read is refused.
// On Windows modes mean nothing: the data folder's ACL (service account and administrators only) is what protects it.

import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { codeOf, Failure } from '../../failure/failure.js';

/** Others on this machine may read the file: what is in it may be known already. */
export class PrivateFileExposed extends Failure {
  readonly code = 'private-file-exposed';
  readonly retry = { mayRetry: false, why: 'the file stays readable until somebody changes that' };
}

/** The file is there and cannot be read, or is not what we write. */
export class PrivateFileUnusable extends Failure {
  readonly code = 'private-file-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to look at the file' };
}

/** Undefined when there is none. */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    if (platform() !== 'win32' && (mode & 0o077) !== 0) {
      throw new PrivateFileExposed(`others may read ${file}: run chmod 600, and make new keys if that was not meant`);
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new PrivateFileUnusable(`cannot read ${file}`, { cause: error });
  }
}

export async function replacePrivateFile(file: string, text: string): Promise<void> {
  const beside = `${file}.new`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeSynced(beside, text);
    await rename(beside, file);
  } catch (error) {
    // What was written of it is as private as the whole.
    await rm(beside, { force: true });
    throw new PrivateFileUnusable(`cannot replace ${file}`, { cause: error });
  }
  await syncFolder(dirname(file));
}

async function writeSynced(file: string, text: string): Promise<void> {
  // Removed first: one left by a power cut would keep its own mode.
  await rm(file, { force: true });
  await using handle = await open(file, 'wx', 0o600);
  await chmod(file, 0o600);
  await handle.writeFile(text, 'utf8');
  await handle.sync();
}

/** Makes the renaming durable where folders can be synced. Windows has no such call, and its rename is journalled. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
