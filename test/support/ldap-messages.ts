// LDAP messages as a server writes them (RFC 4511), for tests of what reads them.

import { BerWriter } from 'ldapts';

const SEARCH_RESULT_ENTRY = 0x64;
const SEARCH_RESULT_DONE = 0x65;
const CONTROLS = 0xa0;
const OCTET_STRING = 0x04;
const BIND_RESPONSE = 0x61;
const MODIFY_RESPONSE = 0x67;

/** A bind that went well. */
export function bindDone(messageId: number): Buffer {
  return message(messageId, (writer) => writeResult(writer, BIND_RESPONSE, 0, ''));
}

/** The answer to a modify. */
export function modifyDone(messageId: number, resultCode = 0, diagnostic = ''): Buffer {
  return message(messageId, (writer) => writeResult(writer, MODIFY_RESPONSE, resultCode, diagnostic));
}

/** An entry without attributes. */
export function searchEntry(distinguishedName: string, messageId = 2): Buffer {
  return message(messageId, (writer) => {
    writer.startSequence(SEARCH_RESULT_ENTRY);
    writer.writeString(distinguishedName);
    writer.startSequence();
    writer.endSequence();
    writer.endSequence();
  });
}

/** The end of a search, with a page cookie (empty: the last page) or without any control. */
export function pageEnd(cookie: Buffer | undefined, messageId = 2): Buffer {
  return message(messageId, (writer) => {
    writeResult(writer, SEARCH_RESULT_DONE, 0, '');
    if (cookie === undefined) return;
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(0);
    value.writeBuffer(cookie, OCTET_STRING);
    value.endSequence();
    writer.startSequence(CONTROLS);
    writer.startSequence();
    writer.writeString('1.2.840.113556.1.4.319');
    writer.writeBuffer(value.buffer, OCTET_STRING);
    writer.endSequence();
    writer.endSequence();
  });
}

function writeResult(writer: BerWriter, operation: number, resultCode: number, diagnostic: string): void {
  writer.startSequence(operation);
  writer.writeEnumeration(resultCode);
  writer.writeString('');
  writer.writeString(diagnostic);
  writer.endSequence();
}

function message(messageId: number, writeRest: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writeRest(writer);
  writer.endSequence();
  return writer.buffer;
}
