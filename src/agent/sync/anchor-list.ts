// Anchors in order, in few bytes: a million are looked through for each account of a pass. Those that are 128 bits in hexadecimal digits, as
// nearly every directory's are, take fourteen bytes each; others as many as they have characters, and four.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import { parseAccountAnchor } from '../../protocol/identifiers.js';
import { release, roomFor } from './release.js';

/** One anchor at a time is sought: what is asked of a place is asked about that one. */
export interface AnchorList {
  readonly size: number;
  /** False where no such anchor is ever in this list. */
  seek(anchor: AccountAnchor): boolean;
  /** Below 0 where the one at this place comes before the one that is sought, above where it comes behind. */
  orderAt(place: number): number;
  /** Adds the one that is sought. */
  add(): void;
  at(place: number): AccountAnchor;
  /** Gives the memory back: nothing may be asked any more. */
  release(): void;
}

/** Of sixteen bits, behind the first. */
const WORDS = 7;
const BEGINNINGS = 2 ** 16;
const GROWTH = 1.5;

/** How the digits are parted. */
interface UuidForm {
  readonly units: number;
  readonly hyphensAt: readonly number[];
}

const HYPHEN = '-';
const UUID_UNITS = 36;
const UUID_FORMS: readonly UuidForm[] = [
  // As every standard prints them (RFC 9562 §4).
  { units: UUID_UNITS, hyphensAt: [8, 13, 18, 23] },
  // As 389-DS prints its nsUniqueId.
  { units: 35, hyphensAt: [8, 17, 26] },
];

/**
 * In lower case, and all in the form of the first. The first sixteen bits of each are not kept with it: those that begin alike stand beside
 * each other, and where they do is kept instead. Most of what is sought is found by that already.
 */
export class UuidList implements AnchorList {
  size = 0;
  /** How they are parted. */
  #form: UuidForm | undefined;
  #words: Uint16Array<ArrayBuffer>;
  /** Where those of each beginning begin; of beginnings behind that of the last, nowhere yet. */
  #starts: Uint32Array<ArrayBuffer> = new Uint32Array(BEGINNINGS);
  #lastBeginning = -1;
  /** Its beginning, and its words. */
  readonly #sought = new Uint16Array(1 + WORDS);

  constructor(capacity: number) {
    this.#words = new Uint16Array(capacity * WORDS);
  }

  seek(anchor: AccountAnchor): boolean {
    if (this.size === 0) this.#form = UUID_FORMS.find(({ units }) => units === anchor.length);
    const form = this.#form;
    if (form?.units !== anchor.length) return false;
    for (const at of form.hyphensAt) if (anchor[at] !== HYPHEN) return false;
    let [word, digits] = [0, 0];
    for (let at = 0; at < form.units; at += 1) {
      const value = VALUES[anchor.charCodeAt(at)];
      if (value === undefined) continue;
      word = (word << 4) | value;
      digits += 1;
      if (digits % DIGITS_PER_WORD === 0) this.#sought[digits / DIGITS_PER_WORD - 1] = word;
    }
    return digits === this.#sought.length * DIGITS_PER_WORD;
  }

  orderAt(place: number): number {
    const [words, sought] = [this.#words, this.#sought];
    const [beginning = 0] = sought;
    if (place < this.#startOf(beginning)) return -1;
    if (place >= this.#startOf(beginning + 1)) return 1;
    for (let word = 0; word < WORDS; word += 1) {
      const order = (words[place * WORDS + word] ?? 0) - (sought[1 + word] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  }

  add(): void {
    const [beginning = 0] = this.#sought;
    while (this.#lastBeginning < beginning) this.#starts[++this.#lastBeginning] = this.size;
    if ((this.size + 1) * WORDS > this.#words.length) this.#words = widened(this.#words, Uint16Array);
    this.#words.set(this.#sought.subarray(1), this.size * WORDS);
    this.size += 1;
  }

  at(place: number): AccountAnchor {
    const words = this.#words.subarray(place * WORDS, (place + 1) * WORDS);
    let text = Array.from([this.#beginningOf(place), ...words], (word) =>
      word.toString(16).padStart(DIGITS_PER_WORD, '0'),
    ).join('');
    // From the left, so that each stands where it shall when the next one is put in.
    for (const hyphenAt of this.#form?.hyphensAt ?? []) text = text.slice(0, hyphenAt) + HYPHEN + text.slice(hyphenAt);
    return parseAccountAnchor(text);
  }

  release(): void {
    release(this.#words, this.#starts);
  }

  #startOf(beginning: number): number {
    return beginning > this.#lastBeginning ? this.size : (this.#starts[beginning] ?? 0);
  }

  /** The last that begins there or before. */
  #beginningOf(place: number): number {
    let [low, high] = [0, this.#lastBeginning];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const DIGITS_PER_WORD = 4;
/** Of each digit, by its code; undefined where it is none. */
const VALUES: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value === -1 ? undefined : value;
});

/** Of any form. */
export class TextList implements AnchorList {
  size = 0;
  #text: Buffer<ArrayBuffer>;
  /** Where each ends; it begins where the one before ends. */
  #ends: Uint32Array<ArrayBuffer>;
  #sought: Buffer = Buffer.alloc(0);

  constructor(capacity: number) {
    this.#text = roomFor(capacity * UUID_UNITS);
    this.#ends = new Uint32Array(capacity);
  }

  seek(anchor: AccountAnchor): boolean {
    this.#sought = Buffer.from(anchor, 'latin1');
    return true;
  }

  orderAt(place: number): number {
    return this.#text.compare(this.#sought, 0, this.#sought.length, this.#startOf(place), this.#ends[place]);
  }

  add(): void {
    const place = this.size;
    const start = this.#startOf(place);
    if (place === this.#ends.length) this.#ends = widened(this.#ends, Uint32Array);
    while (start + this.#sought.length > this.#text.length) {
      const wider = roomFor(Math.ceil(this.#text.length * GROWTH));
      this.#text.copy(wider);
      release(this.#text);
      this.#text = wider;
    }
    this.#ends[place] = start + this.#sought.copy(this.#text, start);
    this.size = place + 1;
  }

  at(place: number): AccountAnchor {
    return parseAccountAnchor(this.#text.toString('latin1', this.#startOf(place), this.#ends[place]));
  }

  release(): void {
    release(this.#text, this.#ends);
  }

  #startOf(place: number): number {
    return place === 0 ? 0 : (this.#ends[place - 1] ?? 0);
  }
}

/** The same anchors, to which others can be added. `anchors` is released. */
export function asTexts(anchors: AnchorList, capacity: number): TextList {
  const texts = new TextList(Math.max(capacity, anchors.size));
  for (let place = 0; place < anchors.size; place += 1) {
    texts.seek(anchors.at(place));
    texts.add();
  }
  anchors.release();
  return texts;
}

function widened<Table extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  table: Table,
  Kind: new (length: number) => Table,
): Table {
  const wider = new Kind(Math.ceil(table.length * GROWTH) + WORDS);
  wider.set(table);
  release(table);
  return wider;
}
