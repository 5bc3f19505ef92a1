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
