// A phone number as the world dials it (ITU-T E.164): `+`, the country's calling code, and what follows; 8 to 15 digits in all.
// Anything else, such as a number without its country, is none: guessed at, it would be somebody else's. Pure.

/** As in `+4915123456789`. */
export const PHONE_NUMBER = /^\+[1-9][0-9]{7,14}$/;

/**
 * The number in a text that people or directories write: spaces, hyphens, dots, parentheses and signs that are not seen are forgiven,
 * and the `(0)` that is dialled inside a country only. Undefined for what is no whole number.
 */
export function phoneNumberIn(text: string): string | undefined {
  if (text.length > TEXT_UNITS_MAX) return undefined;
  const compact = text
    .normalize('NFKC')
    .replaceAll('(0)', '')
    .replaceAll(/[\s\p{Pd}\p{Cf}().]/gu, '');
  return PHONE_NUMBER.test(compact) && callingCodeOf(compact) !== undefined ? compact : undefined;
}

/** The calling code of its country, without `+`; undefined where none begins so. `number`: `+` and digits. */
export function callingCodeOf(number: string): string | undefined {
  const digits = number.slice(1);
  const length = SHORT_CODES.test(digits) ? Number(/^[17]/.test(digits) ? 1 : 2) : 3;
  return digits.length >= length && /^[1-9]/.test(digits) ? digits.slice(0, length) : undefined;
}

/** Codes of one or two digits (ITU-T E.164, list of assigned country codes); every other one has three. None is the beginning of another. */
const SHORT_CODES = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
const TEXT_UNITS_MAX = 64;
