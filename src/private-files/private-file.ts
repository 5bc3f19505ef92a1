// Files only their owner may read, for both programs: read whole, written whole: beside, synced, put in place, and the folder synced.
// A power cut leaves the old file or the new one, never half of either. Mode 0600; a file others may read is refused.
// On Windows modes mean nothing: the data folder's ACL (service account and administrators only) is what protects it.

import { chmod, link, mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { codeOf, Failure, OperatorMistake } from '../failure/failure.js';

/** Others on this machine may read the file: what is in it may be known already. */
export class PrivateFileExposed extends OperatorMistake {
  readonly code = 'private-file-exposed';
  readonly retry = { mayRetry: false, why: 'the file stays readable until somebody changes that' };
}

/** The file is there and cannot be read, or is not what we write. */
export class PrivateFileUnusable extends OperatorMistake {
  readonly code = 'private-file-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to look at the file' };
}

/** The file's bytes; undefined when there is none. Throws PrivateFileExposed or PrivateFileUnusable. */
export async function readPrivateFile(file: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(file);
    if (platform() !== 'win32' && (mode & 0o077) !== 0) {
      throw new PrivateFileExposed(`others may read ${file}: run chmod 600, and make new keys if that was not meant`);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'EACCES') {
      throw new PrivateFileUnusable(`this account may not read ${file}: run the command as the account that owns it`);
    }
    throw new PrivateFileUnusable(`cannot read ${file}`, { cause: error });
  }
}

/** On disk, whole, when it resolves. Makes the folder (mode 0700) where it is missing. Throws PrivateFileUnusable. */
export async function replacePrivateFile(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.new`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeSynced(beside, content);
    await rename(beside, file);
  } catch (error) {
    // What was written of it is as private as the whole.
    await rm(beside, { force: true });
    throw new PrivateFileUnusable(`cannot replace ${file}`, { cause: error });
  }
  await syncFolder(dirname(file));
}

/**
 * Makes the file unless there is one, and resolves to what it holds: `content`, or what another process put there first.
 * On disk, whole, when it resolves. Throws PrivateFileExposed or PrivateFileUnusable.
 */
export async function createPrivateFile(file: string, content: Uint8Array): Promise<Buffer> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const beside = await mkdtemp(join(folder, '.new-'));
  try {
    const whole = join(beside, 'content');
    await writeSynced(whole, content);
    // Unlike a rename, a link never takes the place of a file that is there: of two at once, one is the first.
    await link(whole, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new PrivateFileUnusable(`cannot create ${file}`, { cause: error });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  await syncFolder(folder);
  const stored = await readPrivateFile(file);
  if (stored === undefined) throw new PrivateFileUnusable(`${file} was taken away while it was made`);
  return stored;
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  // Removed first: one left by a power cut would keep its own mode.
  await rm(file, { force: true });
  await using handle = await open(file, 'wx', 0o600);
  await chmod(file, 0o600);
  await handle.writeFile(content);
  await handle.sync();
}

/** Makes the folder (mode 0700) with its parents. Throws PrivateFileExposed when others may write into it, or PrivateFileUnusable. */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  const { mode } = await mkdir(folder, { recursive: true, mode: 0o700 })
    .then(() => stat(folder))
    .catch((error: unknown) => {
      const why = codeOf(error);
      throw new PrivateFileUnusable(
        `cannot make or use the data folder ${folder} (${why}): make it for this account, or name another one`,
      );
    });
  if (platform() !== 'win32' && (mode & 0o022) !== 0) {
    throw new PrivateFileExposed(`others may write into ${folder}: run chmod go-w on it`);
  }
}

/** Makes the renaming durable where folders can be synced. Windows has no such call, and its rename is journalled. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
