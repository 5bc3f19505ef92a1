// LDAP messages as a server writes them (RFC 4511), for tests of what reads them.

import { BerWriter } from 'ldapts';

const SEARCH_RESULT_ENTRY = 0x64;
const SEARCH_RESULT_DONE = 0x65;
const CONTROLS = 0xa0;
const OCTET_STRING = 0x04;
const MESSAGE_ID = 2;

/** An entry without attributes. */
export function searchEntry(distinguishedName: string): Buffer {
  return message((writer) => {
    writer.startSequence(SEARCH_RESULT_ENTRY);
    writer.writeString(distinguishedName);
    writer.startSequence();
    writer.endSequence();
    writer.endSequence();
  });
}

/** The end of a search, with a page cookie (empty: the last page) or without any control. */
export function pageEnd(cookie: Buffer | undefined): Buffer {
  return message((writer) => {
    writer.startSequence(SEARCH_RESULT_DONE);
    writer.writeEnumeration(0);
    writer.writeString('');
    writer.writeString('');
    writer.endSequence();
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

function message(writeRest: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(MESSAGE_ID);
  writeRest(writer);
  writer.endSequence();
  return writer.buffer;
}
