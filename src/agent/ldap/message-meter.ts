// Stands between the bytes a directory sends and ldapts, which has no limit of its own: cuts them into whole messages that
// answer what was asked, and ends the connection at the first one that is too large, unasked for or no LDAP.
// Keeps the entries of a search, which ldapts would take apart once more, and what it drops: the cookie of an empty page (RFC 2696),
// the result of a search that was cut short.
// Pure but for its own counters: bytes in, messages and perhaps a fault out.

import { Bounds, type ReceivedEntry } from './received-entry.js';
import { type DirSyncAnswer, type LdapResponse, RESPONSES, readResponse } from './response-grammar.js';

export interface MeterLimits {
  /** One LDAP message, as one entry of a search. */
  readonly messageBytesMax: number;
  /** All messages that answer one request. */
  readonly answerBytesMax: number;
  /** Lengths in all of them: attributes, values and what holds them. Small ones weigh more in memory than on the wire. */
  readonly answerElementsMax: number;
}

export type MeterFault =
  | 'message-too-large'
  | 'answer-too-large'
  | 'not-ldap'
  /** Nothing was asked, something else was, or it was answered before. */
  | 'unasked-message'
  /** RFC 4511 §4.4.1: the directory ends the connection, whatever is under way on it. */
  | 'disconnection-announced';

export interface Metered {
  /** What ldapts may read, one at a time, in order: everything but the entries of a search. */
  readonly messages: readonly Buffer[];
  /** What came after them. The connection has to be ended: nothing more can be told apart. */
  readonly fault: MeterFault | undefined;
}

interface Answers {
  readonly all: readonly number[];
  readonly last: number;
}

/** What may answer a request, and which of these ends the answer. */
const ANSWERS = {
  bind: { all: [RESPONSES.bind], last: RESPONSES.bind },
  modify: { all: [RESPONSES.modify], last: RESPONSES.modify },
  extended: { all: [RESPONSES.extended], last: RESPONSES.extended },
  search: {
    all: [RESPONSES.searchEntry, RESPONSES.searchReference, RESPONSES.searchDone],
    last: RESPONSES.searchDone,
  },
} as const satisfies Record<string, Answers>;

export type RequestKind = keyof typeof ANSWERS;

const SEQUENCE = 0x30;
const NOTHING = Buffer.alloc(0);
const NO_MESSAGES: readonly Buffer[] = [];
/** A few hundred entries of people. */
const SLAB_BYTES = 64 * 1024;
/** An unsolicited notification (RFC 4511 §4.4). */
const NO_MESSAGE_ID = 0;
const NOTICE_OF_DISCONNECTION = '1.3.6.1.4.1.1466.20036';

export class MessageMeter {
  readonly #limits: MeterLimits;
  #asked: RequestKind | undefined;
  #answerBytes = 0;
  #answerElements = 0;
  /** Of the answer that is arriving. */
  #messageId: number | undefined;
  /** Of the answer before. */
  #lastMessageId = NO_MESSAGE_ID;
  #end: LdapResponse | undefined;
  #entries: ReceivedEntry[] = [];
  /** What arrives, one message behind the other. Entries that were handed out keep theirs; no byte of it is ever written twice. */
  #slab: Buffer = NOTHING;
  /** Of the entries in it. */
  #bounds = new Bounds();
  /** Where the message begins that is arriving, and how far it has. */
  #from = 0;
  #to = 0;

  constructor(limits: MeterLimits) {
    this.#limits = limits;
  }

  /** The cookie that came with the end of the last search; empty after the last page, undefined when it was not paged. */
  get pageCookie(): Buffer | undefined {
    return this.#end?.pageCookie;
  }

  /** What came with the end of the last search about where it can be gone on with; undefined when that was not asked. */
  get dirSync(): DirSyncAnswer | undefined {
    return this.#end?.dirSync;
  }

