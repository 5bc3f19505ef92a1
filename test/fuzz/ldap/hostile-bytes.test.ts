// Whatever bytes a directory sends, our own parsers either read them or refuse them: no other error, no endless loop.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MalformedSecurityDescriptor, readDacl } from '../../../src/agent/ldap/active-directory/security-descriptor.js';
import { LdapRefusal } from '../../../src/agent/ldap/ldap-errors.js';
import { MessageMeter } from '../../../src/agent/ldap/message-meter.js';
import { pageEnd, searchEntry } from '../../support/ldap-messages.js';
import { aDescriptor, anAce, CHANGE_PASSWORD, EVERYONE, SELF } from '../../support/security-descriptors.js';

const runs = { numRuns: 2000 };

describe('a security descriptor', () => {
  const whole = aDescriptor([
    anAce({ type: 6, objectType: CHANGE_PASSWORD, trustee: SELF }),
    anAce({ type: 1, trustee: EVERYONE }),
  ]);

  function readsOrRefuses(bytes: Uint8Array) {
    try {
      readDacl(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedSecurityDescriptor);
    }
  }

  test('of random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), readsOrRefuses), runs);
  });

  test('with some bytes changed', () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
    fc.assert(fc.property(changed, readsOrRefuses), runs);
  });
});

describe('the meter', () => {
  const limits = { messageBytesMax: 4096, answerBytesMax: 65_536 };
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 20 });

  test('of random bytes', () => {
    fc.assert(
      fc.property(pieces, (chunks) => {
        const meter = new MessageMeter(limits);
        for (const chunk of chunks) if (meter.take(Buffer.from(chunk)) !== undefined) break;
      }),
      runs,
    );
  });

  test('of a true answer in any pieces always finds the cookie', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 300 })),
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }),
        (names, cookie, sizes) => {
          const meter = new MessageMeter({ messageBytesMax: 4096, answerBytesMax: 1_000_000 });
          const answer = Buffer.concat([...names.map((name) => searchEntry(name)), pageEnd(Buffer.from(cookie))]);
          for (let at = 0, turn = 0; at < answer.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            expect(meter.take(answer.subarray(at, at + size))).toBeUndefined();
            at += size;
          }
          expect(meter.pageCookie).toEqual(Buffer.from(cookie));
        },
      ),
    );
  });
});

test('a diagnostic of any text is short, printable, and gives codes of their form or none', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string({ unit: 'binary', maxLength: 2000 }), (code, text) => {
      const { win32, data, diagnostic } = new LdapRefusal(code, text);
      expect(diagnostic.length).toBeLessThanOrEqual(500);
      expect(diagnostic).not.toMatch(/\p{Cc}/u);
      expect(win32 ?? '00000000').toMatch(/^[0-9A-F]{8}$/);
      expect(data ?? '0').toMatch(/^[0-9a-f]{1,8}$/);
    }),
    runs,
  );
});
