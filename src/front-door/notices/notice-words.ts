// The words of our mails by language.

import type { Language } from '../languages/language.js';
import { noticesInArabic as ar } from './words-ar.js';
import { noticesInGerman as de } from './words-de.js';
import { noticesInEnglish as en, type NoticeWords } from './words-en.js';
import { noticesInSpanish as es } from './words-es.js';
import { noticesInFrench as fr } from './words-fr.js';
import { noticesInJapanese as ja } from './words-ja.js';
import { noticesInPortuguese as pt } from './words-pt.js';

export const NOTICE_WORDS: Readonly<Record<Language, NoticeWords>> = { en, de, fr, es, pt, ja, ar };
