// The search that the canary tests rest on: it finds a secret in each form, wherever it stands, and nothing that is not there.

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formsOf, holdsCode, sightingsIn } from './canary-search.js';

const SECRET = 'Kanarienvögel-7+früh/spät';
const CANARIES = [{ name: 'password', value: SECRET }];

/** Bytes that hold nothing of the secret, and are different before and after it. */
const chaff = (seed: string, bytes: number) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes / 32) }, (_, at) => createHash('sha256').update(`${seed}${at}`).digest()),
  ).subarray(0, bytes);

const between = (middle: Buffer, before: number) =>
  Buffer.concat([chaff('before', before), middle, chaff('after', 99)]);
const formsSeen = (haystack: Uint8Array) => sightingsIn(haystack, CANARIES).map(({ form }) => form);

const ENCODED: readonly [string, (bytes: Buffer) => Buffer][] = [
  ['UTF-8', (bytes) => bytes],
  ['UTF-8, hexadecimal', (bytes) => Buffer.from(bytes.toString('hex'))],
  ['UTF-8, HEXADECIMAL', (bytes) => Buffer.from(bytes.toString('hex').toUpperCase())],
  ['UTF-16LE', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')],
  ['UTF-16LE, hexadecimal', (bytes) => Buffer.from(Buffer.from(bytes.toString('utf8'), 'utf16le').toString('hex'))],
  ['UTF-16BE', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le').swap16()],
  ['Latin-1', (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1')],
  ['URL', (bytes) => Buffer.from(new URLSearchParams({ a: bytes.toString('utf8') }).toString())],
  ['JSON', () => Buffer.from('{"password":"Kanarienv\\u00f6gel-7+fr\\u00fch/sp\\u00e4t"}')],
];

describe('the search', () => {
  it.each(ENCODED)('finds %s', (form, encode) => {
    for (const before of [0, 1, 2, 64, 1001]) {
      expect(formsSeen(between(encode(Buffer.from(SECRET)), before))).toContain(form);
    }
  });

  it.each(['utf8', 'utf16le'] as const)(
    'finds base64 and base64url of %s with anything before and after',
    (charset) => {
      const name = charset === 'utf8' ? 'UTF-8' : 'UTF-16LE';
      for (let before = 0; before < 6; before += 1) {
        for (const encoding of ['base64', 'base64url'] as const) {
          const text = between(Buffer.from(SECRET, charset), before).toString(encoding);
          expect(formsSeen(Buffer.from(text))).toContain(`${name}, ${encoding} at ${before % 3}`);
        }
      }
    },
  );

  it('finds raw bytes, and what they look like as text', () => {
    const value = chaff('key', 16);
    const seen = (haystack: Buffer) => sightingsIn(haystack, [{ name: 'key', value }]).map(({ form }) => form);
    expect(seen(between(value, 7))).toEqual(['raw']);
    expect(seen(Buffer.from(value.toString('hex')))).toEqual(['raw, hexadecimal']);
    expect(seen(Buffer.from(between(value, 2).toString('base64')))).toContain('raw, base64 at 2');
  });

  it('finds nothing where nothing is, nor half of a secret', () => {
    expect(formsSeen(chaff('nothing', 4096))).toEqual([]);
    expect(formsSeen(Buffer.from(SECRET.slice(1)))).toEqual([]);
  });

  it('looks for no needle so short that it is found by chance', () => {
    expect(Math.min(...formsOf('kNr-7x').map(({ needle }) => needle.length))).toBeGreaterThanOrEqual(6);
  });

  it('tells a code from six digits of a longer number', () => {
    expect(holdsCode(Buffer.from('{"code":"483920"}'), '483920')).toBe(true);
    expect(holdsCode(Buffer.from('code 483920.', 'utf16le'), '483920')).toBe(true);
    expect(holdsCode(Buffer.from('{"time":1483920123}'), '483920')).toBe(false);
  });
});
