// The languages that pages, questions and mails are in. Each has a catalogue of each kind; a new one begins here, and the compiler says
// what is missing. Pure.

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each as those call it who speak it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  ja: '日本語',
  ar: 'العربية',
};

/** Undefined for a text that is none of them. */
export function languageOf(text: string): Language | undefined {
  return LANGUAGES.find((language) => language === text);
}

/** Which way its lines run. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
