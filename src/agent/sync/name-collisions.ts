// Finds names that more than one account answers to, in one walk over everybody: neither can be reset by such a name until somebody
// settles whose it is. Keeps a hash of each name, not the name: about twelve bytes for each, so that a million people fit.

import { NAMES_TOLD_MAX } from '../../protocol/sync-reports.js';

/** Each grows alone, so that no moment needs the room twice. */
const SEGMENTS = 64;
const CAPACITY_MIN = 16;
const GROWTH = 1.5;
/** Beyond this part of the room a new place is searched for too long. */
const LOAD_MAX = 0.75;

export class NameCollisions {
  readonly #segments: readonly HashSet[];
  readonly #first = new Set<string>();
  #count = 0;

  /** `expected`: how many names to make room for; more may come. */
  constructor(expected = 0) {
    const capacity = Math.max(Math.ceil(expected / SEGMENTS / LOAD_MAX), CAPACITY_MIN);
    this.#segments = Array.from({ length: SEGMENTS }, () => new HashSet(capacity));
  }

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

  #note(name: string): void {
    // A third account of one name makes it no further name, as far as that is remembered.
    if (this.#first.has(name)) return;
    this.#count += 1;
    if (this.#first.size < NAMES_TOLD_MAX) this.#first.add(name);
  }

  /**
   * Takes the place if nobody has it. By FNV-1a twice, the second time over what the first made of it: 64 bits, so that of a million
   * names hardly two share one.
   */
  #isTaken(name: string): boolean {
    let [low, high] = [0x811c9dc5, 0x9747b28c];
    for (let at = 0; at < name.length; at += 1) {
      const unit = name.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ (unit + (low >>> 15)), 0x85ebca6b);
    }
    const segment = this.#segments[(low >>> 16) % SEGMENTS];
    // Never two zeros, which are a free place.
    return segment === undefined || !segment.add(low >>> 0, (high | 1) >>> 0);
  }
}

/** Open addressing, two words a place; two zeros are a free one. */
class HashSet {
  #words: Uint32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#words = new Uint32Array(capacity * 2);
  }

  /** False where it is there already. */
  add(low: number, high: number): boolean {
    const at = this.#placeOf(low, high);
    if (this.#words[at + 1] !== 0) return false;
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.#size += 1;
    if (this.#size * 2 > this.#words.length * LOAD_MAX) this.#grow();
    return true;
  }

  /** Where these words are, or would be. */
  #placeOf(low: number, high: number): number {
    const words = this.#words;
    for (let at = (high % (words.length / 2)) * 2; ; at = at + 2 === words.length ? 0 : at + 2) {
      const other = words[at + 1];
      if (other === 0 || (other === high && words[at] === low)) return at;
    }
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(Math.ceil((before.length / 2) * GROWTH) * 2);
    for (let at = 0; at < before.length; at += 2) {
      const [low = 0, high = 0] = [before[at], before[at + 1]];
      if (high === 0) continue;
      const place = this.#placeOf(low, high);
      this.#words[place] = low;
      this.#words[place + 1] = high;
    }
  }
}
