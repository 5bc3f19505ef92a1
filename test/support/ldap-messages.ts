// LDAP messages as a server writes them (RFC 4511), for tests of what reads them.

import { BerWriter } from 'ldapts';

const SEARCH_RESULT_ENTRY = 0x64;
const SEARCH_RESULT_DONE = 0x65;
const CONTROLS = 0xa0;
const OCTET_STRING = 0x04;
const BIND_RESPONSE = 0x61;
const MODIFY_RESPONSE = 0x67;
const EXTENDED_RESPONSE = 0x78;
const RESPONSE_NAME = 0x8a;
const SET = 0x31;
const PASSWORD_POLICY_ERROR = 0x81;

/** A bind that went well. */
export function bindDone(messageId: number): Buffer {
  return message(messageId, (writer) => writeResult(writer, BIND_RESPONSE, 0, ''));
}

/** The answer to a modify. */
export function modifyDone(messageId: number, resultCode = 0, diagnostic = ''): Buffer {
  return message(messageId, (writer) => writeResult(writer, MODIFY_RESPONSE, resultCode, diagnostic));
}

/** The answer to an extended operation, with or without an error of the password policy. */
export function extendedDone(messageId: number, resultCode = 0, policyError?: number): Buffer {
  return message(messageId, (writer) => {
    writeResult(writer, EXTENDED_RESPONSE, resultCode, '');
    writePolicyError(writer, policyError);
  });
}

export function searchEntry(
  distinguishedName: string,
  messageId = 2,
  attributes: Readonly<Record<string, string>> = {},
): Buffer {
  return message(messageId, (writer) => {
    writer.startSequence(SEARCH_RESULT_ENTRY);
    writer.writeString(distinguishedName);
    writer.startSequence();
    for (const [name, value] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(SET);
      writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
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

/** RFC 4511 §4.4.1, as Active Directory sends it before it closes. */
export function noticeOfDisconnection(resultCode = 52): Buffer {
  return message(0, (writer) => {
    writer.startSequence(EXTENDED_RESPONSE);
    writer.writeEnumeration(resultCode);
    writer.writeString('');
    writer.writeString('');
    writer.writeString('1.3.6.1.4.1.1466.20036', RESPONSE_NAME);
    writer.endSequence();
  });
}

/** The end of a search with any result code. */
export function searchEnd(messageId: number, resultCode: number): Buffer {
  return message(messageId, (writer) => writeResult(writer, SEARCH_RESULT_DONE, resultCode, ''));
}

/** The end of a page that says both: cut short by a size limit, and the last one. */
export function limitedPageEnd(messageId: number): Buffer {
  const value = element(0x30, element(0x02, Buffer.alloc(1)), element(OCTET_STRING, Buffer.alloc(0)));
  const control = element(0x30, text('1.2.840.113556.1.4.319'), element(OCTET_STRING, value));
  const result = Buffer.concat([element(0x0a, Buffer.from([4])), text(''), text('')]);
  return aResponse(messageId, element(SEARCH_RESULT_DONE, result), element(CONTROLS, control));
}

/** The end of a page whose cookie says that it is longer than it is. */
export function brokenPageEnd(messageId = 2): Buffer {
  const value = element(0x30, element(0x02, Buffer.alloc(1)), Buffer.from([OCTET_STRING, 0x7f]), Buffer.from('cookie'));
  const control = element(0x30, text('1.2.840.113556.1.4.319'), element(OCTET_STRING, value));
  const result = Buffer.concat([element(0x0a, Buffer.alloc(1)), text(''), text('')]);
  return aResponse(messageId, element(SEARCH_RESULT_DONE, result), element(CONTROLS, control));
}

/** Any response at all, right or wrong: what stands after the message id is the caller's. */
export function aResponse(messageId: number, ...rest: readonly Buffer[]): Buffer {
  return element(0x30, element(0x02, numberBytes(messageId)), ...rest);
}

export function text(value: string): Buffer {
  return element(OCTET_STRING, Buffer.from(value));
}

/** One BER element. */
export function element(tag: number, ...contents: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(contents);
  return Buffer.concat([header(tag, bytes.length), bytes]);
}

/** What stands before so many bytes of contents. */
export function header(tag: number, contentBytes: number): Buffer {
  const length = numberBytes(contentBytes);
  return Buffer.from(contentBytes < 0x80 ? [tag, contentBytes] : [tag, 0x80 | length.length, ...length]);
}

/** Big-endian, as short as it gets; with a zero in front where the first bit would make it negative. */
function numberBytes(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
}

/** Draft-behera-ldap-password-policy-10 §6.2. */
function writePolicyError(writer: BerWriter, policyError: number | undefined): void {
  if (policyError === undefined) return;
  const value = new BerWriter();
  value.startSequence();
  value.writeEnumeration(policyError, PASSWORD_POLICY_ERROR);
  value.endSequence();
  writer.startSequence(CONTROLS);
  writer.startSequence();
  writer.writeString('1.3.6.1.4.1.42.2.27.8.5.1');
  writer.writeBuffer(value.buffer, OCTET_STRING);
  writer.endSequence();
  writer.endSequence();
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
