// Admits one LDAP response (RFC 4511 §4.2 to §4.13), whole and nested as the grammar says, before ldapts' parser sees it:
// that parser never ends on an inner length that reaches too far, and takes a result without a code for success. Entries are taken
// apart on the same walk, and ldapts never sees them: a pass over a large directory is mostly this.
// Pure: bytes in, what has to be known of them or nothing out. Knows no request.

import { attributeName, Bounds, LayoutReader, ReceivedEntry } from './received-entry.js';

export const RESPONSES = {
  bind: 0x61,
  searchEntry: 0x64,
  searchDone: 0x65,
  modify: 0x67,
  searchReference: 0x73,
  extended: 0x78,
} as const;

export interface LdapResponse {
  readonly messageId: number;
  /** The tag after the message id: one of RESPONSES, or another, whose contents were not looked at. */
  readonly operation: number;
  /** Undefined for what is no entry. */
  readonly entry: ReceivedEntry | undefined;
  /** Undefined for what carries no result: an entry, a reference. */
  readonly resultCode: number | undefined;
  /** Of the paged results control (RFC 2696); empty after the last page. */
  readonly pageCookie: Buffer | undefined;
  /** Of the DirSync control (MS-ADTS 3.1.1.3.4.1.3): where to go on, and whether there is more already. */
  readonly dirSync: DirSyncAnswer | undefined;
  /** Lengths that were read: what taking it apart costs in objects. */
  readonly elements: number;
}

export interface DirSyncAnswer {
  readonly isMore: boolean;
  readonly cookie: Buffer;
}

/** The message that lies there; undefined when it is no response of the grammar. An entry keeps the bytes, and adds to the bounds. */
export function readResponse(
  bytes: Buffer,
  { from, to, bounds }: PlaceOfMessage = { from: 0, to: bytes.length, bounds: new Bounds() },
): LdapResponse | undefined {
  const count = { elements: 0 };
  try {
    return responseIn(new Elements(bytes, { from, to }, count), count, bounds);
  } catch (error) {
    if (error instanceof OutsideGrammar) return undefined;
    throw error;
  }
}

export interface PlaceOfMessage {
  readonly from: number;
  readonly to: number;
  /** Of entries in the same bytes. */
  readonly bounds: Bounds;
}

function responseIn(message: Elements, count: Count, bounds: Bounds): LdapResponse {
  // To the end, and there is nothing behind.
  message.enterAll(SEQUENCE);
  const messageId = message.number(INTEGER);
  const operation = message.tag();
  let entry: ReceivedEntry | undefined;
  let resultCode: number | undefined;
  if (operation === RESPONSES.searchEntry) entry = readEntry(message, bounds);
  else resultCode = readOperation(operation, message.into(operation));
  const { pageCookie, dirSync } = message.next === CONTROLS ? readControls(message.into(CONTROLS)) : NO_CONTROLS;
  message.end();
  return { messageId, operation, entry, resultCode, pageCookie, dirSync, elements: count.elements };
}

function readOperation(operation: number, contents: Elements): number | undefined {
  switch (operation) {
    case RESPONSES.bind:
    case RESPONSES.searchDone:
    case RESPONSES.modify:
    case RESPONSES.extended:
      return readResult(contents);
    case RESPONSES.searchReference:
      while (!contents.isAtEnd) contents.skip(OCTET_STRING);
      return undefined;
    default:
      // Nobody asked for it, whatever it is.
      return undefined;
  }
}

function readResult(contents: Elements): number {
  const code = contents.number(ENUMERATED);
  contents.skip(OCTET_STRING);
  contents.skip(OCTET_STRING);
  while (!contents.isAtEnd) {
    // Unknown elements at the end have to be tolerated (RFC 4511 §4), but ldapts would take this one for the controls.
    if (contents.next === CONTROLS) throw new OutsideGrammar();
    contents.skip(contents.tag());
  }
  return code;
}

/** Without an object for each element: there are as many as forty in an entry, and as many entries as people. */
function readEntry(message: Elements, bounds: Bounds): ReceivedEntry {
  const { bytes } = message;
  const entryTo = message.enter(RESPONSES.searchEntry);
  const nameTo = message.enter(OCTET_STRING, entryTo);
  const first = bounds.count;
  bounds.add(message.at, nameTo);
  message.leave(nameTo);
  const values = bounds.count;
  const layout = new LayoutReader();
  const listedTo = message.enter(SEQUENCE, entryTo);
  while (message.at < listedTo) {
    const attributeTo = message.enter(SEQUENCE, listedTo);
    const typeTo = message.enter(OCTET_STRING, attributeTo);
    layout.next(attributeName(bytes, message.at, typeTo), bounds.count - values);
    message.leave(typeTo);
    const heldTo = message.enter(SET, attributeTo);
    while (message.at < heldTo) {
      const valueTo = message.enter(OCTET_STRING, heldTo);
      bounds.add(message.at, valueTo);
      message.leave(valueTo);
    }
    // Nothing else is in an attribute.
    if (heldTo !== attributeTo) throw new OutsideGrammar();
  }
  // Nor in an entry.
  if (listedTo !== entryTo) throw new OutsideGrammar();
  return new ReceivedEntry({ bytes, layout: layout.end(bounds.count - values), bounds, first });
}

type ReadControls = Pick<LdapResponse, 'pageCookie' | 'dirSync'>;

const NO_CONTROLS: ReadControls = { pageCookie: undefined, dirSync: undefined };