  /** Those of the search that was asked last, in order. Handed out once. */
  takeEntries(): readonly ReceivedEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }

  /** The result code of the last answer, where there was one. */
  get resultCode(): number | undefined {
    return this.#end?.resultCode;
  }

  /** Begins counting for the next request. */
  startRequest(kind: RequestKind): void {
    this.#asked = kind;
    this.#answerBytes = 0;
    this.#answerElements = 0;
    this.#messageId = undefined;
    this.#end = undefined;
    this.#entries = [];
  }

  /** Takes the first bytes of what is in `chunk`; keeps no view of it. After a fault nothing more may be given to it. */
  take(chunk: Uint8Array, bytes = chunk.length): Metered {
    this.#answerBytes += bytes;
    if (this.#answerBytes > this.#limits.answerBytesMax) return { messages: NO_MESSAGES, fault: 'answer-too-large' };
    this.#makeRoomFor(bytes);
    this.#slab.set(bytes === chunk.length ? chunk : chunk.subarray(0, bytes), this.#to);
    this.#to += bytes;
    const messages: Buffer[] = [];
    for (;;) {
      const length = messageLength(this.#slab, this.#from, this.#to);
      if (length === 'not-ldap') return { messages, fault: length };
      if (length === undefined) return { messages, fault: undefined };
      if (length > this.#limits.messageBytesMax) return { messages, fault: 'message-too-large' };
      const end = this.#from + length;
      if (end > this.#to) {
        // At once for all of it: a message in single bytes costs no more than one in one piece.
        this.#makeRoomFor(end - this.#to);
        return { messages, fault: undefined };
      }
      const fault = this.#takeMessage(messages, end);
      if (fault !== undefined) return { messages, fault };
      this.#from = end;
    }
  }

  /** Behind what has arrived. */
  #makeRoomFor(bytes: number): void {
    if (this.#to + bytes <= this.#slab.length) return;
    const arrived = this.#slab.subarray(this.#from, this.#to);
    // Not zeroed: of it is handed out only what has arrived.
    this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, arrived.length + bytes));
    this.#slab.set(arrived);
    this.#bounds = new Bounds();
    [this.#from, this.#to] = [0, arrived.length];
  }

  /** The one that has arrived whole and ends there. */
  #takeMessage(messages: Buffer[], end: number): MeterFault | undefined {
    const response = readResponse(this.#slab, { from: this.#from, to: end, bounds: this.#bounds });
    if (response === undefined) return 'not-ldap';
    const message = response.entry === undefined ? this.#slab.subarray(this.#from, end) : NOTHING;
    const fault = this.#faultOf(response, message);
    if (fault !== undefined) return fault;
    if (response.entry === undefined) messages.push(message);
    else this.#entries.push(response.entry);
    return undefined;
  }

  #faultOf(response: LdapResponse, message: Buffer): MeterFault | undefined {
    const { messageId, operation, elements } = response;
    if (messageId === NO_MESSAGE_ID && operation === RESPONSES.extended && message.includes(NOTICE_OF_DISCONNECTION)) {
      return 'disconnection-announced';
    }
    if (this.#asked === undefined) return 'unasked-message';
    const { all, last }: Answers = ANSWERS[this.#asked];
    // ldapts takes any operation for the answer, if only the message id is right: a search's end for a modify's success.
    if (!all.includes(operation)) return 'unasked-message';
    if (messageId <= this.#lastMessageId || messageId !== (this.#messageId ?? messageId)) return 'unasked-message';
    this.#messageId = messageId;
    this.#answerElements += elements;
    if (this.#answerElements > this.#limits.answerElementsMax) return 'answer-too-large';
    if (operation === last) {
      this.#asked = undefined;
      this.#lastMessageId = messageId;
      this.#end = response;
    }
    return undefined;
  }
}

/** Length of the whole message from its first bytes; undefined while they do not tell yet (X.690 8.1.3, definite form). */
function messageLength(bytes: Buffer, from: number, to: number): number | 'not-ldap' | undefined {
  if (from === to) return undefined;
  if (bytes[from] !== SEQUENCE) return 'not-ldap';
  if (from + 1 === to) return undefined;
  const first = bytes[from + 1] ?? 0;
  if (first < 0x80) return 2 + first;
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0 || lengthBytes > 4) return 'not-ldap';
  const contentsAt = from + 2 + lengthBytes;
  return contentsAt > to ? undefined : 2 + lengthBytes + bytes.readUIntBE(from + 2, lengthBytes);
}
