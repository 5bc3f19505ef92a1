// Finds names that more than one account answers to, in one walk over everybody: neither can be reset by such a name until somebody
// settles whose it is. Keeps a hash of each name, not the name, and one for a name with its addresses: seven bytes for most people, so that
// millions fit.

import { assert } from '../../failure/assert.js';
import { NAMES_TOLD_MAX } from '../../protocol/sync-reports.js';
import { release } from './release.js';

/** Each grows alone, so that no moment needs the room twice. */
const SEGMENTS = 256;
const CAPACITY_MIN = 16;
/** Twice is to double: as many places as people, or two of each, fill what is there. */
const GROWTH = Math.SQRT2;
/** Beyond this part of the room a new place is searched for too long. */
const LOAD_MAX = 0.88;
/** Nearly everybody's addresses are at the same few hosts, and are their name there: those share the place of the name. */
const USUAL_HOSTS_MAX = 2;
/** How a place is taken: by a name as it is, or by an address at one of the usual hosts, as the part before it. */
const AS_IT_IS = 1;
const HOW_MASK = (1 << (1 + USUAL_HOSTS_MAX)) - 1;

export class NameCollisions implements Disposable {
  readonly #segments: readonly HashSet[];
  readonly #first = new Set<string>();
  /** Those that came first, each with its `@`. */
  readonly #usualHosts: string[] = [];
  #count = 0;

  /** `expected`: how many people to make room for; more may come. */
  constructor(expected = 0) {
    const each = expected / SEGMENTS;
    // They fill unevenly: hardly one of them has to grow.
    const capacity = Math.max(Math.ceil((each + 4 * Math.sqrt(each)) / LOAD_MAX), CAPACITY_MIN);
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

  /** Gives the room back; what was found can be asked for all the same. */
  [Symbol.dispose](): void {
    for (const segment of this.#segments) segment.release();
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
    const segment = this.#segments[(high >>> 16) % SEGMENTS];
    return segment === undefined || !segment.add(low >>> 0, high & 0xffff & ~HOW_MASK, AS_IT_IS << (host + 1));
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

/** Open addressing, 32 and 16 bits a place, of which the lowest say how it is taken: none, and it is free. */
class HashSet {
  #lows: Uint32Array<ArrayBuffer>;
  #highs: Uint16Array<ArrayBuffer>;
  #size = 0;

  constructor(capacity: number) {
    this.#lows = new Uint32Array(capacity);
    this.#highs = new Uint16Array(capacity);
  }

  /** `how`: one of the bits of HOW_MASK. False where it is there in that way already. */
  add(low: number, high: number, how: number): boolean {
    assert(this.#lows.length > 0, 'nobody adds to what was given back');
    const at = this.#placeOf(low, high);
    const there = this.#highs[at] ?? 0;
    if ((there & how) !== 0) return false;
    this.#lows[at] = low;
    this.#highs[at] = high | there | how;
    if (there !== 0) return true;
    this.#size += 1;
    if (this.#size > this.#lows.length * LOAD_MAX) this.#grow();
    return true;
  }

  release(): void {
    release(this.#lows, this.#highs);
  }

  /** Where these are, or would be. `high`: without how. */
  #placeOf(low: number, high: number): number {
    const [lows, highs] = [this.#lows, this.#highs];
    for (let at = low % lows.length; ; at = at + 1 === lows.length ? 0 : at + 1) {
      const other = highs[at] ?? 0;
      if (other === 0 || ((other & ~HOW_MASK) === high && lows[at] === low)) return at;
    }
  }

  #grow(): void {
    const [lows, highs] = [this.#lows, this.#highs];
    const capacity = Math.ceil(lows.length * GROWTH);
    this.#lows = new Uint32Array(capacity);
    this.#highs = new Uint16Array(capacity);
    for (let at = 0; at < lows.length; at += 1) {
      const [low = 0, high = 0] = [lows[at], highs[at]];
      if (high === 0) continue;
      const place = this.#placeOf(low, high & ~HOW_MASK);
      this.#lows[place] = low;
      this.#highs[place] = high;
    }
    release(lows, highs);
  }
}
