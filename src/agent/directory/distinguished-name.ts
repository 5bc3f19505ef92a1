// Distinguished names as values: parsed by RFC 4514, compared as directories compare them, written back with escapes.
// Decides whether an account lies below a base. Pure; knows no directory, and never builds a name from what people type.

import { Failure } from '../../failure/failure.js';

/** One `type=value`. `ber`: the value was written as `#` and hex digits, and is kept as those digits. */
export interface NamingAttribute {
  readonly type: string;
  readonly value: string;
  readonly form: 'text' | 'ber';
}

/** Usually one attribute; several when written with `+`. */
export type RelativeName = readonly NamingAttribute[];

/** The entry's own name first, the domain last. Empty: the root. */
export type DistinguishedName = readonly RelativeName[];

/** Text is not a distinguished name. */
export class MalformedDistinguishedName extends Failure {
  readonly code = 'malformed-distinguished-name';
  readonly retry = { mayRetry: false, why: 'the same text stays malformed' };
}

/** A longer text is refused unread. Active Directory's own names end far below. */
const NAME_UNITS_MAX = 8192;

/**
 * Reads RFC 4514 text, and the blanks around separators that RFC 2253 allowed.
 * Throws MalformedDistinguishedName, also for the quoted values of older standards.
 */
export function parseDistinguishedName(text: string): DistinguishedName {
  const known = recent.get(text);
  const name = known ?? parse(text);
  // Behind the others again: what is asked for all the time stays.
  if (known !== undefined) recent.delete(text);
  recent.set(text, name);
  const [oldest] = recent.keys();
  if (recent.size > RECENT_MAX && oldest !== undefined) recent.delete(oldest);
  return name;
}

/** An account is held to the same few names of the settings as every other, and its own name is asked for several times. */
const recent = new Map<string, DistinguishedName>();
const RECENT_MAX = 64;

function parse(text: string): DistinguishedName {
  if (text.length > NAME_UNITS_MAX) throw malformed(0, `longer than ${NAME_UNITS_MAX} characters`);
  if (/^ *$/.test(text)) return [];
  const scanner = new Scanner(text);
  const names: RelativeName[] = [];
  let attributes: NamingAttribute[] = [];
  for (;;) {
    attributes.push(scanner.readAttribute());
    const separator = scanner.readSeparator();
    if (separator === '+') continue;
    names.push(attributes);
    if (separator === undefined) return names;
    attributes = [];
  }
}

/** Whether `name` is `base` itself or lies below it. */
export function isWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  const depth = name.length - base.length;
  if (depth < 0) return false;
  return base.every((relative, at) => comparable(relative) === comparable(name[depth + at] ?? []));
}

/** The same for names as text. Quick where the one ends as the other is spelled, which in a directory nearly all do. */
export function isTextWithin(name: string, base: string): boolean {
  const at = name.length - base.length - 1;
  // A comma behind a backslash is part of a value.
  const isSpelledSo = at > 0 && base !== '' && name[at] === ',' && name[at - 1] !== '\\' && name.endsWith(base);
  return isSpelledSo || isWithin(parseDistinguishedName(name), parseDistinguishedName(base));
}

export function isSameName(one: DistinguishedName, other: DistinguishedName): boolean {
  return one.length === other.length && isWithin(one, other);
}

/** The same for names as text. Quick where both are spelled plainly, which nearly all are. Throws MalformedDistinguishedName. */
export function isSameText(one: string, other: string): boolean {
  if (ONE_SPELLING.test(one) && ONE_SPELLING.test(other)) return one.toLowerCase() === other.toLowerCase();
  return isSameName(parseDistinguishedName(one), parseDistinguishedName(other));
}

/** One attribute after another, ASCII, without escapes and blanks but single ones inside of a value: such a name has one spelling. */
const ONE_SPELLING =
  /^[A-Za-z][A-Za-z0-9-]*=[!$-*\-./0-9:?-[\]-~]+(?: [!$-*\-./0-9:?-[\]-~]+)*(?:,[A-Za-z][A-Za-z0-9-]*=[!$-*\-./0-9:?-[\]-~]+(?: [!$-*\-./0-9:?-[\]-~]+)*)*$/;

/** The same text for every spelling of a name, to look it up by. */
export function comparableName(name: DistinguishedName): string {
  return name.map(comparable).join('\0');
}

/** The text of RFC 4514 §2, escaped where it must be. */
export function formatDistinguishedName(name: DistinguishedName): string {
  return name.map((relative) => relative.map(formatAttribute).join('+')).join(',');
}

/**
 * The same name with everything that a shell, or the syntax around it, could take for its own written as hex pairs (RFC 4514 §2.4):
 * to be put between quotes in a command. Letters of all alphabets stay readable.
 */
export function formatForCommands(name: DistinguishedName): string {
  return name
    .map((relative) =>
      relative
        .map(({ type, value, form }) => {
          if (form === 'ber') return `${type}=#${value}`;
          const escaped = value.replaceAll(NOT_PLAIN_IN_COMMANDS, hexPairs).replace(/^ | $/g, hexPairs);
          return `${type}=${escaped}`;
        })
        .join('+'),
    )
    .join(',');
}

