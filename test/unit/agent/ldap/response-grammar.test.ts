// Which bytes pass for an LDAP response. Each refusal here is one that ldapts' own parser takes for something else, or
// never ends on.

import { describe, expect, test } from 'vitest';
import { readResponse } from '../../../../src/agent/ldap/response-grammar.js';
import {
  aResponse,
  bindDone,
  element,
  modifyDone,
  noticeOfDisconnection,
  pageEnd,
  searchEntry,
  text,
} from '../../../support/ldap-messages.js';

const RESULT = [element(0x0a, Buffer.from([0])), text(''), text('')];
const attribute = (name: string, ...values: string[]) =>
  element(0x30, text(name), element(0x31, ...values.map((value) => text(value))));
const entry = (...attributes: Buffer[]) => aResponse(2, element(0x64, text('CN=a'), element(0x30, ...attributes)));
const done = (...controls: Buffer[]) => aResponse(2, element(0x65, ...RESULT), element(0xa0, ...controls));
const control = (type: string, ...rest: Buffer[]) => element(0x30, text(type), ...rest);

function dirSyncAnswer(more: number, size: number, cookie: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(size);
  return element(0x30, element(0x02, Buffer.from([more])), element(0x02, bytes), element(0x04, cookie));
}

describe('reads', () => {
  test.each<[string, Buffer, object]>([
    ['an accepted bind', bindDone(1), { messageId: 1, operation: 0x61, resultCode: 0 }],
    ['a refused modify', modifyDone(7, 50, 'no'), { messageId: 7, operation: 0x67, resultCode: 50 }],
    ['an entry without attributes', searchEntry('CN=a', 3), { messageId: 3, operation: 0x64, resultCode: undefined }],
    ['an entry with some', entry(attribute('cn', 'a', ''), attribute('sn')), { operation: 0x64, elements: 13 }],
    ['a reference', aResponse(2, element(0x73, text('ldap://dc2/DC=y'))), { operation: 0x73 }],
    ['the end of a page', pageEnd(Buffer.from('more')), { operation: 0x65, pageCookie: Buffer.from('more') }],
    ['the end of the last page', pageEnd(Buffer.alloc(0)), { pageCookie: Buffer.alloc(0) }],
    [
      'where changes go on, as Samba writes it',
      done(control('1.2.840.113556.1.4.841', element(0x04, dirSyncAnswer(0, 0, Buffer.from('on'))))),
      { dirSync: { isMore: false, cookie: Buffer.from('on') }, pageCookie: undefined },
    ],
    [
      'and that there is more',
      done(control('1.2.840.113556.1.4.841', element(0x04, dirSyncAnswer(1, 1_048_576, Buffer.alloc(0))))),
      { dirSync: { isMore: true, cookie: Buffer.alloc(0) } },
    ],
    ['a notice of disconnection', noticeOfDisconnection(), { messageId: 0, operation: 0x78, resultCode: 52 }],
    ['a referral', aResponse(2, element(0x67, ...RESULT, element(0xa3, text('ldap://dc2')))), { resultCode: 0 }],
    ['a result with something newer at its end', aResponse(2, element(0x67, ...RESULT, element(0x8f))), {}],
    [
      'controls we know nothing of',
      done(control('1.2.3', element(1, Buffer.from([255])), text('x')), control('1.2')),
      {},
    ],
    ['an operation we know nothing of, by its tag', aResponse(2, element(0x79, Buffer.from('?'))), { operation: 0x79 }],
    [
      'a warning and an error of the password policy',
      done(
        control(
          '1.3.6.1.4.1.42.2.27.8.5.1',
          element(0x04, element(0x30, element(0xa0, element(0x80, Buffer.from([5]))), element(0x81, Buffer.from([2])))),
        ),
      ),
      { resultCode: 0 },
    ],
    ['lengths as Active Directory writes them', longForm(modifyDone(7)), { messageId: 7, resultCode: 0 }],
  ])('%s', (_, message, facts) => {
    expect(readResponse(message)).toMatchObject(facts);
  });
});

test('an entry is read with its name, and its attributes by name in lower case, whatever they are called', () => {
  const message = entry(
    attribute('cn', 'a', ''),
    attribute('sN'),
    attribute('dn', 'CN=b'),
    attribute('__proto__', 'x'),
  );
  const read = readResponse(message)?.entry;
  expect(read?.distinguishedName).toBe('CN=a');
  expect(read?.names().map((name) => [name, read.texts(name)])).toEqual([
    ['cn', ['a', '']],
    ['sn', []],
    ['dn', ['CN=b']],
    ['__proto__', ['x']],
  ]);
  for (const name of ['sn', 'mail', 'constructor', '']) expect(read?.text(name)).toBeUndefined();
});

