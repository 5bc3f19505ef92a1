// What is read off the wire beside ldapts: page cookies, in any pieces, and where it ends.

import { BerWriter } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { MessageMeter } from '../../../../src/agent/ldap/message-meter.js';
import { pageEnd, searchEntry } from '../../../support/ldap-messages.js';

const LIMITS = { messageBytesMax: 300, answerBytesMax: 1000 };

/** Sends the bytes in pieces of `size`. */
function takeInPieces(meter: MessageMeter, bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    const fault = meter.take(bytes.subarray(at, at + size));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

describe('keeps the cookie of a page', () => {
  test.each([1, 2, 3, 7, 1000])('in pieces of %i bytes', (size) => {
    const meter = new MessageMeter(LIMITS);

    expect(
      takeInPieces(meter, Buffer.concat([searchEntry('CN=a'), pageEnd(Buffer.from([1, 0, 255]))]), size),
    ).toBeUndefined();

    expect(meter.pageCookie).toEqual(Buffer.from([1, 0, 255]));
  });

  test('also of a page without entries, where ldapts would take it for the end', () => {
    const meter = new MessageMeter(LIMITS);
    meter.take(pageEnd(Buffer.from('more')));

    expect(meter.pageCookie).toEqual(Buffer.from('more'));
  });

  test('as empty after the last page, and as none when the answer was not paged', () => {
    const meter = new MessageMeter(LIMITS);
    meter.take(pageEnd(Buffer.alloc(0)));
    expect(meter.pageCookie).toEqual(Buffer.alloc(0));

    meter.startRequest();
    meter.take(pageEnd(undefined));
    expect(meter.pageCookie).toBeUndefined();
  });

  test('not beyond the request it belongs to', () => {
    const meter = new MessageMeter(LIMITS);
    meter.take(pageEnd(Buffer.from('old')));
    meter.startRequest();

    expect(meter.pageCookie).toBeUndefined();
  });
});

describe('ends what is too much or no LDAP', () => {
  test('a message that says it will be too large, before it is there', () => {
    expect(new MessageMeter(LIMITS).take(Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]))).toBe('message-too-large');
  });

  test('an answer of many messages, counted anew for each request', () => {
    const meter = new MessageMeter(LIMITS);
    const entry = searchEntry(`CN=${'a'.repeat(200)}`);
    const faults = Array.from({ length: 6 }, () => meter.take(entry));
    expect(faults.at(-1)).toBe('answer-too-large');

    const patient = new MessageMeter(LIMITS);
    for (let turn = 0; turn < 20; turn += 1) {
      patient.startRequest();
      expect(patient.take(entry)).toBeUndefined();
    }
  });

  test.each([
    ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an indefinite length', Buffer.from([0x30, 0x80, 0, 0])],
    ['a length of five bytes', Buffer.from([0x30, 0x85, 0, 0, 0, 0, 1])],
    ['the end of a search that breaks off inside', Buffer.from([0x30, 0x07, 0x02, 0x01, 0x02, 0x65, 0x02, 0x04, 0x7f])],
  ])('%s', (_, bytes) => {
    expect(new MessageMeter(LIMITS).take(bytes)).toBe('not-ldap');
  });

  test('nothing of what a directory does send', () => {
    const writer = new BerWriter();
    writer.startSequence();
    writer.writeInt(0);
    writer.endSequence();

    expect(new MessageMeter(LIMITS).take(writer.buffer)).toBeUndefined();
  });
});
