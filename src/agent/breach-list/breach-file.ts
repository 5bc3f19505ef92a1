// TECHNOLOGY: a downloaded list of breached passwords' hashes as one file, of any size, looked up where it lies and never loaded.
// Opened for each question, so it may be missing at start, and be replaced (renamed over) at any time: a question that is being
// answered goes on with the file it began with. Nothing is kept between two questions.

import { type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../../failure/failure.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import { type BreachedPasswords, BreachListUnusable } from '../passwords/breached-passwords.js';
import { type ByteSource, examineList, findHash, type ListFacts } from './find-hash.js';

/** A disk that is slower than this answers nobody in time; the list then says nothing. */
const LOOK_UP_MS = 2_000;

export class BreachFile implements BreachedPasswords {
  readonly #file: string;
  readonly #clock: Clock;

  /** `file`: Have I Been Pwned's list of SHA-1 hashes, ordered by hash: lines of `HASH:COUNT`, ended by LF or CRLF. */
  constructor(options: { readonly file: string; readonly clock: Clock }) {
    this.#file = options.file;
    this.#clock = options.clock;
  }

  timesSeen(sha1: string, signal: AbortSignal): Promise<number> {
    return this.#ask(signal, async (source) => (await findHash(source, sha1))?.timesSeen ?? 0);
  }

  /**
   * Looks at a few places all over the file, for a check at start. That much is in order then; a look-up holds what it meets to
   * the same form and order again. Throws as `timesSeen` does.
   */
  examine(signal: AbortSignal): Promise<ListFacts> {
    return this.#ask(signal, examineList);
  }

  async #ask<T>(signal: AbortSignal, question: (source: ByteSource) => Promise<T>): Promise<T> {
    const deadline = { clock: this.#clock, deadlineMs: LOOK_UP_MS, what: 'the breach list', signal };
    try {
      return await withDeadline(deadline, async (ending) => {
        await using handle = await open(this.#file, 'r');
        return await question(await sourceOf(handle, ending));
      });
    } catch (error) {
      if (error instanceof BreachListUnusable || signal.aborted) throw error;
      throw new BreachListUnusable(`cannot read the breach list ${this.#file} (${codeOf(error)})`, { cause: error });
    }
  }
}

async function sourceOf(handle: FileHandle, signal: AbortSignal): Promise<ByteSource> {
  const status = await handle.stat();
  if (!status.isFile()) throw new BreachListUnusable('the breach list is not a file');
  return {
    sizeBytes: status.size,
    async read(startByte, lengthBytes) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(lengthBytes), 0, lengthBytes, startByte);
      if (bytesRead === lengthBytes) return buffer;
      throw new BreachListUnusable('the breach list became shorter while it was read: replace it by renaming');
    },
  };
}
