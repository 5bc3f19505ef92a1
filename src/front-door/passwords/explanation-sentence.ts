// Which word it was that a password was refused for, as a sentence. Pure; the words are the catalogue's, lent by the page. Runs in the
// browser, where the explanation was opened: nobody else knows it.

import type { PasswordExplanation } from '../../protocol/sealed-explanation.js';

/** Sentences of the catalogue, with `{words}` where the words go and `{word}` where one is quoted. */
export interface ExplanationWords {
  readonly name: string;
  readonly common: string;
  readonly banned: string;
  readonly short: string;
  readonly quoted: string;
  /** What to do instead; ends each of them. */
  readonly advice: string;
  /** BCP 47, for how words are listed. */
  readonly locale: string;
}

/** The rule that a password was refused for, as the outcome names it. */
export type RuleExplained = 'contains-name' | 'banned-word';

export function ruleExplained({ kind }: PasswordExplanation): RuleExplained {
  return kind === 'name' ? 'contains-name' : 'banned-word';
}

export function explanationSentence({ kind, words }: PasswordExplanation, sentences: ExplanationWords): string {
  // Isolated: a word of another script must not turn the sentence around, nor one that would end the isolation itself.
  const quoted = words
    .map((word) => word.replaceAll(UNSEEN, ''))
    .map((word) => sentences.quoted.replace('{word}', () => `\u2068${word}\u2069`));
  const listed = new Intl.ListFormat(sentences.locale, { type: 'conjunction' }).format(quoted);
  return `${sentences[kind].replace('{words}', () => listed)} ${sentences.advice}`;
}

/** Control characters, and those that change the direction of what follows (UAX #9): a name of the directory may hold any. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}]/gu;
