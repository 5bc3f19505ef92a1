// A request to a gateway with places for what is different in each, as in `{"to":"{number}"}`: read and tried out when the program starts,
// filled in for each text. A value is written as it must be where it stands, so that a name with a quote in it stays a name. Pure.

import { Secret } from '../../secret/secret.js';

/** What stands in for text: of the message, of the settings, or a secret's. */
export interface RequestValues {
  /** E.164, as in `+4915123456789`; `{digits}` is the same without its plus sign. */
  readonly number: string;
  readonly text: string;
  readonly from: string;
  /** By name. */
  readonly secrets: ReadonlyMap<string, Secret>;
}

/** Where a template stands, and so how its values are written. */
export type Place = 'json' | 'form' | 'xml' | 'query' | 'header';

const PLACES_OF_TYPES: ReadonlyMap<string, Place> = new Map([
  ['application/json', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
]);

/** Undefined for a type that no value can be written in safely. Parameters, such as a charset, do not matter. */
export function placeOfContentType(contentType: string): Place | undefined {
  return PLACES_OF_TYPES.get((contentType.split(';')[0] ?? '').trim().toLowerCase());
}

type Part = string | { readonly value: keyof typeof VALUES; readonly secret: string };

export interface Template {
  readonly place: Place;
  readonly parts: readonly Part[];
}

export type ReadTemplate = { readonly template: Template } | { readonly problem: string };

/** `secrets`: the names there are. What is wrong is told without what stands there, since people put secrets everywhere. */
export function readTemplate(text: string, place: Place, secrets: readonly string[]): ReadTemplate {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, name = '', secret = ''] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (!isValueName(name) || (secret !== '') !== name.startsWith('secret'))
      return { problem: `has a placeholder that is none: there are ${KNOWN}` };
    if (secret !== '' && !secrets.includes(secret))
      return { problem: 'names a secret that is not among textMessages.secrets' };
    if (place === 'header' && name === 'text') return { problem: 'cannot hold {text}: a header is of ASCII signs' };
    parts.push({ value: name, secret });
  }
  const template = { place, parts: [...parts, text.slice(end)] };
  return place !== 'json' || isJson(fill(template, TRIAL(secrets)))
    ? { template }
    : { problem: 'is no JSON once it is filled in: each placeholder stands within quotes, as in "to":"{number}"' };
}

/** Whether a secret stands in it. */
export function holdsSecret({ parts }: Template): boolean {
  return parts.some((part) => typeof part !== 'string' && part.secret !== '');
}

/** Throws a RangeError for a value that cannot stand in a header. */
export function fill({ place, parts }: Template, values: RequestValues): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : WRITTEN[place](VALUES[part.value](values, part.secret))))
    .join('');
}

const VALUES = {
  number: ({ number }: RequestValues) => number,
  digits: ({ number }: RequestValues) => number.slice(1),
  text: ({ text }: RequestValues) => text,
  from: ({ from }: RequestValues) => from,
  secret: ({ secrets }: RequestValues, name: string) => secrets.get(name)?.expose() ?? '',
  /** As basic authentication has it: the secret is `user:password`. */
  'secret-base64': ({ secrets }: RequestValues, name: string) =>
    Buffer.from(secrets.get(name)?.exposeBytes() ?? []).toString('base64'),
} as const satisfies Record<string, (values: RequestValues, secret: string) => string>;

const KNOWN = '{number}, {digits}, {text}, {from}, {secret:NAME} and {secret-base64:NAME}';

/** Whatever looks like one: of a misspelt name nobody would hear otherwise. */
const PLACEHOLDER = /\{\s*([A-Za-z][\w-]*)\s*(?::\s*([\w-]*)\s*)?\}/g;

function isValueName(name: string): name is keyof typeof VALUES {
  return Object.hasOwn(VALUES, name);
}

const WRITTEN: Readonly<Record<Place, (value: string) => string>> = {
  json: (value) => JSON.stringify(value).slice(1, -1),
  form: percentEncoded,
  query: percentEncoded,
  xml: (value) => value.replace(NOT_IN_XML, ' ').replace(/[&<>"'\t\n\r]/g, (sign) => `&#${sign.codePointAt(0)};`),
  header: (value) => {
    if (!/^[\x20-\x7e]*$/.test(value)) throw new RangeError('a header is of ASCII signs on one line');
    return value;
  },
};

/** XML 1.0 §2.2: these are in no document, not even as references. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function percentEncoded(value: string): string {
  // Half a surrogate pair is no text, and encodeURIComponent throws for it.
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const TRIAL = (secrets: readonly string[]): RequestValues => ({
  number: '+447700900123',
  text: 'a "quoted" \\ text\nof two lines',
  from: 'a "sender"',
  secrets: new Map(secrets.map((name) => [name, Secret.fromText('a "secret"')])),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // What the parser says quotes the text.
    return false;
  }
}
