// An organisation's own words in place of ours, text by text: each named by its place in a catalogue, as in `start.lead`. Plain text; what
// renders it escapes it. Values stand in braces: `We sent a code to {address}.`
// Pure, and the same for every catalogue. Knows neither which texts there are nor where the words come from.

import { directionOf, type Language } from '../languages/language.js';

/** A sentence, or the whole of a list. */
export type OwnText = string | readonly string[];
/** By place. */
export type OwnTexts = Readonly<Record<string, OwnText>>;

/** What every catalogue says of itself. */
interface Catalogue {
  readonly language: Language;
  readonly locale: string;
}

/** Places of the texts into which values are put. */
export type PlaceWithValues<Part> = PlaceOf<Part, (...values: never[]) => string>;
/** Every place of a catalogue that has a text, a list or values. */
export type Place<Part> = PlaceOf<Part, string | readonly string[] | ((...values: never[]) => string)>;

type PlaceOf<Part, Leaf> = {
  [Key in keyof Part & string]: Part[Key] extends Leaf
    ? Key
    : Part[Key] extends string | readonly string[] | ((...values: never[]) => string)
      ? never
      : `${Key}.${PlaceOf<Part[Key], Leaf>}`;
}[keyof Part & string];

export interface TextRules {
  /** Names of the values of each text that has some, in their order. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Places, or what they begin with, whose words are ours alone; each with the reason, which follows "may not be changed:". */
  readonly fixed: Readonly<Record<string, string>>;
}

/** UTF-16 code units: half as much again as the longest of ours. Pages stay light on a slow line. */
export const OWN_TEXT_UNITS_MAX = 400;
export const OWN_LIST_ENTRIES_MAX = 8;
/** Which an organisation that writes to its own people may leave out. */
const MAY_BE_LEFT_OUT = ['organisation'];

/** What is wrong with an organisation's text for this place; undefined: nothing. */
export function problemOfOwnText(
  { catalogue, rules }: { readonly catalogue: Catalogue; readonly rules: TextRules },
  place: string,
  own: OwnText,
): string | undefined {
  const ours = textAt(catalogue, place);
  if (ours === undefined) return 'is no text of ours: `drawbridge front-door texts` lists them';
  const fixed = fixedReason(rules, place);
  if (fixed !== undefined) return `may not be changed: ${fixed}`;
  if (Array.isArray(ours)) {
    if (typeof own === 'string') return 'is a list: give one, a line each';
    if (own.length === 0 || own.length > OWN_LIST_ENTRIES_MAX) return `must have 1 to ${OWN_LIST_ENTRIES_MAX} lines`;
    return own.map((text) => problemOfWords(text, [])).find((problem) => problem !== undefined);
  }
  if (typeof own !== 'string') return 'is one text: give no list';
  return problemOfWords(own, rules.values[place] ?? []);
}

/** Every text that may be changed, as it is to be written: our own words, with the values in braces. */
export function changeableTexts(catalogue: Catalogue, rules: TextRules): readonly (readonly [string, OwnText])[] {
  return leavesOf(catalogue).flatMap(([place, ours]): [string, OwnText][] => {
    if (fixedReason(rules, place) !== undefined) return [];
    if (typeof ours === 'function') return [[place, asWritten(ours, rules.values[place] ?? [], catalogue)]];
    return [[place, Array.isArray(ours) ? ours.map(String) : String(ours)]];
  });
}

/** No multiple of anything that a text counts in, and nothing that stands in one. */
const MARKERS = [1_000_003, 1_000_033] as const;

/** What a text with values says of its values' names: they are put in as numbers, which every text takes, and found again. */
function asWritten(text: object, names: readonly string[], { locale }: Catalogue): string {
  const values = names.map((_, index) => MARKERS[index] ?? 0);
  const said = String(Reflect.apply(Function.prototype.call, text, [undefined, ...values]));
  const numbers = new Intl.NumberFormat(locale);
  return names.reduce((words, name, index) => {
    const value = MARKERS[index] ?? 0;
    const named = words.replaceAll(numbers.format(value), `{${name}}`).replaceAll(String(value), `{${name}}`);
    // They come back with each value that is put in.
    return named.replaceAll(`\u2068{${name}}\u2069`, `{${name}}`);
  }, said);
}

