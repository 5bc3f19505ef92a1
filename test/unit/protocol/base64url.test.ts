// base64url, strictly: one value has one spelling.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, MalformedBase64Url, toBase64Url } from '../../../src/protocol/base64url.js';

describe('base64url', () => {
  it('writes what every other writer writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('takes one spelling only: whatever it reads, it would write the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQgwZ_-/+= \n'), maxLength: 9 }), (text) => {
        const spelling = readOrRefused(text);
        if (spelling !== undefined) expect(toBase64Url(spelling)).toBe(text);
      }),
    );
  });

  it.each(['AA==', 'A', 'AB', 'AAB', 'AA/A', 'AA+A', 'AA A', 'AAAA\n', 'ÄAAA', 'AA\u0000A'])('refuses %j', (text) => {
    expect(() => fromBase64Url(text)).toThrow(MalformedBase64Url);
  });
});

/** Undefined when refused as malformed; anything else it throws fails the test. */
function readOrRefused(text: string): Uint8Array | undefined {
  try {
    return fromBase64Url(text);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedBase64Url);
    return undefined;
  }
}
