// One entry as it came: the message, and where in it the values lie. Of a million entries most values are looked at once, or never:
// nothing is taken out before somebody asks. Keeps the message in memory as long as it lives.

/** Which attributes there are, in order, and how many values each has. Most entries of a search have the same. */
export interface EntryLayout {
  /** In lower case. Each is listed once (RFC 4511 §4.5.2); of two the last counts. */
  readonly names: readonly string[];
  /** Of each attribute, where its own begin among the bounds. */
  readonly firsts: readonly number[];
}

export interface ValuesInMessage {
  readonly bytes: Buffer;
  readonly layout: EntryLayout;
  /** Where each value begins and ends, two numbers a value. */
  readonly bounds: readonly number[];
}

export class ReceivedEntry {
  readonly distinguishedName: string;
  readonly #values: ValuesInMessage;

  constructor(distinguishedName: string, values: ValuesInMessage) {
    this.distinguishedName = distinguishedName;
    this.#values = values;
  }

  /** Each once. */
  names(): readonly string[] {
    return [...new Set(this.#values.layout.names)];
  }

  /** The first value as text; undefined when there is none. `name` in lower case, here and below. */
  text(name: string): string | undefined {
    const { bytes, bounds, layout } = this.#values;
    const at = layout.names.lastIndexOf(name);
    if (at === -1) return undefined;
    const from = layout.firsts[at] ?? 0;
    return from === this.#behind(at) ? undefined : bytes.toString('utf8', bounds[from], bounds[from + 1]);
  }

  texts(name: string): readonly string[] {
    return this.#map(name, textOf);
  }

  /** Values that are keywords of ASCII, as object classes are, in lower case: there are few, and none is made twice. */
  keywords(name: string): readonly string[] {
    return this.#map(name, attributeName);
  }

  /** Views of the message. */
  bytes(name: string): readonly Buffer[] {
    return this.#map(name, viewOf);
  }

  #map<Value>(name: string, valueIn: (bytes: Buffer, from: number, to: number) => Value): readonly Value[] {
    const { bytes, bounds, layout } = this.#values;
    const attribute = layout.names.lastIndexOf(name);
    if (attribute === -1) return NONE;
    const from = layout.firsts[attribute] ?? 0;
    const to = this.#behind(attribute);
    // Nearly always. An array that grows makes room for many.
    if (to - from === 2) return [valueIn(bytes, bounds[from] ?? 0, bounds[from + 1] ?? 0)];
    const values: Value[] = [];
    for (let at = from; at < to; at += 2) values.push(valueIn(bytes, bounds[at] ?? 0, bounds[at + 1] ?? 0));
    return values;
  }

  /** Where the bounds of the next attribute begin. */
  #behind(attribute: number): number {
    const { bounds, layout } = this.#values;
    return layout.firsts[attribute + 1] ?? bounds.length;
  }
}

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

  /** The next attribute, and where its bounds begin. */
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

  read(): EntryLayout {
    if (this.#own === undefined && this.#count < this.#before.names.length) {
      const { names, firsts } = this.#before;
      this.#own = { names: names.slice(0, this.#count), firsts: firsts.slice(0, this.#count) };
    }
    lastLayout = this.#own ?? this.#before;
    return lastLayout;
  }
}

let lastLayout: EntryLayout = { names: [], firsts: [] };

/** As many different names as a search asks for, and some. */
const NAMES_KEPT = 256;
const kept: (string | undefined)[] = new Array(NAMES_KEPT).fill(undefined);

/** The bytes as a name in lower case; the same text again for the same name, which is made once. Bounded. */
export function attributeName(bytes: Buffer, from: number, to: number): string {
  let hash = to - from;
  for (let at = from; at < to; at += 1) hash = (Math.imul(hash, 31) + ((bytes[at] ?? 0) | CASE_BIT)) | 0;
  const place = hash & (NAMES_KEPT - 1);
  const known = kept[place];
  if (known !== undefined && isNamed(known, bytes, from, to)) return known;
  const name = bytes.toString('latin1', from, to).toLowerCase();
  kept[place] = name;
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
