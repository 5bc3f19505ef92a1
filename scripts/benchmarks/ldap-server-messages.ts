// LDAP messages as a server takes them apart and writes them (RFC 4511), as far as the stand-in for a directory needs them. Pure.

import { BerWriter, PagedResultsControl } from 'ldapts';

/** An entry to answer with: its name, and its attributes as text or bytes. */
export interface EntryText {
  readonly name: string;
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>;
}

const OCTET_STRING = 0x04;
const SET = 0x31;
const SEARCH_RESULT_ENTRY = 0x64;
const SEARCH_RESULT_DONE = 0x65;
const CONTROLS = 0xa0;

/** The whole requests at the beginning of what arrived, and what is left of the next. */
export function requestsIn(arrived: Buffer): { readonly requests: readonly Buffer[]; readonly rest: Buffer } {
  const requests: Buffer[] = [];
  let rest = arrived;
  for (let length = messageLength(rest); length !== undefined && rest.length >= length; length = messageLength(rest)) {
    requests.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return { requests, rest };
}

/** Success and nothing else. */
export function simpleAnswer(messageId: number, operation: number): Buffer {
  return message(messageId, (writer) => writeSuccess(writer, operation));
}

/** The entries and the end of the search. Says that this was the last page, whether pages were asked for or not. */
export function searchAnswer(messageId: number, entries: readonly EntryText[]): Buffer {
  return Buffer.concat([...entries.map((entry) => entryMessage(messageId, entry)), searchEnd(messageId)]);
}

/** Undefined while its length has not arrived. */
function messageLength(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined || first < 0x80) return first === undefined ? undefined : 2 + first;
  const count = first & 0x7f;
  return bytes.length < 2 + count ? undefined : 2 + count + bytes.readUIntBE(2, count);
}

function entryMessage(messageId: number, { name, attributes }: EntryText): Buffer {
  return message(messageId, (writer) => {
    writer.startSequence(SEARCH_RESULT_ENTRY);
    writer.writeString(name);
    writer.startSequence();
    for (const [type, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(type);
      writer.startSequence(SET);
      for (const value of values) writer.writeBuffer(Buffer.from(value), OCTET_STRING);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
    writer.endSequence();
  });
}

function searchEnd(messageId: number): Buffer {
  return message(messageId, (writer) => {
    writeSuccess(writer, SEARCH_RESULT_DONE);
    const lastPage = new BerWriter();
    lastPage.startSequence();
    lastPage.writeInt(0);
    lastPage.writeBuffer(Buffer.alloc(0), OCTET_STRING);
    lastPage.endSequence();
    writer.startSequence(CONTROLS);
    writer.startSequence();
    writer.writeString(PagedResultsControl.type);
    writer.writeBuffer(lastPage.buffer, OCTET_STRING);
    writer.endSequence();
    writer.endSequence();
  });
}

function writeSuccess(writer: BerWriter, operation: number): void {
  writer.startSequence(operation);
  writer.writeEnumeration(0);
  writer.writeString('');
  writer.writeString('');
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
