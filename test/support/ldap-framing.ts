// Cuts a stream into LDAP messages, as a proxy has to that does something to one of them. For well-formed streams only:
// a test's own client and a real directory. Written apart from what the agent reads with, so that neither hides the other's mistake.

export interface FramedMessage {
  readonly bytes: Buffer;
  readonly messageId: number;
  /** The tag of the operation (RFC 4511, Appendix B). */
  readonly operation: number;
  /** Everything after the message id. */
  readonly rest: Buffer;
}

export class LdapFraming {
  #kept = Buffer.alloc(0);

  /** The messages that are whole now. */
  take(chunk: Buffer): FramedMessage[] {
    this.#kept = Buffer.concat([this.#kept, chunk]);
    const messages: FramedMessage[] = [];
    for (let end = endOf(this.#kept, 0); end !== undefined && end <= this.#kept.length; end = endOf(this.#kept, 0)) {
      messages.push(messageOf(this.#kept.subarray(0, end)));
      this.#kept = this.#kept.subarray(end);
    }
    return messages;
  }
}

function messageOf(bytes: Buffer): FramedMessage {
  const idAt = contentsOf(bytes, 0);
  const restAt = endOf(bytes, idAt) ?? bytes.length;
  const idFrom = contentsOf(bytes, idAt);
  const rest = bytes.subarray(restAt);
  return { bytes, rest, messageId: bytes.readUIntBE(idFrom, restAt - idFrom), operation: rest[0] ?? 0 };
}

/** Where the element's contents begin. */
function contentsOf(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** Where the element ends; undefined while its length has not arrived. */
function endOf(bytes: Buffer, at: number): number | undefined {
  const first = bytes[at + 1];
  const from = contentsOf(bytes, at);
  if (first === undefined || from > bytes.length) return undefined;
  return from + (first < 0x80 ? first : bytes.readUIntBE(at + 2, first & 0x7f));
}
