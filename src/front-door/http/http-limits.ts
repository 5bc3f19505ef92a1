// What one request and one connection may take of us, and what happens to who wants more. Node cuts by looking round now and
// then, so that each of its times is kept to within `lookRoundMs`.

export interface HttpLimits {
  /** Larger bodies are answered 413. */
  readonly bodyBytesMax: number;
  /** From the first byte, or from the connecting, to the last header; slower senders are answered 408 and cut. */
  readonly headersTimeoutMs: number;
  /** The same to the end of the body. Not less than `headersTimeoutMs`. */
  readonly requestTimeoutMs: number;
  readonly lookRoundMs: number;
  /** Slower TLS handshakes are cut. */
  readonly handshakeTimeoutMs: number;
  /** Nothing sent or read for this long: cut. */
  readonly connectionTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** Of browsers, callers and agents together. One more is closed at once; those there are keep theirs. */
  readonly connectionsMax: number;
  /** Longer parts of a path are of no page and no endpoint: 404. */
  readonly paramUnitsMax: number;
}

export const HTTP_LIMITS: HttpLimits = {
  // A password sealed for eight agents takes 14 KiB.
  bodyBytesMax: 64 * 1024,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  lookRoundMs: 5_000,
  handshakeTimeoutMs: 10_000,
  // Longer than any outcome is waited for.
  connectionTimeoutMs: 120_000,
  keepAliveTimeoutMs: 65_000,
  connectionsMax: 4_000,
  paramUnitsMax: 128,
};
