// What the front door's mirror holds of one directory, while a pass compares it with the directory: anchors, who was seen, and of each
// fingerprint what is kept of the word for the whole. Bytes, not objects, so that two million people fit beside everything else (19 bytes each).

import { assert } from '../../failure/assert.js';
import { Failure } from '../../failure/failure.js';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { MirroredEntry } from '../../protocol/mirror-listing.js';
import { type AnchorList, asTexts, UuidList } from './anchor-list.js';
import { wholeWordIn } from './fingerprint.js';
import { KEPT_WORD_BYTES, type KeptWord, keptWordOf } from './kept-word.js';
import { release, roomFor } from './release.js';

/** What the front door said it holds cannot be so: not in order, or without end. */
export class MirrorUnsound extends Failure {
  readonly code = 'mirror-unsound';
  readonly retry = { mayRetry: true, why: 'the next pass asks anew' };
}

/** More people than one directory is mirrored with; beyond it a pass fails, and nobody is taken away. */
export const MIRROR_ENTRIES_MAX = 2_000_000;

/** More accounts than a directory is mirrored with, or no end of them. */
export class DirectoryTooLarge extends Failure {
  readonly code = 'directory-too-large';
  readonly retry = { mayRetry: false, why: 'the same directory is as large again' };
}

export type Seen =
  | { readonly kind: 'new' }
  /** `word`: undefined: whatever the directory holds differs from it. */
  | { readonly kind: 'known'; readonly word: KeptWord | undefined; readonly isAbsent: boolean };

/** `entry`: what the mirror holds of an account; undefined: nothing. */
export function seenIn(entry: MirroredEntry | undefined): Seen {
  if (entry === undefined) return NEW;
  return { kind: 'known', word: keptWordOf(wholeWordIn(entry.fingerprint)), isAbsent: entry.isAbsent };
}

const NEW: Seen = { kind: 'new' };

/** Two bits of each account, four accounts a byte. */
const IS_ABSENT = 1;
const IS_SEEN = 2;
const FLAGS = IS_ABSENT | IS_SEEN;
const FLAGGED_PER_BYTE = 4;
const CAPACITY_MIN = 64;
const GROWTH = 1.5;
/** Stands for a fingerprint that is not of our making: no word is as much. */
const NO_WORD = 2 ** (8 * KEPT_WORD_BYTES) - 1;

export class MirrorContents implements Disposable {
  readonly #expected: number;
  #anchors: AnchorList;
  #words: Buffer<ArrayBuffer>;
  #flags: Uint8Array<ArrayBuffer>;
  #lastFound = -1;

  /** `expected`: how many entries to make room for; more may come. */
  constructor(expected = 0) {
    this.#expected = Math.min(Math.max(expected, CAPACITY_MIN), MIRROR_ENTRIES_MAX);
    this.#anchors = new UuidList(this.#expected);
    this.#words = roomFor(this.#expected * KEPT_WORD_BYTES);
    this.#flags = new Uint8Array(Math.ceil(this.#expected / FLAGGED_PER_BYTE));
  }

  /** Entries that are not absent. */
  present = 0;

  get size(): number {
    return this.#anchors.size;
  }

  /** The anchor that was added last. */
  get last(): AccountAnchor | undefined {
    return this.size === 0 ? undefined : this.#anchors.at(this.size - 1);
  }

  /** Adds the next entry. Throws MirrorUnsound unless anchors rise, and beyond the limit. */
  add({ anchor, fingerprint, isAbsent }: MirroredEntry): void {
    const at = this.size;
    if (at >= MIRROR_ENTRIES_MAX) throw new MirrorUnsound(`the mirror shows more than ${MIRROR_ENTRIES_MAX} accounts`);
    if (!this.#anchors.seek(anchor)) {
      this.#anchors = asTexts(this.#anchors, this.#expected);
      this.#anchors.seek(anchor);
    }
    if (at > 0 && this.#anchors.orderAt(at - 1) >= 0)
      throw new MirrorUnsound('the mirror shows its accounts out of order');
    if ((at + 1) * KEPT_WORD_BYTES > this.#words.length) this.#makeRoom();
    this.#anchors.add();
    this.#words.writeUIntBE(keptWordOf(wholeWordIn(fingerprint)) ?? NO_WORD, at * KEPT_WORD_BYTES, KEPT_WORD_BYTES);
    if (isAbsent) this.#raise(at, IS_ABSENT);
    else this.present += 1;
  }

  /** Notes that the directory holds this account. */
  see(anchor: AccountAnchor): Seen {
    assert(this.#flags.length > 0, 'nobody asks what was given back');
    const at = this.#find(anchor);
    if (at === undefined) return NEW;
    this.#raise(at, IS_SEEN);
    const word = this.#words.readUIntBE(at * KEPT_WORD_BYTES, KEPT_WORD_BYTES);
    const isAbsent = (this.#flagsOf(at) & IS_ABSENT) !== 0;
    return { kind: 'known', word: word === NO_WORD ? undefined : (word as KeptWord), isAbsent };
  }

  /** Those that are offered and were not seen, in order. */
  unseen(): AccountAnchor[] {
    assert(this.#flags.length > 0, 'nobody asks what was given back');
    const anchors: AccountAnchor[] = [];
    for (let at = 0; at < this.size; at += 1) if (this.#flagsOf(at) === 0) anchors.push(this.#anchors.at(at));
    return anchors;
  }

  /** Gives the memory back: nothing may be asked any more. */
  [Symbol.dispose](): void {
    this.#anchors.release();
    release(this.#words, this.#flags);
  }

  /** Many directories tell their accounts in the order in which these were made, and so do anchors that have the time in them. */
  #find(anchor: AccountAnchor): number | undefined {
    if (!this.#anchors.seek(anchor)) return undefined;
    const guess = this.#lastFound + 1;
    const found = guess < this.size && this.#anchors.orderAt(guess) === 0 ? guess : this.#search();
    if (found !== undefined) this.#lastFound = found;
    return found;
  }

  /** The one that is sought. */
  #search(): number | undefined {
    let [low, high] = [0, this.size - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.#anchors.orderAt(middle);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  #flagsOf(at: number): number {
    return ((this.#flags[Math.floor(at / FLAGGED_PER_BYTE)] ?? 0) >>> shiftOf(at)) & FLAGS;
  }

  #raise(at: number, flag: number): void {
    const byte = Math.floor(at / FLAGGED_PER_BYTE);
    this.#flags[byte] = (this.#flags[byte] ?? 0) | (flag << shiftOf(at));
  }

  #makeRoom(): void {
    const capacity = Math.ceil((this.#words.length / KEPT_WORD_BYTES) * GROWTH);
    const flags = new Uint8Array(Math.ceil(capacity / FLAGGED_PER_BYTE));
    flags.set(this.#flags);
    const words = roomFor(capacity * KEPT_WORD_BYTES);
    this.#words.copy(words);
    release(this.#words, this.#flags);
    this.#flags = flags;
    this.#words = words;
  }
}

/** In its byte. */
function shiftOf(at: number): number {
  return (at % FLAGGED_PER_BYTE) * 2;
}
