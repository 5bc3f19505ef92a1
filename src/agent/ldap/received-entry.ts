// One entry as it came: the message, and where in it the values lie. Of a million entries most values are looked at once, or never:
// nothing is taken out before somebody asks. Keeps the message in memory as long as it lives.

/** Where each value begins and ends, two numbers a value; `firsts`: of each attribute, where its own begin among these. */
export interface ValuesInMessage {
  readonly bytes: Buffer;
  /** In lower case. Each is listed once (RFC 4511 §4.5.2); of two the last counts. */
  readonly names: readonly string[];
  readonly firsts: readonly number[];
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
    return [...new Set(this.#values.names)];
  }

  /** The first value as text; undefined when there is none. `name` in lower case, here and below. */
  text(name: string): string | undefined {
    const { bytes, bounds } = this.#values;
    const [from, to] = this.#placeOf(name);
    return from === to ? undefined : bytes.toString('utf8', bounds[from], bounds[from + 1]);
  }

  texts(name: string): string[] {
    return this.#map(name, (bytes, from, to) => bytes.toString('utf8', from, to));
  }

  /** Views of the message. */
  bytes(name: string): Buffer[] {
    return this.#map(name, (bytes, from, to) => bytes.subarray(from, to));
  }

  #map<Value>(name: string, valueIn: (bytes: Buffer, from: number, to: number) => Value): Value[] {
    const { bytes, bounds } = this.#values;
    const [from, to] = this.#placeOf(name);
    const values: Value[] = [];
    for (let at = from; at < to; at += 2) values.push(valueIn(bytes, bounds[at] ?? 0, bounds[at + 1] ?? 0));
    return values;
  }

  /** Which part of the bounds is the attribute's; an empty one where there is none. */
  #placeOf(name: string): readonly [number, number] {
    const { names, firsts, bounds } = this.#values;
    const at = names.lastIndexOf(name);
    return at === -1 ? NOWHERE : [firsts[at] ?? 0, firsts[at + 1] ?? bounds.length];
  }
}

const NOWHERE = [0, 0] as const;

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
