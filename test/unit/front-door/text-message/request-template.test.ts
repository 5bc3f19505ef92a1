// Requests to a gateway: what is put in stays what it is wherever it stands, and what cannot be filled in is refused before.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fill,
  type Place,
  placeOfContentType,
  type RequestValues,
  readTemplate,
  type Template,
} from '../../../../src/front-door/text-message/request-template.js';
import { Secret } from '../../../../src/secret/secret.js';

const values = (changes: Partial<RequestValues> = {}): RequestValues => ({
  number: '+447700900123',
  text: 'Hello',
  from: 'Example',
  secrets: new Map([['TOKEN', Secret.fromText('s3cret')]]),
  ...changes,
});

function template(text: string, place: Place): Template {
  const read = readTemplate(text, place, ['TOKEN']);
  if ('problem' in read) throw new Error(read.problem);
  return read.template;
}

/** Any text, whole or not: what a name or a secret may hold. */
const anyText = fc.string({ unit: 'binary' });

describe('what is put in', () => {
  test('stays one text of a JSON document', () => {
    const read = template('{"to":["{number}"],"text":"{text}","n":{digits}}', 'json');
    fc.assert(
      fc.property(anyText, (text) => {
        const filled: unknown = JSON.parse(fill(read, values({ text })));
        expect(filled).toEqual({ to: ['+447700900123'], text, n: 447700900123 });
      }),
    );
  });

  test('stays one field of a form, and one of a query', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const place of ['form', 'query'] as const) {
          const filled = fill(template('to={number}&text={text}&end=1', place), values({ text }));
          expect(Object.fromEntries(new URLSearchParams(filled))).toEqual({
            to: '+447700900123',
            text: text.toWellFormed(),
            end: '1',
          });
          expect(filled).toMatch(/^[\x21-\x7e]*$/);
        }
      }),
    );
  });

  test('opens and ends nothing of an XML document, in text and in an attribute', () => {
    const read = template('<m to="{number}" from=\'{from}\'>{text}</m>', 'xml');
    fc.assert(
      fc.property(anyText, (text) => {
        const filled = fill(read, values({ text, from: text }));
        const inside = /^<m to="\+447700900123" from='([^']*)'>([^<]*)<\/m>$/.exec(filled);
        expect(inside).not.toBeNull();
        for (const part of inside?.slice(1) ?? []) {
          expect(part).not.toMatch(/[<>"']|&(?!#\d+;)/);
          expect(part.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))).toBe(inXml(text));
        }
      }),
    );
  });

  test('is on one line of a header, or is not put there', () => {
    const read = template('Bearer {secret:TOKEN}', 'header');
    fc.assert(
      fc.property(anyText, (text) => {
        const secrets = new Map([['TOKEN', Secret.fromText(text.toWellFormed())]]);
        const isAscii = /^[\x20-\x7e]*$/.test(text);
        if (isAscii) expect(fill(read, values({ secrets }))).toBe(`Bearer ${text}`);
        else expect(() => fill(read, values({ secrets }))).toThrow(RangeError);
      }),
    );
  });

  test('is not looked through for placeholders again', () => {
    const read = template('text={text}&key={secret:TOKEN}', 'form');
    const filled = fill(read, values({ text: '{secret:TOKEN}' }));
    expect(filled).toBe('text=%7Bsecret%3ATOKEN%7D&key=s3cret');
  });

  test('is a user and a password for basic authentication', () => {
    const secrets = new Map([['TOKEN', Secret.fromText('ada:pässword')]]);
    const filled = fill(template('Basic {secret-base64:TOKEN}', 'header'), values({ secrets }));
    expect(Buffer.from(filled.slice(6), 'base64').toString('utf8')).toBe('ada:pässword');
  });
});

test.each([
  ['{"to":"{numbr}"}', 'json'],
  ['{"to":"{ number }","x":"{Number}"}', 'json'],
  ['{"to":"{secret:OTHER}"}', 'json'],
  ['{"to":"{secret:token}"}', 'json'],
  ['{"to":"{secret}"}', 'json'],
  ['{"to":"{number:TOKEN}"}', 'json'],
  ['{"to":{number}}', 'json'],
  ['{"text":{text}}', 'json'],
  ['{"to":"{number}"', 'json'],
  ['to={constructor}', 'form'],
  ['to={toString}', 'form'],
  ['{text}', 'header'],
] as const)('%s is refused as %s', (text, place) => {
  expect(readTemplate(text, place, ['TOKEN'])).toHaveProperty('problem');
});

test('what is refused is not repeated: people put secrets everywhere', () => {
  const read = readTemplate('key=open-sesame&to={numbr}', 'form', []);
  expect(read).toHaveProperty('problem');
  expect(JSON.stringify(read)).not.toMatch(/sesame|numbr/);
});

test.each([
  ['application/json; charset=utf-8', 'json'],
  ['Application/X-WWW-Form-Urlencoded', 'form'],
  ['text/xml', 'xml'],
  ['text/plain', undefined],
  ['multipart/form-data', undefined],
  ['', undefined],
])('%j is filled in as %s', (type, place) => expect(placeOfContentType(type)).toBe(place));

/** XML 1.0 §2.2; what is in no document becomes a space. */
function inXml(text: string): string {
  return text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ');
}
