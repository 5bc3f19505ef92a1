// One entry of a search, with its attributes in a Map: names come from the server, and a plain object has names of its own.
// Values are copied: ldapts hands out views that would keep whole packets in memory.

import type { Entry } from 'ldapts';

export class LdapEntry {
  readonly distinguishedName: string;
  readonly #attributes = new Map<string, readonly (string | Buffer)[]>();

  constructor(entry: Entry) {
    this.distinguishedName = entry.dn;
    for (const [name, value] of Object.entries(entry)) {
      if (name === 'dn') continue;
      this.#attributes.set(name.toLowerCase(), Array.isArray(value) ? value : [value]);
    }
  }

  /** The first value as text; undefined when there is none. */
  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  texts(name: string): readonly string[] {
    return this.#values(name).map((value) => (typeof value === 'string' ? value : value.toString('utf8')));
  }

  /** The first value as bytes of our own. The attribute has to be named among the binary ones of the search. */
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

  #values(name: string): readonly (string | Buffer)[] {
    return this.#attributes.get(name.toLowerCase()) ?? [];
  }
}
