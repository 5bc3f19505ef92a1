// Whatever bytes a directory sends, our own parsers either read them or refuse them: no other error, no endless loop.

import fc from 'fast-check';
import { BerReader, ModifyResponse, SearchEntry, SearchResponse } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { isGranted } from '../../../src/agent/ldap/active-directory/access-check.js';
import { NEEDED_RIGHTS } from '../../../src/agent/ldap/active-directory/rights.js';
import {
  MalformedSecurityDescriptor,
  readSecurityDescriptor,
} from '../../../src/agent/ldap/active-directory/security-descriptor.js';
import { LdapRefusal } from '../../../src/agent/ldap/ldap-errors.js';
import { MessageMeter } from '../../../src/agent/ldap/message-meter.js';
import { RESPONSES, readResponse } from '../../../src/agent/ldap/response-grammar.js';
import { anyCharacter } from '../../support/any-text.js';
import { aResponse, element, modifyDone, pageEnd, searchEntry, text } from '../../support/ldap-messages.js';
import { aDescriptor, anAce, CHANGE_PASSWORD, EVERYONE, SELF } from '../../support/security-descriptors.js';

const runs = { numRuns: 2000 };

describe('a security descriptor', () => {
  const whole = aDescriptor([
    anAce({ type: 6, objectType: CHANGE_PASSWORD, trustee: SELF }),
    anAce({ type: 5, objectType: CHANGE_PASSWORD, inheritedObjectType: CHANGE_PASSWORD, trustee: EVERYONE }),
    anAce({ type: 1, trustee: EVERYONE }),
  ]);

  function readsOrRefuses(bytes: Uint8Array) {
    try {
      const descriptor = readSecurityDescriptor(bytes);
      for (const { wanted } of NEEDED_RIGHTS) isGranted(descriptor, new Set(['S-1-1-0', 'S-1-5-10']), wanted);
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
  const limits = { messageBytesMax: 4096, answerBytesMax: 65_536, answerElementsMax: 10_000 };
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 20 });

  test('of random bytes', () => {
    fc.assert(
      fc.property(pieces, (chunks) => {
        const meter = new MessageMeter(limits);
        meter.startRequest('search');
        for (const chunk of chunks) if (meter.take(Buffer.from(chunk)).fault !== undefined) break;
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
          const meter = new MessageMeter({ ...limits, answerBytesMax: 1_000_000 });
          meter.startRequest('search');
          const answer = Buffer.concat([...names.map((name) => searchEntry(name)), pageEnd(Buffer.from(cookie))]);
          for (let at = 0, turn = 0; at < answer.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            expect(meter.take(answer.subarray(at, at + size)).fault).toBeUndefined();
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
    fc.property(fc.integer(), fc.string({ unit: anyCharacter, maxLength: 2000 }), (code, text) => {
      const { win32, data, diagnostic } = new LdapRefusal(code, text);
      expect(diagnostic.length).toBeLessThanOrEqual(500);
      expect(diagnostic).not.toMatch(/\p{Cc}/u);
      expect(win32 ?? '00000000').toMatch(/^[0-9A-F]{8}$/);
      expect(data ?? '0').toMatch(/^[0-9a-f]{1,8}$/);
    }),
    runs,
  );
});

describe('a response', () => {
  const whole = [
    modifyDone(7, 19, '0000052D: no'),
    pageEnd(Buffer.from('cookie')),
    aResponse(2, element(0x64, text('CN=a'), element(0x30, anAttribute('cn', 'a'), anAttribute('member', 'b', 'c')))),
  ];

  const READ_BY_LDAPTS = new Map<number, (messageId: number) => SearchEntry | SearchResponse | ModifyResponse>([
    [RESPONSES.searchEntry, (messageId) => new SearchEntry({ messageId })],
    [RESPONSES.searchDone, (messageId) => new SearchResponse({ messageId })],
    [RESPONSES.modify, (messageId) => new ModifyResponse({ messageId })],
  ]);

  test('with an entry is read as ldapts reads it', () => {
    const values = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 });
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9;=-]{0,20}$/).filter((written) => written !== 'dn');
    const attributes = fc.uniqueArray(fc.tuple(name, values), {
      selector: ([written]) => written.toLowerCase(),
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), attributes, (dn, listed) => {
        const held = listed.map(([type, bytes]) =>
          element(0x30, text(type), element(0x31, ...bytes.map((each) => element(0x04, Buffer.from(each))))),
        );
        const message = aResponse(2, element(0x64, text(dn), element(0x30, ...held)));
        const reader = new BerReader(message);
        reader.readSequence();
        const inLdapts = new SearchEntry({ messageId: reader.readInt() ?? 0 });
        reader.readSequence();
        inLdapts.parse(reader, []);
        const read = readResponse(message)?.entry;
        expect(read?.distinguishedName).toBe(inLdapts.name);
        expect(read?.names().map((each) => [each, read.bytes(each)])).toEqual(
          inLdapts.attributes.map(({ type, parsedBuffers }) => [type.toLowerCase(), parsedBuffers]),
        );
      }),
      runs,
    );
  });

  // ldapts' own parser never ends on some bytes: with one of those this test would never end either.
  test('with some bytes changed is refused, or ldapts reads it to its end', () => {
    const changed = fc.constantFrom(...whole).chain((message) => {
      const change = fc.tuple(fc.nat(message.length - 1), fc.nat(255));
      return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
        const bytes = Buffer.from(message);
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      });
    });
    fc.assert(
      fc.property(changed, (message) => {
        const operation = readResponse(message)?.operation;
        const inLdapts = operation === undefined ? undefined : READ_BY_LDAPTS.get(operation);
        if (inLdapts === undefined) return;
        const reader = new BerReader(message);
        reader.readSequence();
        const response = inLdapts(reader.readInt() ?? 0);
        reader.readSequence();
        response.parse(reader, []);
      }),
      { numRuns: 20_000 },
    );
  });
});

function anAttribute(name: string, ...values: string[]): Buffer {
  return element(0x30, text(name), element(0x31, ...values.map((value) => text(value))));
}