/** All but letters, digits, blanks and what no shell, no quoting and no access rule gives a meaning. */
const NOT_PLAIN_IN_COMMANDS = /[^\p{L}\p{M}\p{N} ._@/-]/gu;

/** One text for all spellings of a relative name: types and values without case, blanks folded, any order around `+`. */
function comparable(relative: RelativeName): string {
  const known = comparables.get(relative);
  if (known !== undefined) return known;
  const made = foldedTextOf(relative);
  comparables.set(relative, made);
  return made;
}

const comparables = new WeakMap<RelativeName, string>();

function foldedTextOf(relative: RelativeName): string {
  const parts = relative.map(({ type, value, form }) => {
    const folded = form === 'ber' ? value : value.normalize('NFC').replaceAll(/ +/g, ' ').replaceAll(/^ | $/g, '');
    return JSON.stringify([type.toLowerCase(), form, folded.toLowerCase()]);
  });
  return parts.sort().join('+');
}

function formatAttribute({ type, value, form }: NamingAttribute): string {
  if (form === 'ber') return `${type}=#${value}`;
  const escaped = value
    .replaceAll(/["+,;<>\\=]/g, '\\$&')
    .replaceAll(/\p{Cc}/gu, (control) => hexPairs(control))
    .replace(/^[# ]/, '\\$&')
    .replace(/ $/, (blank, at: number, whole: string) => (whole[at - 1] === '\\' ? blank : `\\${blank}`));
  return `${type}=${escaped}`;
}

function hexPairs(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
}

// Blanks are spaces only (RFC 2253 §4): any other white space is part of a value.
const TYPE = / *([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+) *= */y;
const BER_VALUE = /#((?:[0-9A-Fa-f]{2})+) *(?=[,;+]|$)/y;
const PLAIN_VALUE = /[^\\"+,;<>\0]+/y;
const PLAIN = /[^\\"+,;<>\0]/uy;
const ESCAPED_CHARACTER = /\\([ "#+,;<=>\\])/y;
const ESCAPED_BYTE = /\\([0-9A-Fa-f]{2})/y;
const SEPARATOR = / *([,;+])/y;

/** Walks over the text once; every pattern is sticky and looks at one token. */
class Scanner {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  readAttribute(): NamingAttribute {
    const type = this.#take(TYPE);
    if (type === undefined) throw malformed(this.#at, 'an attribute type and "=" are expected');
    const digits = this.#take(BER_VALUE);
    return digits === undefined
      ? { type, value: this.#readText(), form: 'text' }
      : { type, value: digits.toLowerCase(), form: 'ber' };
  }

  /** `,` or `;` as ',', '+', or undefined at the end. */
  readSeparator(): ',' | '+' | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const separator = this.#take(SEPARATOR);
    if (separator === undefined) throw malformed(this.#at, 'a separator is expected');
    return separator === '+' ? '+' : ',';
  }

  #readText(): string {
    if (this.#text[this.#at] === '#') throw malformed(this.#at, '"#" is followed by pairs of hex digits');
    return this.#readWithoutEscapes() ?? this.#readWithEscapes();
  }

  /** Nearly every value is such: a pass over a large directory reads millions. Undefined, and nothing read, for any other. */
  #readWithoutEscapes(): string | undefined {
    const start = this.#at;
    const value = this.#take(PLAIN_VALUE) ?? '';
    const next = this.#text[this.#at];
    if ((next === undefined || ',;+'.includes(next)) && value.isWellFormed()) return withoutBlanksBehind(value);
    this.#at = start;
    return undefined;
  }

  #readWithEscapes(): string {
    const bytes: number[] = [];
    // Blanks before a separator do not belong to the value, unless they are escaped.
    let lengthWithoutBlanks = 0;
    for (;;) {
      const escaped = this.#take(ESCAPED_CHARACTER);
      const byte = escaped === undefined ? this.#take(ESCAPED_BYTE) : undefined;
      const plain = escaped === undefined && byte === undefined ? this.#take(PLAIN) : undefined;
      if (escaped !== undefined) bytes.push(...utf8(escaped));
      else if (byte !== undefined) bytes.push(Number.parseInt(byte, 16));
      else if (plain !== undefined) bytes.push(...utf8(plain));
      else break;
      if (plain !== ' ') lengthWithoutBlanks = bytes.length;
    }
    const next = this.#text[this.#at];
    if (next !== undefined && !',;+'.includes(next)) throw malformed(this.#at, 'this character must be escaped');
    return decode(bytes.slice(0, lengthWithoutBlanks), this.#at);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }
}

/** No pattern: one that looks for blanks at the end looks at every run of them before it. */
function withoutBlanksBehind(value: string): string {
  let end = value.length;
  while (end > 0 && value[end - 1] === ' ') end -= 1;
  return value.slice(0, end);
}

function utf8(character: string): Uint8Array {
  return new TextEncoder().encode(character);
}

function decode(bytes: readonly number[], at: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch (cause) {
    throw malformed(at, 'the escaped bytes before it are not UTF-8', cause);
  }
}

function malformed(at: number, why: string, cause?: unknown): MalformedDistinguishedName {
  return new MalformedDistinguishedName(`not a distinguished name at character ${at + 1}: ${why}`, { cause });
}
