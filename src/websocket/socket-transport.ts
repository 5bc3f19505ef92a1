// An open WebSocket as a Transport, for either end. The callbacks only enqueue; whoever owns the transport takes when ready.
// Knows nothing of frames or proof. Binary messages only: text ends the transport.

import type { RawData, WebSocket } from 'ws';
import { LINK_ENDS } from '../protocol/close-codes.js';
import type { EndedBy, Transport, TransportEnd } from '../protocol/transport.js';
import type { Clock, Timer } from '../timing/clock.js';

/** Messages received and not yet taken. An honest peer never has so many under way: one more ends with `over-limit`. */
const INBOX_MESSAGES_MAX = 64;
/** How long a peer may take to follow our close before the socket is destroyed. */
const CLOSE_GRACE_MS = 2_000;
const TCP_KEEP_ALIVE_MS = 30_000;
/** RFC 6455 §7.1.5: no close frame was seen. */
const CUT = 1006;

export class SocketTransport implements Transport {
  readonly ended: Promise<TransportEnd>;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #inbox: Uint8Array[] = [];
  #reader: ((message: Uint8Array | undefined) => void) | undefined;
  /** Whoever waits for the wire. */
  #waiting: { readonly bytesMax: number; readonly resolve: () => void }[] = [];
  #ourCode: number | undefined;
  #cause: unknown;
  #hasEnded = false;
  #grace: Timer | undefined;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.on('message', (data, isBinary) => this.#enqueue(data, isBinary));
    socket.on('error', (error) => this.#onError(error));
    this.ended = new Promise((resolve) => {
      socket.once('close', (code) => resolve(this.#onClose(code)));
    });
  }

  untilUnsent(bytesMax: number): Promise<void> {
    if (this.#isOnWire(bytesMax)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ bytesMax, resolve }));
  }

  receive(): Promise<Uint8Array | undefined> {
    const next = this.#inbox.shift();
    if (next !== undefined || this.#hasEnded) return Promise.resolve(next);
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  send(bytes: Uint8Array): void {
    // The callback takes the error of a socket that closes meanwhile, too; `ended` tells of it.
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(bytes, { binary: true }, () => this.#onSent());
  }

  close(code: number): void {
    this.#ourCode ??= code;
    this.#socket.close(code);
    this.#grace ??= this.#clock.after(CLOSE_GRACE_MS, () => this.#socket.terminate());
  }

  terminate(): void {
    this.#ourCode ??= CUT;
    this.#socket.terminate();
  }

  #enqueue(data: RawData, isBinary: boolean): void {
    if (this.#ourCode !== undefined) return;
    const reader = this.#reader;
    if (!isBinary) {
      this.close(LINK_ENDS['malformed-frame'].code);
    } else if (reader !== undefined) {
      this.#reader = undefined;
      reader(bytesOf(data));
    } else if (this.#inbox.length < INBOX_MESSAGES_MAX) {
      this.#inbox.push(bytesOf(data));
    } else {
      this.close(LINK_ENDS['over-limit'].code);
    }
  }

  #isOnWire(bytesMax: number): boolean {
    return this.#hasEnded || this.#socket.bufferedAmount <= bytesMax;
  }

  #onSent(): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ bytesMax }) => !this.#isOnWire(bytesMax));
    for (const { bytesMax, resolve } of waiting) if (this.#isOnWire(bytesMax)) resolve();
  }

  #onError(error: Error): void {
    this.#cause = error;
    const isTooLarge = 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
    // ws has told the peer already; this only keeps the reason and the grace.
    this.close(isTooLarge ? LINK_ENDS['frame-too-large'].code : LINK_ENDS['malformed-frame'].code);
  }

  #onClose(code: number): TransportEnd {
    this.#hasEnded = true;
    this.#grace?.cancel();
    this.#reader?.(undefined);
    this.#onSent();
    const by: EndedBy = this.#ourCode !== undefined ? 'us' : code === CUT ? 'wire' : 'peer';
    return { code: this.#ourCode ?? code, by, cause: this.#cause };
  }
}

/** Has the machine find out about a dead peer even while nobody sends. */
export function keepAlive(socket: { setKeepAlive(enable: boolean, delayMs: number): unknown }): void {
  socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