test('of an attribute that is listed twice the last counts, and a name is its own whatever was read before', () => {
  const twice = readResponse(entry(attribute('mail', 'a'), attribute('MAIL', 'b', 'c')))?.entry;
  expect([twice?.names(), twice?.texts('mail')]).toEqual([['mail'], ['b', 'c']]);
  // Pairs that differ in one byte, or by the case of no letter.
  for (const names of [
    ['cn', 'cN', 'ck', 'c.'],
    ['é', 'É', 'i'],
    ['a@', 'a`'],
    ['x[', 'x{'],
    ['', 'x'],
  ]) {
    for (const name of names) {
      const read = readResponse(entry(attribute(name, 'v')))?.entry;
      expect(read?.names()).toEqual([Buffer.from(name).toString('latin1').toLowerCase()]);
    }
  }
});

describe('does not take for an answer', () => {
  test.each<[string, Buffer]>([
    ['a modify without a result code: ldapts calls it success', aResponse(2, element(0x67))],
    ['a search without a result code: ldapts calls it empty', aResponse(2, element(0x65))],
    [
      'a result code that is negative',
      aResponse(2, element(0x67, element(0x0a, Buffer.from([0xff])), text(''), text(''))),
    ],
    ['a result without its texts', aResponse(2, element(0x67, element(0x0a, Buffer.from([0]))))],
    ['a value that reaches out of its attribute: ldapts never ends', overrun(entry(attribute('cn', 'x')))],
    [
      'controls that reach out of their message: ldapts never ends',
      aResponse(2, element(0x65, ...RESULT), Buffer.from([0xa0, 0x7f])),
    ],
    [
      'an attribute that is text: ldapts never ends',
      entry(element(0x04, text('a'), element(0x31, Buffer.from([4, 0x7f])))),
    ],
    [
      'an inner length that is negative',
      entry(element(0x30, text('a'), element(0x31, Buffer.from('0484fffffffa', 'hex')))),
    ],
    ['an inner length that is indefinite', aResponse(2, Buffer.from([0x67, 0x80, 0, 0]))],
    [
      'controls inside of a result, where ldapts would read them',
      aResponse(2, element(0x67, ...RESULT, element(0xa0))),
    ],
    ['an attribute without values’ set', entry(element(0x30, text('cn')))],
    ['a control with a criticality of two bytes: ldapts throws', done(control('1.2.3', element(1, Buffer.alloc(2))))],
    [
      'a policy error that reaches out of its control',
      done(control('1.3.6.1.4.1.42.2.27.8.5.1', element(0x04, Buffer.from('30038103', 'hex')))),
    ],
    [
      'a page cookie that breaks off: ldapts calls it the last page',
      done(control('1.2.840.113556.1.4.319', text('\u0030\u0007\u0002\u0001\u0000\u0004\u0009ab'))),
    ],
    ['an answer to DirSync without its place', done(control('1.2.840.113556.1.4.841'))],
    [
      'an answer to DirSync whose place breaks off',
      done(control('1.2.840.113556.1.4.841', element(0x04, dirSyncAnswer(0, 0, Buffer.from('on')).subarray(0, -1)))),
    ],
    ['a sort request, whose value ldapts would read', done(control('1.2.840.113556.1.4.473', text('x')))],
    ['something behind the message', Buffer.concat([modifyDone(2), Buffer.from([0])])],
    ['something behind the controls', aResponse(2, element(0x65, ...RESULT), element(0xa0), text('x'))],
    ['a message id of five bytes', element(0x30, element(0x02, Buffer.alloc(5, 1)), element(0x67, ...RESULT))],
    ['a message without an operation', element(0x30, element(0x02, Buffer.from([2])))],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_, message) => {
    expect(readResponse(message)).toBeUndefined();
  });
});

/** The last value says that it is longer than it is. */
function overrun(message: Buffer): Buffer {
  const bytes = Buffer.from(message);
  bytes[bytes.length - 2] = 0x7f;
  return bytes;
}

/** The same message with every length of the two outer levels in four bytes. */
function longForm(message: Buffer): Buffer {
  const wide = (tag: number, contents: Buffer) => {
    const header = Buffer.alloc(6);
    header.writeUInt16BE((tag << 8) | 0x84);
    header.writeUInt32BE(contents.length, 2);
    return Buffer.concat([header, contents]);
  };
  return wide(0x30, Buffer.concat([message.subarray(2, 5), wide(0x67, message.subarray(7))]));
}
