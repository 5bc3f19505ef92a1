// Stands between the bytes a directory sends and ldapts, which has no limit of its own: cuts them into whole messages that
// answer what was asked, and ends the connection at the first one that is too large, unasked for or no LDAP.
// Keeps the entries of a search, which ldapts would take apart once more, and what it drops: the cookie of an empty page (RFC 2696),
// the result of a search that was cut short.
// Pure but for its own counters: bytes in, messages and perhaps a fault out.

import type { ReceivedEntry } from './received-entry.js';
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

/** What may answer a request, and which of these ends the answer. */
const ANSWERS = {
  bind: { all: [RESPONSES.bind], last: RESPONSES.bind },
  modify: { all: [RESPONSES.modify], last: RESPONSES.modify },
  extended: { all: [RESPONSES.extended], last: RESPONSES.extended },
  search: {
    all: [RESPONSES.searchEntry, RESPONSES.searchReference, RESPONSES.searchDone],
    last: RESPONSES.searchDone,
  },
} as const satisfies Record<string, { readonly all: readonly number[]; readonly last: number }>;

export type RequestKind = keyof typeof ANSWERS;

const SEQUENCE = 0x30;
const NOTHING = Buffer.alloc(0);
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
  /** First bytes of the message that is arriving, until they tell its length; then the message itself. */
  #start: Buffer = NOTHING;
  #message: Buffer | undefined;
  #arrived = 0;

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

  /** Takes what arrived; keeps no view of it. After a fault nothing more may be given to it. */
  take(chunk: Buffer): Metered {
    const messages: Buffer[] = [];
    this.#answerBytes += chunk.length;
    if (this.#answerBytes > this.#limits.answerBytesMax) return { messages, fault: 'answer-too-large' };
    /** A copy, made for the first message that is whole in what arrived: what came is overwritten by what comes next. */
    let kept: Buffer | undefined;
    for (let at = 0; at < chunk.length; ) {
      const length = this.#isBetween ? messageLength(chunk, at) : undefined;
      if (typeof length === 'number' && at + length <= chunk.length && length <= this.#limits.messageBytesMax) {
        kept ??= Buffer.from(chunk);
        const fault = this.#take(messages, kept, at, at + length);
        if (fault !== undefined) return { messages, fault };
        at += length;
        continue;
      }
      if (this.#message === undefined) {
        const fault = this.#begin(chunk.subarray(at, at + 1));
        if (fault !== undefined) return { messages, fault };
        at += 1;
      } else {
        // Into a buffer of the message's own, so that a message in single bytes costs no more than one in one piece.
        const copied = chunk.copy(this.#message, this.#arrived, at);
        this.#arrived += copied;
        at += copied;
      }
      const message = this.#whole();
      if (message === undefined) continue;
      const fault = this.#take(messages, message, 0, message.length);
      if (fault !== undefined) return { messages, fault };
    }
    return { messages, fault: undefined };
  }

  /** Nothing of the next message has arrived. */
  get #isBetween(): boolean {
    return this.#message === undefined && this.#start.length === 0;
  }

  /** Takes the one message that lies there. */
  #take(messages: Buffer[], bytes: Buffer, from: number, to: number): MeterFault | undefined {
    const response = readResponse(bytes, from, to);
    if (response === undefined) return 'not-ldap';
    if (response.entry === undefined) {
      const message = bytes.subarray(from, to);
      const fault = this.#faultOf(response, message);
      if (fault === undefined) messages.push(message);
      return fault;
    }
    const fault = this.#faultOf(response, NOTHING);
    if (fault === undefined) this.#entries.push(response.entry);
    return fault;
  }

  #begin(byte: Buffer): MeterFault | undefined {
    this.#start = Buffer.concat([this.#start, byte]);
    const length = messageLength(this.#start, 0);
    if (length === undefined || length === 'not-ldap') return length;
    if (length > this.#limits.messageBytesMax) return 'message-too-large';
    // Not zeroed, and small ones from a shared slab: it is handed out only when every byte of it has arrived.
    this.#message = Buffer.allocUnsafe(length);
    this.#arrived = this.#start.copy(this.#message);
    this.#start = NOTHING;
    return undefined;
  }

  #whole(): Buffer | undefined {
    const message = this.#message;
    if (message === undefined || this.#arrived < message.length) return undefined;
    this.#message = undefined;
    return message;
  }

  #faultOf(response: LdapResponse, message: Buffer): MeterFault | undefined {
    const { messageId, operation, elements } = response;
    if (messageId === NO_MESSAGE_ID && operation === RESPONSES.extended && message.includes(NOTICE_OF_DISCONNECTION)) {
      return 'disconnection-announced';
    }
    if (this.#asked === undefined) return 'unasked-message';
    const { all, last } = ANSWERS[this.#asked];
    // ldapts takes any operation for the answer, if only the message id is right: a search's end for a modify's success.
    if (!all.some((expected) => expected === operation)) return 'unasked-message';
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
function messageLength(bytes: Buffer, at: number): number | 'not-ldap' | undefined {
  if (bytes[at] !== SEQUENCE) return 'not-ldap';
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0 || lengthBytes > 4) return 'not-ldap';
  const from = at + 2;
  return bytes.length < from + lengthBytes ? undefined : 2 + lengthBytes + bytes.readUIntBE(from, lengthBytes);
}
