// What ldapts gets to read of what arrives, in any pieces, and where it ends.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageMeter, type MeterFault, type RequestKind } from '../../../../src/agent/ldap/message-meter.js';
import { anyCharacter } from '../../../support/any-text.js';
import {
  aResponse,
  element,
  modifyDone,
  noticeOfDisconnection,
  pageEnd,
  searchEntry,
  text,
} from '../../../support/ldap-messages.js';

const LIMITS = { messageBytesMax: 300, answerBytesMax: 1000, answerElementsMax: 100 };

/** One that waits for the answer to a search. */
function searching(): MessageMeter {
  const meter = new MessageMeter(LIMITS);
  meter.startRequest('search');
  return meter;
}

const namesIn = (meter: MessageMeter) => meter.takeEntries().map(({ distinguishedName }) => distinguishedName);
const anEntryWith = (name: string, value: string) =>
  aResponse(2, element(0x64, text('CN=a'), element(0x30, element(0x30, text(name), element(0x31, text(value))))));

/** Sends the bytes in pieces of `size`. */
function takeInPieces(meter: MessageMeter, bytes: Buffer, size: number) {
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const taken = meter.take(bytes.subarray(at, at + size));
    messages.push(...taken.messages);
    if (taken.fault !== undefined) return { messages, fault: taken.fault };
  }
  return { messages, fault: undefined };
}

describe('cuts what arrives into whole messages', () => {
  const names = ['CN=a', `CN=${'b'.repeat(150)}`];
  const end = pageEnd(Buffer.from([1, 0, 255]));
  const answer = [...names.map((name) => searchEntry(name)), end];

  test.each([1, 2, 3, 7, 1000])('in pieces of %i bytes, and keeps the entries and the cookie of the page', (size) => {
    const meter = searching();

    expect(takeInPieces(meter, Buffer.concat(answer), size)).toEqual({ messages: [end], fault: undefined });
    expect(namesIn(meter)).toEqual(names);
    expect(meter.pageCookie).toEqual(Buffer.from([1, 0, 255]));
  });

  test('that outlive the buffer they came in', () => {
    const chunk = Buffer.concat([anEntryWith('cn', 'a'), end]);
    const meter = searching();
    const { messages } = meter.take(chunk);
    chunk.fill(0);

    expect(messages).toEqual([end]);
    const [entry] = meter.takeEntries();
    expect([entry?.names(), entry?.texts('cn')]).toEqual([['cn'], ['a']]);
  });

  test('and hands the entries of a search out once, and none of another', () => {
    const meter = searching();
    meter.take(Buffer.concat(answer));
    expect(namesIn(meter)).toEqual(names);
    expect(namesIn(meter)).toEqual([]);

    meter.startRequest('search');
    meter.take(searchEntry('CN=c', 3));
    meter.take(pageEnd(undefined, 3));
    meter.startRequest('search');
    expect(namesIn(meter)).toEqual([]);
  });

  test('up to the first that is none: what came before it counts', () => {
    const chunk = Buffer.concat([searchEntry('CN=a'), Buffer.from('HTTP')]);

    const meter = searching();

    expect(meter.take(chunk)).toEqual({ messages: [], fault: 'not-ldap' });
    expect(namesIn(meter)).toEqual(['CN=a']);
  });

  test('however many a piece holds', () => {
    const meter = new MessageMeter({ messageBytesMax: 300, answerBytesMax: 1_000_000, answerElementsMax: 100_000 });
    meter.startRequest('search');

    meter.take(Buffer.concat(Array.from({ length: 5000 }, () => searchEntry(''))));
    expect(meter.takeEntries()).toHaveLength(5000);
  });
});

test('reads of every entry what it holds, in whatever pieces and behind whichever others it came', () => {
  const value = fc.string({ unit: anyCharacter, maxLength: 12 });
  const attributes = fc.uniqueArray(
    fc.tuple(fc.constantFrom('cn', 'sn', 'mail', 'uid'), fc.array(value, { maxLength: 3 })),
    {
      selector: ([name]) => name,
    },
  );
  const entries = fc.array(fc.record({ dn: value, attributes }), { maxLength: 12 });
  const encoded = ({ dn, attributes: held }: { dn: string; attributes: [string, string[]][] }) =>
    aResponse(
      2,
      element(
        0x64,
        text(dn),
        element(0x30, ...held.map(([name, values]) => element(0x30, text(name), element(0x31, ...values.map(text))))),
      ),
    );
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 200 }), (sent, size) => {
      const meter = new MessageMeter({ messageBytesMax: 2000, answerBytesMax: 100_000, answerElementsMax: 10_000 });
      meter.startRequest('search');
      expect(takeInPieces(meter, Buffer.concat(sent.map(encoded)), size).fault).toBeUndefined();
      const read = meter.takeEntries().map((entry) => ({
        dn: entry.distinguishedName,
        attributes: entry.names().map((name) => [name, entry.texts(name)]),
        first: entry.text('mail'),
        bytes: entry.bytes('mail').map((bytes) => bytes.toString()),
      }));
      expect(read).toEqual(
        sent.map(({ dn, attributes: held }) => {
          const mail = held.find(([name]) => name === 'mail')?.[1] ?? [];
          return { dn, attributes: held, first: mail[0], bytes: mail };
        }),
      );
    }),
  );
});

