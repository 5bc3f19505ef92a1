// One entry of a search, and its attributes by name in any spelling. Values are bytes until somebody asks what they mean.

import type { ReceivedEntry } from './received-entry.js';

export class LdapEntry {
  readonly #received: ReceivedEntry;

  constructor(received: ReceivedEntry) {
    this.#received = received;
  }

  get distinguishedName(): string {
    return this.#received.distinguishedName;
  }

  /** The first value as text; undefined when there is none. */
  text(name: string): string | undefined {
    return this.#received.text(lowerCase(name));
  }

  texts(name: string): readonly string[] {
    return this.#received.texts(lowerCase(name));
  }

  /** The same in lower case, for such as object classes, of which there are few. ASCII alone. */
  keywords(name: string): readonly string[] {
    return this.#received.keywords(lowerCase(name));
  }

  /** The first value as bytes of our own: what came would keep the whole message in memory. */
  bytes(name: string): Buffer | undefined {
    return this.allBytes(name)[0];
  }

  allBytes(name: string): readonly Buffer[] {
    return this.#received.bytes(lowerCase(name)).map((value) => Buffer.from(value));
  }

  /** The first value as a whole number; undefined when there is none or it is no number. */
  integer(name: string): bigint | undefined {
    const text = this.text(name);
    return text !== undefined && /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  }

  /** What it came with, in lower case. */
  names(): readonly string[] {
    return this.#received.names();
  }
}

/** Names come from the code and the settings: a few, and each for every entry. */
const LOWER_CASE_KEPT_MAX = 1_000;
const lowered = new Map<string, string>();

function lowerCase(name: string): string {
  const known = lowered.get(name);
  if (known !== undefined) return known;
  if (lowered.size >= LOWER_CASE_KEPT_MAX) lowered.clear();
  const lower = name.toLowerCase();
  lowered.set(name, lower);
  return lower;
}
