// One entry as it came: the bytes, and where in them its values lie. Of a million entries most values are looked at once, or never:
// nothing is taken out before somebody asks, and what tells where they lie is shared, so that an entry that waits is hardly an object.
// Keeps what arrived with it in memory as long as it lives.

/** Which attributes there are, in order, and how many values each has. Most entries of a search have the same. */
export interface EntryLayout {
  /** In lower case. Each is listed once (RFC 4511 §4.5.2); of two the last counts. */
  readonly names: readonly string[];
  /** Of each attribute, how many bounds lie before its own; and at the end how many there are. */
  readonly firsts: readonly number[];
}

/** Where values begin and end, two numbers a value, of one entry behind the other. Numbers alone: nothing that a collector looks at. */
export class Bounds {
  #numbers = new Uint32Array(BOUNDS_AT_FIRST);
  count = 0;

  add(from: number, to: number): void {
    if (this.count + 2 > this.#numbers.length) {
      const wider = new Uint32Array(this.#numbers.length * 2);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.count] = from;
    this.#numbers[this.count + 1] = to;
    this.count += 2;
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }
}

/** Of a few entries; it grows with them. */
const BOUNDS_AT_FIRST = 128;

export interface ValuesInMessage {
  readonly bytes: Buffer;
  readonly layout: EntryLayout;
  readonly bounds: Bounds;
  /** Where this entry's own begin: those of its name first. */
  readonly first: number;
}

export class ReceivedEntry {
  readonly #bytes: Buffer;
  readonly #layout: EntryLayout;
  readonly #bounds: Bounds;
  readonly #first: number;

  constructor({ bytes, layout, bounds, first }: ValuesInMessage) {
    this.#bytes = bytes;
    this.#layout = layout;
    this.#bounds = bounds;
    this.#first = first;
  }

  get distinguishedName(): string {
    return this.#valueAt(this.#first, textOf);
  }

  /** Each once. */
  names(): readonly string[] {
    return [...new Set(this.#layout.names)];
  }

  /** The first value as text; undefined when there is none. `name` in lower case, here and below. */
  text(name: string): string | undefined {
    const { names, firsts } = this.#layout;
    const at = names.lastIndexOf(name);
    if (at === -1 || firsts[at] === firsts[at + 1]) return undefined;
    return this.#valueAt(this.#placeOf(at), textOf);
  }

  texts(name: string): readonly string[] {
    return this.#map(name, textOf);
  }

  /** Values that are keywords of ASCII, as object classes are, in lower case: there are few, and none is made twice. */
  keywords(name: string): readonly string[] {
    return this.#map(name, attributeName);
  }

  /** Views of what arrived. */
  bytes(name: string): readonly Buffer[] {
    return this.#map(name, viewOf);
  }

  #map<Value>(name: string, valueIn: ValueIn<Value>): readonly Value[] {
    const attribute = this.#layout.names.lastIndexOf(name);
    if (attribute === -1) return NONE;
    const [from, to] = [this.#placeOf(attribute), this.#placeOf(attribute + 1)];
    // Nearly always. An array that grows makes room for many.
    if (to - from === 2) return [this.#valueAt(from, valueIn)];
    const values: Value[] = [];
    for (let place = from; place < to; place += 2) values.push(this.#valueAt(place, valueIn));
    return values;
  }

  #valueAt<Value>(place: number, valueIn: ValueIn<Value>): Value {
    return valueIn(this.#bytes, this.#bounds.at(place), this.#bounds.at(place + 1));
  }

  /** Where the bounds of the attribute begin, behind those of the name. */
  #placeOf(attribute: number): number {
    return this.#first + 2 + (this.#layout.firsts[attribute] ?? 0);
  }
}

type ValueIn<Value> = (bytes: Buffer, from: number, to: number) => Value;

const NONE: readonly never[] = [];

function textOf(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}

function viewOf(bytes: Buffer, from: number, to: number): Buffer {
  return bytes.subarray(from, to);
}

/** Takes down the layout of one entry; gives out that of the entry before again where it is the same, so that a page has few. */
export class LayoutReader {
  readonly #before = lastLayout;
  #own: { readonly names: string[]; readonly firsts: number[] } | undefined;
  #count = 0;

  /** The next attribute, and how many bounds lie before its own. */
  next(name: string, first: number): void {
    const at = this.#count++;
    if (this.#own === undefined) {
      const { names, firsts } = this.#before;
      if (names[at] === name && firsts[at] === first) return;
      this.#own = { names: names.slice(0, at), firsts: firsts.slice(0, at) };
    }
    this.#own.names.push(name);
    this.#own.firsts.push(first);
  }

  /** `bounds`: how many there are in all. */
  end(bounds: number): EntryLayout {
    const { names, firsts } = this.#own ?? this.#before;
    const isBefore = this.#own === undefined && names.length === this.#count && firsts[this.#count] === bounds;
    if (!isBefore)
      lastLayout = { names: names.slice(0, this.#count), firsts: [...firsts.slice(0, this.#count), bounds] };
    return lastLayout;
  }
}

let lastLayout: EntryLayout = { names: [], firsts: [0] };

/** As many different names as a search asks for, and some. */
const NAMES_KEPT = 256;
/** Names of attributes and classes are shorter; longer ones are made anew each time. */
const NAME_UNITS_KEPT = 64;
const kept: (string | undefined)[] = new Array(NAMES_KEPT).fill(undefined);

/** The bytes as a name in lower case; the same text again for the same name, which is made once. Bounded. */
export function attributeName(bytes: Buffer, from: number, to: number): string {
  let hash = to - from;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + ((bytes[at] ?? 0) | CASE_BIT)) | 0;
  const place = hash & (NAMES_KEPT - 1);
  const known = kept[place];
  if (known !== undefined && isNamed(known, bytes, from, to)) return known;
  const name = bytes.toString('latin1', from, to).toLowerCase();
  if (name.length <= NAME_UNITS_KEPT) kept[place] = name;
  return name;
}

/** Differs between upper and lower case of a letter (ASCII). */
const CASE_BIT = 0x20;

function isNamed(name: string, bytes: Buffer, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let at = 0; at < name.length; at += 1) {
    const byte = bytes[from + at] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | CASE_BIT : byte;
    // Beyond ASCII nothing is kept equal: such a name is made anew each time.
    if (lower !== name.charCodeAt(at) || lower > 0x7f) return false;
  }
  return true;
}
