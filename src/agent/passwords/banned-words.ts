// Microsoft's published rule against passwords that are easily guessed, on our list, the organisation's own and the person's names.
// Pure. Source: learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad, and where it leaves a choice, its examples.
// What it says of a password names terms of the lists and the person's own names only; nothing else of the password leaves here.

import { GLOBAL_TERMS } from './global-terms.js';
import { normalise } from './normalise.js';
import { TermTrie } from './term-trie.js';

/** A term of a list, as it is written there. In both lists: the organisation's own. */
export interface BannedTerm {
  readonly term: string;
  readonly list: 'global' | 'custom';
}

/** Not for logs, not for the front door: each says something of what the password contains. */
export type GuessableWhy =
  /** Contains a name of the person or the organisation. */
  | { readonly kind: 'name'; readonly name: string }
  /** Is a term, or within one edit of it. */
  | { readonly kind: 'nearly-a-term'; readonly term: BannedTerm }
  /** Terms with too little around them. */
  | {
      readonly kind: 'too-few-points';
      readonly points: number;
      readonly pointsMin: number;
      readonly terms: readonly BannedTerm[];
    };

export type BannedWordsVerdict =
  | { readonly kind: 'accepted'; readonly points: number }
  | { readonly kind: 'guessable'; readonly why: GuessableWhy };

/** A term found is one point, and so is each character beside terms; fewer are refused. */
export const POINTS_MIN = 5;
/** A shorter name or term says too little: too many good passwords contain it. */
export const TERM_CHARACTERS_MIN = 4;
export const TERM_CHARACTERS_MAX = 16;

export interface BannedWords {
  /** `names`: given name, surname, user name, organisation. Shorter ones than 4 characters are not looked for. */
  judge(password: string, names: readonly string[]): BannedWordsVerdict;
}

/** `custom`: the organisation's own terms, as `readBannedTerms` gives them. `global`: the list we ship, unless told otherwise. */
export function createBannedWords(lists: {
  readonly custom: readonly string[];
  readonly global?: readonly string[];
}): BannedWords {
  const terms = new TermTrie<BannedTerm>();
  for (const term of lists.global ?? GLOBAL_TERMS) terms.add(normalise(term), { term, list: 'global' });
  for (const term of lists.custom) terms.add(normalise(term), { term, list: 'custom' });
  return {
    judge(password, names) {
      const characters = normalise(password);
      const name = names.find((candidate) => containsName(characters, normalise(candidate.trim())));
      if (name !== undefined) return { kind: 'guessable', why: { kind: 'name', name: name.trim() } };
      const term = terms.withinOneEdit(characters);
      if (term !== undefined) return { kind: 'guessable', why: { kind: 'nearly-a-term', term } };
      const tiling = fewestPoints(characters, terms);
      if (tiling.points >= POINTS_MIN) return { kind: 'accepted', points: tiling.points };
      return { kind: 'guessable', why: { kind: 'too-few-points', pointsMin: POINTS_MIN, ...tiling } };
    },
  };
}

/** A name is a hard refusal, not a point: p0LL23fb of somebody called Poll would have five. */
function containsName(characters: readonly number[], name: readonly number[]): boolean {
  if (name.length < TERM_CHARACTERS_MIN) return false;
  return characters.some((_, start) => name.every((character, index) => characters[start + index] === character));
}

interface Tiling {
  readonly points: number;
  /** Each once, in the order they occur. Empty when the password is merely short. */
  readonly terms: readonly BannedTerm[];
}

interface Piece {
  readonly points: number;
  readonly end: number;
  readonly term: BannedTerm | undefined;
}

/**
 * Cuts the password into terms and single characters so that it has as few points as it can. From the end: the least for what
 * remains is known by then, so the work is length times the longest term. Only exact terms count: with near ones in it,
 * ContoS0Bl@nkf9! would have four points, and Microsoft accepts it with five.
 */
function fewestPoints(characters: readonly number[], terms: TermTrie<BannedTerm>): Tiling {
  const best: Piece[] = Array.from({ length: characters.length + 1 }, () => ({ points: 0, end: 0, term: undefined }));
  const pointsFrom = (at: number) => best[at]?.points ?? 0;
  for (let start = characters.length - 1; start >= 0; start -= 1) {
    let piece: Piece = { points: pointsFrom(start + 1) + 1, end: start + 1, term: undefined };
    terms.eachAt(characters, start, (term, end) => {
      if (pointsFrom(end) + 1 <= piece.points) piece = { points: pointsFrom(end) + 1, end, term };
    });
    best[start] = piece;
  }
  const used = new Set<BannedTerm>();
  for (let piece = best[0]; piece !== undefined && piece.end > 0; piece = best[piece.end]) {
    if (piece.term !== undefined) used.add(piece.term);
  }
  return { points: pointsFrom(0), terms: [...used] };
}