/** The catalogue with an organisation's texts in it, which were found to have no problem. */
export function withOwnTexts<Words extends Catalogue>(catalogue: Words, rules: TextRules, own: OwnTexts): Words {
  return withWords(catalogue, '', (place) => {
    const words = Object.hasOwn(own, place) ? own[place] : undefined;
    const names = rules.values[place];
    return typeof words !== 'string' || names === undefined ? words : filler(words, names, catalogue);
  });
}

function withWords<Part extends object>(part: Part, at: string, wordsFor: (place: string) => unknown): Part {
  const own = Object.entries(part).flatMap(([key, value]): [string, unknown][] => {
    const place = at === '' ? key : `${at}.${key}`;
    if (isBranch(value)) return [[key, withWords(value, place, wordsFor)]];
    const words = wordsFor(place);
    return words === undefined ? [] : [[key, words]];
  });
  return { ...part, ...Object.fromEntries(own) };
}

/** A text into which values are put as ours do it: numbers by the language, and from right to left each value kept whole (UAX #9). */
function filler(text: string, names: readonly string[], { language, locale }: Catalogue) {
  const numbers = new Intl.NumberFormat(locale);
  const whole = (value: string) => (directionOf(language) === 'rtl' ? `\u2068${value}\u2069` : value);
  return (...values: readonly (string | number)[]): string =>
    text.replace(VALUE, (braces, name: string) => {
      const value = values[names.indexOf(name)] ?? braces;
      return typeof value === 'number' ? numbers.format(value) : whole(value);
    });
}

const VALUE = /\{([^{}]*)\}/g;

function problemOfWords(text: string, names: readonly string[]): string | undefined {
  if (text.trim() === '') return 'is empty: leave it out to keep ours';
  if (text.length > OWN_TEXT_UNITS_MAX) return `is too long: at most ${OWN_TEXT_UNITS_MAX} characters`;
  if (!text.isWellFormed() || /[\p{Cc}\u2028\u2029]/u.test(text))
    return 'has a line break or another character in it that is not seen: write it on one line';
  if (/[\u202a-\u202e]/.test(text)) return 'has a character in it that turns text around: take it out';
  const used = [...text.matchAll(VALUE)].map(([, name = '']) => name);
  const [unknown] = used.filter((name) => !names.includes(name));
  if (unknown !== undefined) return `has no value of that name, {${shown(unknown)}}: ${namesInWords(names)}`;
  if (/[{}]/.test(text.replace(VALUE, ''))) return 'has a brace without its other half';
  const [missing] = names.filter((name) => !used.includes(name) && !MAY_BE_LEFT_OUT.includes(name));
  return missing === undefined ? undefined : `must say {${missing}} somewhere`;
}

const shown = (name: string) => (/^\w{1,30}$/.test(name) ? name : '…');

function namesInWords(names: readonly string[]): string {
  return names.length === 0 ? 'this text has none' : `there is ${names.map((name) => `{${name}}`).join(' and ')}`;
}

function fixedReason({ fixed }: TextRules, place: string): string | undefined {
  const key = Object.keys(fixed).find((beginning) => place === beginning || place.startsWith(`${beginning}.`));
  return key === undefined ? undefined : fixed[key];
}

function leavesOf(part: object, at = ''): readonly (readonly [place: string, text: unknown])[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const place = at === '' ? key : `${at}.${key}`;
    return isBranch(value) ? leavesOf(value, place) : [[place, value] as const];
  });
}

/** Undefined where there is no text, but a part of the catalogue or nothing at all. */
function textAt(catalogue: object, place: string): unknown {
  let part: unknown = catalogue;
  for (const key of place.split('.')) {
    if (!isBranch(part) || !Object.hasOwn(part, key)) return undefined;
    part = Reflect.get(part, key);
  }
  return isBranch(part) ? undefined : part;
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
