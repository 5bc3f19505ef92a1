// The port under a link, the same at both ends: whole messages there and back, and how it ended.
// What fulfils it is a WebSocket, or two queues in a test; what uses it knows neither. Types only.

/** Who ended a transport: one of the two programs, or the wire between them. */
export type EndedBy = 'us' | 'peer' | 'wire';

export interface TransportEnd {
  /** WebSocket close code (RFC 6455 §7.4); 1006 when the wire was cut. */
  readonly code: number;
  readonly by: EndedBy;
  /** The lower layer's own error, if it had one. */
  readonly cause: unknown;
}

export interface Transport {
  /** The next message in its turn; undefined once the transport has ended and everything received was taken. One reader. */
  receive(): Promise<Uint8Array | undefined>;
  /** Hands the bytes to the wire. Does nothing once the transport has ended. */
  send(bytes: Uint8Array): void;
  /** Resolves when at most so many of the bytes handed over are not yet on the wire, or the transport has ended. */
  untilUnsent(bytesMax: number): Promise<void>;
  /** Says why and ends; ends the hard way when the peer does not follow soon. May be called any number of times. */
  close(code: number): void;
  /** Ends at once without a word: for a peer that is silent. */
  terminate(): void;
  /** Never rejects. */
  readonly ended: Promise<TransportEnd>;
}
