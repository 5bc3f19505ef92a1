// Finds names that more than one account answers to, in one walk over everybody: neither can be reset by such a name until somebody
// settles whose it is. Keeps a hash of each name, not the name, and one for a name with its addresses: six bytes each, so that millions
// fit, also of people whose addresses are not their names.

import { assert } from '../../failure/assert.js';
import { NAMES_TOLD_MAX } from '../../protocol/sync-reports.js';
import { release } from './release.js';

/** Nearly everybody's addresses are at the same few hosts, and are their name there: those share the place of the name. */
const USUAL_HOSTS_MAX = 2;
/** How a place is taken: by a name as it is, or by an address at one of the usual hosts, as the part before it. */
const AS_IT_IS = 1;
const HOW_MASK = (1 << (1 + USUAL_HOSTS_MAX)) - 1;
const REST_MASK = 0xff & ~HOW_MASK;

const LIST_SHIFT = 16;
const LISTS = 2 ** 16;
/** In a block: the low bits of each place, a byte more of each, and the block behind this one. */
const PLACES = 16;
const NEXT_AT = PLACES + PLACES / 4;
const BLOCK_WORDS = NEXT_AT + 1;
const BLOCKS_PER_CHUNK = 4_096;
/** How many places are taken, beside the block. */
const TAKEN_BITS = 5;
const TAKEN_MASK = (1 << TAKEN_BITS) - 1;

export class NameCollisions implements Disposable {
  readonly #hashes = new HashLists();
  readonly #first = new Set<string>();
  /** Those that came first, each with its `@`. */
  readonly #usualHosts: string[] = [];
  #count = 0;

  /** Names that are somebody else's too. */
  get count(): number {
    return this.#count;
  }

  /** The first of them. */
  get names(): readonly string[] {
    return [...this.#first];
  }

  /** All names of one more account, each once. */
  add(names: readonly string[]): void {
    for (const name of names) if (this.#isTaken(name)) this.#note(name);
  }

  /** Gives the room back; what was found can be asked for all the same. */
  [Symbol.dispose](): void {
    this.#hashes.release();
  }

  #note(name: string): void {
    // A third account of one name makes it no further name, as far as that is remembered.
    if (this.#first.has(name)) return;
    this.#count += 1;
    if (this.#first.size < NAMES_TOLD_MAX) this.#first.add(name);
  }

  /**
   * Takes the place if nobody has it. By FNV-1a twice, the second time over what the first made of it, of which 53 bits tell names apart: of
   * a million people's names two are taken for one in one pass of nine thousand.
   */
  #isTaken(name: string): boolean {
    const host = this.#usualHostOf(name);
    const units = name.length - (this.#usualHosts[host]?.length ?? 0);
    let [low, high] = [0x811c9dc5, 0x9747b28c];
    for (let at = 0; at < units; at += 1) {
      const unit = name.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ (unit + (low >>> 15)), 0x85ebca6b);
    }
    const hash = { list: high >>> LIST_SHIFT, low: low >>> 0, rest: (high >>> 8) & REST_MASK };
    return !this.#hashes.add(hash, AS_IT_IS << (host + 1));
  }

  /** Which of the usual hosts it is at; -1: at none, or it is no address. */
  #usualHostOf(name: string): number {
    const hosts = this.#usualHosts;
    for (let host = 0; host < hosts.length; host += 1) if (name.endsWith(hosts[host] ?? '')) return host;
    const at = name.lastIndexOf('@');
    if (at === -1 || hosts.length === USUAL_HOSTS_MAX) return -1;
    return hosts.push(name.slice(at)) - 1;
  }
}

/** Of 53 bits. */
interface NameHash {
  /** Sixteen of them: below LISTS. */
  readonly list: number;
  readonly low: number;
  /** Five, within REST_MASK. */
  readonly rest: number;
}

/**
 * By the first sixteen bits in as many lists, of blocks that are made as they are needed: which list it is in need not be kept of each, nothing
 * is ever moved, and the room taken is that of what is there.
 */
class HashLists {
  /** Of each list the block that was made last, and how many of its places are taken: of all behind it all are. 0: none. */
  readonly #firsts: Uint32Array<ArrayBuffer> = new Uint32Array(LISTS);
  /** The blocks in their order, so many in each. */
  readonly #chunks: Uint32Array<ArrayBuffer>[] = [];
  /** The first is none. */
  #blocks = 1;

  /** `how`: one of the bits of HOW_MASK. False where it is there in that way already. */
  add({ list, low, rest }: NameHash, how: number): boolean {
    assert(this.#firsts.length > 0, 'nobody adds to what was given back');
    const first = this.#firsts[list] ?? 0;
    let taken = first & TAKEN_MASK;
    for (let block = first >>> TAKEN_BITS; block !== 0; taken = PLACES) {
      const chunk = this.#chunkOf(block);
      const from = wordOf(block);
      for (let at = from; at < from + taken; at += 1) {
        if (chunk[at] !== low) continue;
        const there = restAt(chunk, from, at - from);
        if ((there & REST_MASK) !== rest) continue;
        addRest(chunk, from, at - from, how);
        return (there & how) === 0;
      }
      block = chunk[from + NEXT_AT] ?? 0;
    }
    this.#append({ list, low, rest }, how);
    return true;
  }

  release(): void {
    release(this.#firsts, ...this.#chunks);
  }

  #append({ list, low, rest }: NameHash, how: number): void {
    const first = this.#firsts[list] ?? 0;
    let [block, place] = [first >>> TAKEN_BITS, first & TAKEN_MASK];
    if (block === 0 || place === PLACES) {
      block = this.#newBlock(block);
      place = 0;
    }
    const chunk = this.#chunkOf(block);
    const from = wordOf(block);
    chunk[from + place] = low;
    addRest(chunk, from, place, rest | how);
    this.#firsts[list] = (block << TAKEN_BITS) | (place + 1);
  }

  #newBlock(next: number): number {
    const block = this.#blocks;
    this.#blocks += 1;
    if (block >= this.#chunks.length * BLOCKS_PER_CHUNK)
      this.#chunks.push(new Uint32Array(BLOCKS_PER_CHUNK * BLOCK_WORDS));
    this.#chunkOf(block)[wordOf(block) + NEXT_AT] = next;
    return block;
  }

  #chunkOf(block: number): Uint32Array {
    const chunk = this.#chunks[Math.floor(block / BLOCKS_PER_CHUNK)];
    assert(chunk !== undefined, 'a block is asked for once it was made');
    return chunk;
  }
}

/** Where the block begins in its chunk. */
function wordOf(block: number): number {
  return (block % BLOCKS_PER_CHUNK) * BLOCK_WORDS;
}

/** A byte, four to a word: the rest of the hash, and how the place is taken. */
function restAt(chunk: Uint32Array, from: number, place: number): number {
  return ((chunk[from + PLACES + (place >>> 2)] ?? 0) >>> shiftOf(place)) & 0xff;
}

function addRest(chunk: Uint32Array, from: number, place: number, bits: number): void {
  const word = from + PLACES + (place >>> 2);
  chunk[word] = (chunk[word] ?? 0) | (bits << shiftOf(place));
}

function shiftOf(place: number): number {
  return (place & 3) * 8;
}
