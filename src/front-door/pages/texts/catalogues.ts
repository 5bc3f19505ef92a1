// The words of the pages by language.

import type { Language } from '../../languages/language.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en, type Texts } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
import { pt } from './pt.js';

export const TEXTS: Readonly<Record<Language, Texts>> = { en, de, fr, es, pt, ja, ar };

/** What each way of proving who one is is called, for whoever has to name one. */
export const METHOD_NAMES = {
  en: en.signedIn.info.methods,
  de: de.signedIn.info.methods,
  fr: fr.signedIn.info.methods,
  es: es.signedIn.info.methods,
  pt: pt.signedIn.info.methods,
  ja: ja.signedIn.info.methods,
  ar: ar.signedIn.info.methods,
} as const satisfies Readonly<Record<Language, unknown>>;
