// Finds names that more than one account answers to, in one walk over everybody: neither can be reset by such a name until somebody
// settles whose it is. Keeps a hash of each name, not the name: about twenty bytes for each, so that a million people fit.

import { NAMES_TOLD_MAX } from '../../protocol/sync-reports.js';

const CAPACITY_MIN = 1024;
/** Beyond this part of the room a new place is searched for too long. */
const LOAD_MAX = 0.6;

export class NameCollisions {
  /** Open addressing, two words a place; two zeros are a free one. */
  #words = new Uint32Array(CAPACITY_MIN * 2);
  #size = 0;
  readonly #first = new Set<string>();
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

  #note(name: string): void {
    // A third account of one name makes it no further name, as far as that is remembered.
    if (this.#first.has(name)) return;
    this.#count += 1;
    if (this.#first.size < NAMES_TOLD_MAX) this.#first.add(name);
  }

  /** Takes the place if nobody has it. */
  #isTaken(name: string): boolean {
    if (this.#size * 2 >= this.#words.length * LOAD_MAX) this.#grow();
    const [low, high] = wordsOf(name);
    const at = this.#placeOf(low, high);
    if (this.#words[at] !== 0 || this.#words[at + 1] !== 0) return true;
    this.#words[at] = low;
    this.#words[at + 1] = high;
    this.#size += 1;
    return false;
  }

  /** Where these words are, or would be. */
  #placeOf(low: number, high: number): number {
    const words = this.#words;
    const mask = words.length / 2 - 1;
    for (let place = low & mask; ; place = (place + 1) & mask) {
      const [one, other] = [words[place * 2] ?? 0, words[place * 2 + 1] ?? 0];
      if ((one === low && other === high) || (one === 0 && other === 0)) return place * 2;
    }
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      const [low, high] = [before[at] ?? 0, before[at + 1] ?? 0];
      if (low === 0 && high === 0) continue;
      const place = this.#placeOf(low, high);
      this.#words[place] = low;
      this.#words[place + 1] = high;
    }
  }
}

/** FNV-1a twice, the second time over what the first made of it: 64 bits, so that of a million names hardly two share one. */
function wordsOf(name: string): readonly [number, number] {
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + (low >>> 15)), 0x85ebca6b);
  }
  // Never two zeros, which are a free place.
  return [low >>> 0, (high | 1) >>> 0];
}
