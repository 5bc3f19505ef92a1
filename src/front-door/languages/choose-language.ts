// Which language a person is answered in: the one they chose, else the one their browser asks for (RFC 9110 §12.5.4), else the house's
// own. Pure.

import Negotiator from 'negotiator';
import { LANGUAGES, type Language, languageOf } from './language.js';

export interface LanguageWishes {
  /** Chosen with this very request. */
  readonly chosen: string | undefined;
  /** Chosen before, in this browser. */
  readonly remembered: string | undefined;
  /** The header `Accept-Language`; anything else in it than languages is passed over. */
  readonly accepted: string | undefined;
}

export function chooseLanguage({ chosen, remembered, accepted }: LanguageWishes, otherwise: Language): Language {
  return (
    languageOf(chosen ?? '') ??
    languageOf(remembered ?? '') ??
    (accepted === undefined ? undefined : languageOf(bestOf(accepted) ?? '')) ??
    otherwise
  );
}

/** Longer ones are nobody's, and would take long to sort. */
const ACCEPTED_UNITS_MAX = 1_000;

function bestOf(accepted: string): string | undefined {
  if (accepted.length > ACCEPTED_UNITS_MAX) return undefined;
  // "Any other" is no wish for one of ours: the house has one of its own.
  const named = accepted.split(',').filter((range) => !range.trim().startsWith('*'));
  return new Negotiator({ headers: { 'accept-language': named.join() } }).languages([...LANGUAGES])[0];
}
