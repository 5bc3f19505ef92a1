// What questions in words are made of, by language.

import type { Language } from '../languages/language.js';
import type { QuestionWords } from './question-words.js';
import { questionWordsInArabic as ar } from './question-words-ar.js';
import { questionWordsInGerman as de } from './question-words-de.js';
import { questionWordsInEnglish as en } from './question-words-en.js';
import { questionWordsInSpanish as es } from './question-words-es.js';
import { questionWordsInFrench as fr } from './question-words-fr.js';
import { questionWordsInJapanese as ja } from './question-words-ja.js';
import { questionWordsInPortuguese as pt } from './question-words-pt.js';

export const QUESTION_WORDS: Readonly<Record<Language, QuestionWords>> = { en, de, fr, es, pt, ja, ar };
