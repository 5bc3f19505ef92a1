// What questions in words are made of, in any language. Types, and what holds in all of them.

/** What words are told apart by, without special knowledge. */
export const WORD_GROUPS = [
  'animal',
  'food',
  'furniture',
  'body',
  'clothing',
  'vehicle',
  'instrument',
  'weekday',
  'weather',
] as const;
export type WordGroup = (typeof WORD_GROUPS)[number];

/** Groups that must not stand among the wrong answers to another: people eat rabbits, and tongues too. */
export const NOT_BESIDE: Readonly<Partial<Record<WordGroup, readonly WordGroup[]>>> = { food: ['animal', 'body'] };

export interface QuestionWords {
  /** `name`: as it stands in the question. Each word belongs to its group only, and to no other in anybody's eyes. */
  readonly groups: Readonly<Record<WordGroup, { readonly name: string; readonly words: readonly string[] }>>;
  /** Words that stand for themselves, each once. */
  readonly plainWords: readonly string[];
  /** First to sixth, as they stand in the question. */
  readonly ordinals: readonly [string, string, string, string, string, string];
  /** 0 to 99 in words, at their own index. */
  readonly numbers: readonly string[];
  /** Other spellings of some of them that are as right: of another country, mostly. */
  readonly otherNumbers?: readonly (readonly [number, string])[];
  /** Between words that are listed. */
  readonly separator: string;
  /** Whole questions. `words`: the list, ready to be put in. */
  readonly questions: {
    readonly group: (name: string, words: string) => string;
    readonly place: (ordinal: string, words: string) => string;
    readonly sum: (first: string, second: string) => string;
    readonly difference: (first: string, second: string) => string;
    readonly largest: (words: string) => string;
  };
}

/** Words with spaces between. */
export function wordList(words: string): readonly string[] {
  return words.split(' ');
}
