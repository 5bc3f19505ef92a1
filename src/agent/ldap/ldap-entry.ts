// One entry of a search, and its attributes by name in any spelling. Values are bytes until somebody asks what they mean.

import type { ReceivedEntry } from './response-grammar.js';

export class LdapEntry {
  readonly distinguishedName: string;
  readonly #attributes: ReceivedEntry['attributes'];

  constructor({ distinguishedName, attributes }: ReceivedEntry) {
    this.distinguishedName = distinguishedName;
    this.#attributes = attributes;
  }

  /** The first value as text; undefined when there is none. */
  text(name: string): string | undefined {
    return this.#values(name)[0]?.toString('utf8');
  }

  texts(name: string): readonly string[] {
    return this.#values(name).map((value) => value.toString('utf8'));
  }

  /** The first value as bytes of our own: what came would keep the whole message in memory. */
  bytes(name: string): Buffer | undefined {
    return this.allBytes(name)[0];
  }

  allBytes(name: string): readonly Buffer[] {
    return this.#values(name).map((value) => Buffer.from(value));
  }

  /** The first value as a whole number; undefined when there is none or it is no number. */
  integer(name: string): bigint | undefined {
    const text = this.text(name);
    return text !== undefined && /^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  }

  /** What it came with, in lower case. */
  names(): readonly string[] {
    return [...this.#attributes.keys()];
  }

  #values(name: string): readonly Buffer[] {
    return this.#attributes.get(name.toLowerCase()) ?? [];
  }
}