function readControls(controls: Elements): ReadControls {
  let { pageCookie, dirSync } = NO_CONTROLS;
  while (!controls.isAtEnd) {
    const control = controls.into(SEQUENCE);
    const type = control.take(OCTET_STRING).toString('latin1');
    // One byte (X.690 8.2.1); ldapts throws at any other length.
    if (control.next === BOOLEAN && control.take(BOOLEAN).length !== 1) throw new OutsideGrammar();
    // The value's bytes are BER of their own.
    if (type === PAGED_RESULTS) pageCookie = readPageCookie(control.into(OCTET_STRING));
    else if (type === DIR_SYNC) dirSync = readDirSync(control.into(OCTET_STRING));
    else if (type === PASSWORD_POLICY && !control.isAtEnd) readPasswordPolicy(control.into(OCTET_STRING));
    else if (!control.isAtEnd) control.skip(OCTET_STRING);
    control.end();
    // A request's control. ldapts would read its value, without the checks that are made here.
    if (type === SORT_REQUEST) throw new OutsideGrammar();
  }
  return { pageCookie, dirSync };
}

function readDirSync(value: Elements): DirSyncAnswer {
  const answer = value.into(SEQUENCE);
  value.end();
  const isMore = answer.number(INTEGER) !== 0;
  answer.skip(INTEGER);
  const cookie = Buffer.from(answer.take(OCTET_STRING));
  answer.end();
  return { isMore, cookie };
}

function readPageCookie(value: Elements): Buffer {
  const page = value.into(SEQUENCE);
  page.number(INTEGER);
  const cookie = Buffer.from(page.take(OCTET_STRING));
  page.end();
  value.end();
  return cookie;
}

/** Warning and error, each optional (draft-behera-ldap-password-policy-10 §6.2). */
function readPasswordPolicy(value: Elements): void {
  const response = value.into(SEQUENCE);
  value.end();
  if (response.next === POLICY_WARNING) {
    const warning = response.into(POLICY_WARNING);
    warning.number(warning.tag());
    warning.end();
  }
  if (response.next === POLICY_ERROR) response.number(POLICY_ERROR);
  response.end();
}

class OutsideGrammar extends Error {}

interface Count {
  elements: number;
}

/** Elements one after another, each with a definite length (RFC 4511 §5.1) that stays inside the one around it. */
class Elements {
  readonly bytes: Buffer;
  readonly #to: number;
  readonly #count: Count;
  /** Where the next element begins. */
  at: number;

  constructor(bytes: Buffer, { from, to }: { readonly from: number; readonly to: number }, count: Count) {
    this.bytes = bytes;
    this.at = from;
    this.#to = to;
    this.#count = count;
  }

  get isAtEnd(): boolean {
    return this.at === this.#to;
  }

  /** The tag of the next element; undefined at the end. */
  get next(): number | undefined {
    return this.isAtEnd ? undefined : this.bytes[this.at];
  }

  /** The tag of the next element, which has to be there. */
  tag(): number {
    const { next } = this;
    if (next === undefined) throw new OutsideGrammar();
    return next;
  }

  end(): void {
    if (!this.isAtEnd) throw new OutsideGrammar();
  }

  skip(tag: number): void {
    this.#step(tag);
  }

  /** The contents of the next element, as a view. */
  take(tag: number): Buffer {
    const { from, to } = this.#step(tag);
    return this.bytes.subarray(from, to);
  }

  /** The elements inside the next one. */
  into(tag: number): Elements {
    return new Elements(this.bytes, this.#step(tag), this.#count);
  }

  /** A number that is not negative, in at most four bytes. */
  number(tag: number): number {
    const to = this.enter(tag);
    const length = to - this.at;
    if (length === 0 || length > 4) throw new OutsideGrammar();
    const number = this.bytes.readIntBE(this.at, length);
    if (number < 0) throw new OutsideGrammar();
    this.at = to;
    return number;
  }

  #step(tag: number): { readonly from: number; readonly to: number } {
    const to = this.enter(tag);
    const from = this.at;
    this.at = to;
    return { from, to };
  }

  /** Goes to the contents of the next element, which has to end by `limit`; returns where it ends. */
  enter(tag: number, limit = this.#to): number {
    if (this.at >= limit || this.bytes[this.at] !== tag) throw new OutsideGrammar();
    this.#count.elements += 1;
    const first = this.#byteAt(this.at + 1, limit);
    let from = this.at + 2;
    let length = first;
    if (first >= 0x80) {
      const lengthBytes = first & 0x7f;
      if (lengthBytes === 0 || lengthBytes > 4 || from + lengthBytes > limit) throw new OutsideGrammar();
      length = this.bytes.readUIntBE(from, lengthBytes);
      from += lengthBytes;
    }
    const to = from + length;
    if (to > limit) throw new OutsideGrammar();
    this.at = from;
    return to;
  }

  /** Goes to the contents of the next element, which is the last. */
  enterAll(tag: number): void {
    if (this.enter(tag) !== this.#to) throw new OutsideGrammar();
  }

  /** Goes on behind an element that was entered and ends there. */
  leave(to: number): void {
    this.at = to;
  }

  #byteAt(at: number, limit: number): number {
    const byte = at < limit ? this.bytes[at] : undefined;
    if (byte === undefined) throw new OutsideGrammar();
    return byte;
  }
}

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const ENUMERATED = 0x0a;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTROLS = 0xa0;
const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const DIR_SYNC = '1.2.840.113556.1.4.841';
const SORT_REQUEST = '1.2.840.113556.1.4.473';
const PASSWORD_POLICY = '1.3.6.1.4.1.42.2.27.8.5.1';
const POLICY_WARNING = 0xa0;
const POLICY_ERROR = 0x81;
