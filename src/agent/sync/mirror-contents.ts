// What the front door's mirror holds of one directory, while a pass compares it with the directory: anchors, fingerprints and who
// was seen. Bytes, not objects, so that a million people fit beside everything else (about eighty bytes each).

import { Failure } from '../../failure/failure.js';
import { type AccountAnchor, parseAccountAnchor } from '../../protocol/identifiers.js';
import type { MirroredEntry } from '../../protocol/mirror-listing.js';
import { FINGERPRINT_UNITS } from './fingerprint.js';

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
  | { readonly kind: 'known'; readonly fingerprint: string; readonly isAbsent: boolean };

const IS_ABSENT = 1;
const IS_SEEN = 2;
/** A fingerprint that is not of our making says nothing: whatever the directory holds differs from it. */
const IS_KNOWN = 4;
const CAPACITY_MIN = 64;
/** Anchors are short; room is made for longer ones when they come. */
const ANCHOR_BYTES_GUESSED = 40;

export class MirrorContents {
  #size = 0;
  #anchors: Buffer;
  /** Where each anchor ends; it begins where the one before ends. */
  #ends: Uint32Array;
  #fingerprints: Buffer;
  #flags: Uint8Array;
  #lastFound = -1;

  /** `expected`: how many entries to make room for; more may come. */
  constructor(expected = 0) {
    const capacity = Math.min(Math.max(expected, CAPACITY_MIN), MIRROR_ENTRIES_MAX);
    this.#anchors = Buffer.alloc(capacity * ANCHOR_BYTES_GUESSED);
    this.#ends = new Uint32Array(capacity);
    this.#fingerprints = Buffer.alloc(capacity * FINGERPRINT_UNITS);
    this.#flags = new Uint8Array(capacity);
  }

  /** Entries that are not absent. */
  present = 0;

  get size(): number {
    return this.#size;
  }

  /** The anchor that was added last. */
  get last(): AccountAnchor | undefined {
    return this.#size === 0 ? undefined : this.#anchorAt(this.#size - 1);
  }

  /** Adds the next entry. Throws MirrorUnsound unless anchors rise, and beyond the limit. */
  add({ anchor, fingerprint, isAbsent }: MirroredEntry): void {
    const at = this.#size;
    if (at >= MIRROR_ENTRIES_MAX) throw new MirrorUnsound(`the mirror shows more than ${MIRROR_ENTRIES_MAX} accounts`);
    if (at > 0 && this.#compare(at - 1, Buffer.from(anchor, 'latin1')) >= 0)
      throw new MirrorUnsound('the mirror shows its accounts out of order');
    if (at === this.#ends.length) this.#makeRoom();
    const start = this.#startOf(at);
    while (start + anchor.length > this.#anchors.length) this.#anchors = grown(this.#anchors);
    this.#ends[at] = start + this.#anchors.write(anchor, start, 'latin1');
    const isKnown = fingerprint.length === FINGERPRINT_UNITS;
    if (isKnown) this.#fingerprints.write(fingerprint, at * FINGERPRINT_UNITS, 'latin1');
    this.#flags[at] = (isAbsent ? IS_ABSENT : 0) | (isKnown ? IS_KNOWN : 0);
    if (!isAbsent) this.present += 1;
    this.#size = at + 1;
  }

  /** Notes that the directory holds this account. */
  see(anchor: AccountAnchor): Seen {
    const at = this.#find(Buffer.from(anchor, 'latin1'));
    if (at === undefined) return { kind: 'new' };
    const flags = this.#flags[at] ?? 0;
    this.#flags[at] = flags | IS_SEEN;
    const from = at * FINGERPRINT_UNITS;
    const isKnown = (flags & IS_KNOWN) !== 0;
    const fingerprint = isKnown ? this.#fingerprints.toString('latin1', from, from + FINGERPRINT_UNITS) : '';
    return { kind: 'known', fingerprint, isAbsent: (flags & IS_ABSENT) !== 0 };
  }

  /** Those that are offered and were not seen, in order. */
  unseen(): AccountAnchor[] {
    const anchors: AccountAnchor[] = [];
    for (let at = 0; at < this.#size; at += 1)
      if (((this.#flags[at] ?? 0) & (IS_ABSENT | IS_SEEN)) === 0) anchors.push(this.#anchorAt(at));
    return anchors;
  }

  #anchorAt(at: number): AccountAnchor {
    return parseAccountAnchor(this.#anchors.toString('latin1', this.#startOf(at), this.#ends[at]));
  }

  #startOf(at: number): number {
    return at === 0 ? 0 : (this.#ends[at - 1] ?? 0);
  }

  /** Many directories tell their accounts in the order in which these were made, and so do anchors that have the time in them. */
  #find(anchor: Buffer): number | undefined {
    const guess = this.#lastFound + 1;
    const found = guess < this.#size && this.#compare(guess, anchor) === 0 ? guess : this.#search(anchor);
    if (found !== undefined) this.#lastFound = found;
    return found;
  }

  #search(anchor: Buffer): number | undefined {
    let [low, high] = [0, this.#size - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(middle, anchor);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  #compare(at: number, anchor: Buffer): number {
    return this.#anchors.compare(anchor, 0, anchor.length, this.#startOf(at), this.#ends[at]);
  }

  #makeRoom(): void {
    const capacity = this.#ends.length * 2;
    const [ends, flags] = [new Uint32Array(capacity), new Uint8Array(capacity)];
    ends.set(this.#ends);
    flags.set(this.#flags);
    [this.#ends, this.#flags] = [ends, flags];
    this.#fingerprints = grown(this.#fingerprints);
  }
}

function grown(bytes: Buffer): Buffer<ArrayBuffer> {
  const wider = Buffer.alloc(bytes.length * 2);
  bytes.copy(wider);
  return wider;
}
