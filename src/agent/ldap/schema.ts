// What attributes a directory knows: its descriptions of attribute types (RFC 4512 §4.1.2), as far as settings are compared with them.
// Pure. Active Directory writes them a little differently, with object identifiers in quotes and without matching rules.

/** What stands in one description. */
export interface AttributeType {
  /** Every name, in lower case. */
  readonly names: readonly string[];
  /** Object identifier; undefined: that of the superior. */
  readonly syntax: string | undefined;
  /** The rule by which values are equal, as the server names it; undefined: that of the superior, or none. */
  readonly equality: string | undefined;
  readonly superior: string | undefined;
}

/** Undefined for a text that describes none. */
export function parseAttributeType(text: string): AttributeType | undefined {
  const words: readonly string[] = text.match(WORDS) ?? [];
  const after = (keyword: string) => {
    const word = words[words.indexOf(keyword) + 1];
    return words.includes(keyword) ? unquoted(word) : undefined;
  };
  const names = namesIn(words);
  if (names.length === 0) return undefined;
  return {
    names,
    syntax: after('SYNTAX')?.replace(/\{\d+\}$/, ''),
    equality: after('EQUALITY'),
    superior: after('SUP')?.toLowerCase(),
  };
}

/** What is in quotes is one word, whatever is in it. */
const WORDS = /'[^']*'|[()]|[^\s()']+/g;

function namesIn(words: readonly string[]): string[] {
  const at = words.indexOf('NAME') + 1;
  if (at === 0) return [];
  const end = words[at] === '(' ? words.indexOf(')', at) : at + 1;
  return words.slice(at, end).flatMap((word) => (word === '(' ? [] : (unquoted(word)?.toLowerCase() ?? [])));
}

function unquoted(word: string | undefined): string | undefined {
  return word?.replace(/^'(.*)'$/s, '$1');
}

/** A superior of a superior, and so on: no schema has so many. */
const SUPERIORS_MAX = 16;

export class Schema {
  readonly #types = new Map<string, AttributeType>();

  /** `descriptions`: the values of `attributeTypes`. One that describes nothing is passed over. */
  constructor(descriptions: readonly string[]) {
    for (const text of descriptions) {
      const type = parseAttributeType(text);
      if (type === undefined) continue;
      for (const name of type.names) this.#types.set(name, type);
    }
  }

  get size(): number {
    return this.#types.size;
  }

  /** The type of that name in any case, with what its superiors say; undefined when there is none. */
  find(name: string): Pick<AttributeType, 'syntax' | 'equality'> | undefined {
    const line: AttributeType[] = [];
    let type = this.#types.get(name.toLowerCase());
    while (type !== undefined && line.length <= SUPERIORS_MAX) {
      line.push(type);
      type = type.superior === undefined ? undefined : this.#types.get(type.superior);
    }
    if (line.length === 0) return undefined;
    return {
      syntax: line.find(({ syntax }) => syntax !== undefined)?.syntax,
      equality: line.find(({ equality }) => equality !== undefined)?.equality,
    };
  }
}
