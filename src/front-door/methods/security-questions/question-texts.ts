// What a question says, by its id: the predefined ones in every language, an organisation's own as it wrote them. Pure.

import { LANGUAGES, type Language } from '../../languages/language.js';
import { PREDEFINED_QUESTIONS, questionIds, type SecurityQuestions } from '../../tenants/security-questions.js';
import { PREDEFINED_WORDS } from './predefined-words.js';

export interface ShownQuestion {
  readonly id: string;
  readonly text: string;
}

/** Everything that people may choose from, in the order of the settings. `spoken`: the page's language, then the organisation's. */
export function questionsOnOffer(settings: SecurityQuestions, spoken: readonly Language[]): readonly ShownQuestion[] {
  return shownQuestions(settings, questionIds(settings), spoken);
}

/** Those of the ids; one that is there no more is left out. */
export function shownQuestions(
  settings: SecurityQuestions,
  ids: readonly string[],
  spoken: readonly Language[],
): readonly ShownQuestion[] {
  return ids.flatMap((id) => {
    const words = wordsOf(settings, id);
    const language = spoken.find((each) => words[each] !== undefined);
    const text = language === undefined ? undefined : words[language];
    return text === undefined ? [] : [{ id, text }];
  });
}

/** A question in every language that it is there in; none for an id that is no question's. */
export function questionTexts(settings: SecurityQuestions, id: string): readonly string[] {
  return [...new Set(Object.values(wordsOf(settings, id)))];
}

type Words = Partial<Record<Language, string>>;

function wordsOf(settings: SecurityQuestions, id: string): Words {
  const predefined = PREDEFINED_QUESTIONS.find((each) => each === id);
  if (predefined !== undefined) return inEveryLanguage((language) => PREDEFINED_WORDS[language][predefined]);
  const text = settings.own.find((each) => each.id === id)?.text;
  if (text === undefined) return {};
  return typeof text === 'string' ? inEveryLanguage(() => text) : text;
}

function inEveryLanguage(say: (language: Language) => string): Words {
  return Object.fromEntries(LANGUAGES.map((language) => [language, say(language)]));
}
