// Watches the bytes a directory sends, beside ldapts, which has no limit of its own: ends a connection whose message or
// answer grows too large or is no LDAP, and keeps the page cookie, which ldapts drops when a page is empty (RFC 2696).
// Pure but for its own counters: bytes in, a fault or nothing out. Copies nothing but the end of a search.

import { BerReader, PagedResultsControl, SearchResponse } from 'ldapts';

export interface MeterLimits {
  /** One LDAP message, as one entry of a search. */
  readonly messageBytesMax: number;
  /** All messages that answer one request. */
  readonly answerBytesMax: number;
}

export type MeterFault = 'message-too-large' | 'answer-too-large' | 'not-ldap';

const SEQUENCE = 0x30;
const SEARCH_RESULT_DONE = 0x65;
/** Tag, length of the length, and up to four bytes of length. */
const HEADER_BYTES_MAX = 6;

export class MessageMeter {
  readonly #limits: MeterLimits;
  #answerBytes = 0;
  #pageCookie: Buffer | undefined;
  /** The message that is arriving, as views of the chunks it came in. */
  #parts: Buffer[] = [];
  #arrived = 0;
  #expected: number | undefined;

  constructor(limits: MeterLimits) {
    this.#limits = limits;
  }

  /** The cookie that came with the end of the last search; empty after the last page, undefined when it was not paged. */
  get pageCookie(): Buffer | undefined {
    return this.#pageCookie;
  }

  /** Begins counting for the next request. */
  startRequest(): void {
    this.#answerBytes = 0;
    this.#pageCookie = undefined;
  }

  /** Takes what arrived. After a fault the connection has to be ended: nothing more can be told apart. */
  take(chunk: Buffer): MeterFault | undefined {
    this.#answerBytes += chunk.length;
    if (this.#answerBytes > this.#limits.answerBytesMax) return 'answer-too-large';
    let rest = chunk;
    while (rest.length > 0) {
      const wanted = this.#expected ?? this.#arrived + 1;
      const part = rest.subarray(0, wanted - this.#arrived);
      rest = rest.subarray(part.length);
      this.#parts.push(part);
      this.#arrived += part.length;
      const fault = this.#advance();
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #advance(): MeterFault | undefined {
    if (this.#expected === undefined) {
      const length = messageLength(Buffer.concat(this.#parts));
      if (length === 'not-ldap') return length;
      if (length === undefined) return undefined;
      if (length > this.#limits.messageBytesMax) return 'message-too-large';
      this.#expected = length;
    }
    return this.#arrived < this.#expected ? undefined : this.#finishMessage();
  }

  #finishMessage(): MeterFault | undefined {
    const parts = this.#parts;
    this.#parts = [];
    this.#arrived = 0;
    this.#expected = undefined;
    // Enough of it to see which operation it answers; only the end of a search is put together whole.
    const start = Buffer.concat(parts, Math.min(totalLength(parts), OPERATION_TAG_WITHIN));
    if (operationTag(start) !== SEARCH_RESULT_DONE) return undefined;
    try {
      this.#pageCookie = pageCookieIn(Buffer.concat(parts));
      return undefined;
    } catch {
      // Whatever it is, it is not the end of a search that we could trust.
      return 'not-ldap';
    }
  }
}

/** Header, message id and the tag after it. */
const OPERATION_TAG_WITHIN = HEADER_BYTES_MAX + 2 + 4 + 1;

/** Length of the whole message from its first bytes; undefined while they do not tell yet (X.690 8.1.3, definite form). */
function messageLength(start: Buffer): number | 'not-ldap' | undefined {
  const [tag, first] = start;
  if (tag !== SEQUENCE) return 'not-ldap';
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0 || lengthBytes > 4) return 'not-ldap';
  return start.length < 2 + lengthBytes ? undefined : 2 + lengthBytes + start.readUIntBE(2, lengthBytes);
}

function operationTag(message: Buffer): number | undefined {
  const first = message[1] ?? 0;
  const idAt = first < 0x80 ? 2 : 2 + (first & 0x7f);
  return message[idAt + 2 + (message[idAt + 1] ?? 0)];
}

function pageCookieIn(message: Buffer): Buffer | undefined {
  const reader = new BerReader(message);
  reader.readSequence();
  const response = new SearchResponse({ messageId: reader.readInt() ?? 0 });
  reader.readSequence();
  response.parse(reader, []);
  const control = response.controls?.find((candidate) => candidate instanceof PagedResultsControl);
  return control?.value?.cookie === undefined ? undefined : Buffer.from(control.value.cookie);
}

function totalLength(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
