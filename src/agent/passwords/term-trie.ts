// Terms as a tree of their characters, asked three ways: where each begins and ends, which lies within one edit, and which is inside.
// Pure. Makes no string of what it is asked about, since that is a password. Depth is bounded by the longest term.

interface Node<Term> {
  readonly next: Map<number, Node<Term>>;
  term: Term | undefined;
}

export class TermTrie<Term> {
  readonly #root: Node<Term> = { next: new Map(), term: undefined };
  #longest = 0;

  /** Adds a term under its normalised characters. One that is there under the same characters is replaced. */
  add(characters: readonly number[], term: Term): void {
    let node = this.#root;
    for (const character of characters) {
      const next: Node<Term> = node.next.get(character) ?? { next: new Map(), term: undefined };
      node.next.set(character, next);
      node = next;
    }
    node.term = term;
    this.#longest = Math.max(this.#longest, characters.length);
  }

  /** Calls back with every term that begins at `start`, shortest first, and the place behind it. */
  eachAt(characters: readonly number[], start: number, found: (term: Term, end: number) => void): void {
    let node: Node<Term> | undefined = this.#root;
    for (let at = start; at < characters.length; at += 1) {
      node = node.next.get(characters[at] ?? 0);
      if (node === undefined) return;
      if (node.term !== undefined) found(node.term, at + 1);
    }
  }

  /** A term that the whole text is, but for at most one character added, left out or replaced; undefined when there is none. */
  withinOneEdit(characters: readonly number[]): Term | undefined {
    if (characters.length > this.#longest + 1) return undefined;
    return searchWithin(this.#root, characters, { at: 0, edits: 1 });
  }
}

/** At most one branching for each character, since after the one edit the way is straight. */
function searchWithin<Term>(
  node: Node<Term>,
  characters: readonly number[],
  from: { readonly at: number; readonly edits: number },
): Term | undefined {
  const { at, edits } = from;
  const character = characters[at];
  const straight = character === undefined ? undefined : node.next.get(character);
  if (character === undefined && node.term !== undefined) return node.term;
  const found = straight && searchWithin(straight, characters, { at: at + 1, edits });
  if (found !== undefined || edits === 0) return found;
  if (character !== undefined) {
    const withoutOne = searchWithin(node, characters, { at: at + 1, edits: 0 });
    if (withoutOne !== undefined) return withoutOne;
  }
  for (const next of node.next.values()) {
    const replaced = character === undefined ? undefined : searchWithin(next, characters, { at: at + 1, edits: 0 });
    const edited = replaced ?? searchWithin(next, characters, { at, edits: 0 });
    if (edited !== undefined) return edited;
  }
  return undefined;
}