describe('keeps the cookie of a page', () => {
  test('also without entries, where ldapts would take it for the end', () => {
    const meter = searching();
    meter.take(pageEnd(Buffer.from('more')));

    expect(meter.pageCookie).toEqual(Buffer.from('more'));
  });

  test('as empty after the last page, and as none when the answer was not paged', () => {
    const meter = searching();
    meter.take(pageEnd(Buffer.alloc(0)));
    expect(meter.pageCookie).toEqual(Buffer.alloc(0));

    meter.startRequest('search');
    meter.take(pageEnd(undefined, 3));
    expect(meter.pageCookie).toBeUndefined();
  });

  test('not beyond the request it belongs to', () => {
    const meter = searching();
    meter.take(pageEnd(Buffer.from('old')));
    meter.startRequest('search');

    expect(meter.pageCookie).toBeUndefined();
  });
});

describe('ends what is too much', () => {
  test('a message that says it will be too large, before it is there', () => {
    expect(searching().take(Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff])).fault).toBe('message-too-large');
  });

  test('an answer of many messages, counted anew for each request', () => {
    const meter = searching();
    const entry = searchEntry(`CN=${'a'.repeat(200)}`);
    expect(Array.from({ length: 6 }, () => meter.take(entry).fault).at(-1)).toBe('answer-too-large');

    const patient = new MessageMeter(LIMITS);
    for (let messageId = 2; messageId < 22; messageId += 1) {
      patient.startRequest('search');
      expect(patient.take(searchEntry(`CN=${'a'.repeat(200)}`, messageId)).fault).toBeUndefined();
      expect(patient.take(pageEnd(undefined, messageId)).fault).toBeUndefined();
    }
  });

  test('an answer of small messages, which weigh more in memory than on the wire', () => {
    expect(searching().take(Buffer.concat(Array.from({ length: 60 }, () => searchEntry('')))).fault).toBe(
      'answer-too-large',
    );
  });
});

describe('ends what was not asked for', () => {
  test.each<[string, RequestKind | undefined, Buffer, MeterFault]>([
    ['anything when nothing was asked', undefined, modifyDone(2), 'unasked-message'],
    ['the end of a search for the answer to a modify', 'modify', pageEnd(undefined), 'unasked-message'],
    ['the answer to a modify for that to a bind', 'bind', modifyDone(2), 'unasked-message'],
    ['an intermediate response', 'search', Buffer.from([0x30, 5, 2, 1, 2, 0x79, 0]), 'unasked-message'],
    ['a notice of disconnection', 'search', noticeOfDisconnection(), 'disconnection-announced'],
    ['a notice of disconnection when nothing was asked', undefined, noticeOfDisconnection(), 'disconnection-announced'],
  ])('%s', (_, kind, message, fault) => {
    const meter = new MessageMeter(LIMITS);
    if (kind !== undefined) meter.startRequest(kind);

    expect(meter.take(message)).toEqual({ messages: [], fault });
  });

  test('the same answer again, at once or to the next request', () => {
    const meter = new MessageMeter(LIMITS);
    meter.startRequest('modify');
    expect(meter.take(Buffer.concat([modifyDone(2), modifyDone(2)]))).toEqual({
      messages: [modifyDone(2)],
      fault: 'unasked-message',
    });

    const next = new MessageMeter(LIMITS);
    next.startRequest('modify');
    next.take(modifyDone(2));
    next.startRequest('modify');
    expect(next.take(modifyDone(2)).fault).toBe('unasked-message');
  });

  test('an answer whose messages have two message ids', () => {
    expect(searching().take(Buffer.concat([searchEntry('CN=a', 2), pageEnd(undefined, 3)])).fault).toBe(
      'unasked-message',
    );
  });
});

describe('ends what is no LDAP', () => {
  test.each([
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an indefinite length', Buffer.from([0x30, 0x80, 0, 0])],
    ['a length of five bytes', Buffer.from([0x30, 0x85, 0, 0, 0, 0, 1])],
  ])('%s', (_, bytes) => {
    expect(searching().take(bytes).fault).toBe('not-ldap');
  });
});
